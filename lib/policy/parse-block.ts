import { randomUUID } from 'node:crypto';

/** What the parser gives of a text. */
export type Parsed = Readonly<Record<string, unknown>>;

interface Waiting {
  readonly source: string;
  readonly resolve: (parsed: Parsed) => void;
  readonly reject: (error: unknown) => void;
}

/** So many texts go to the parser at once. More save nothing, and a mistake in one has them all parsed again. */
const MOST_AT_ONCE = 200;

let waiting: Waiting[] = [];

/**
 * Parses one block of HCL 2. Blocks that are asked for at the same time go to the parser together: a call of its
 * WebAssembly costs more than what is parsed, and a plan has thousands.
 *
 * @throws what the parser says of this block alone
 */
export function parseBlock(source: string): Promise<Parsed> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0) {
      setImmediate(() => void parseWaiting());
    }
    waiting.push({ source, resolve, reject });
  });
}

async function parseWaiting(): Promise<void> {
  const all = waiting;
  waiting = [];
  for (let from = 0; from < all.length; from += MOST_AT_ONCE) {
    const some = all.slice(from, from + MOST_AT_ONCE);
    const parsed = await parseTogether(some.map(({ source }) => source));
    for (const [index, { source, resolve, reject }] of some.entries()) {
      await Promise.resolve(parsed?.[index] ?? parse(source)).then(resolve, reject);
    }
  }
}

/** @returns undefined where they can't be parsed together */
async function parseTogether(sources: readonly string[]): Promise<readonly Parsed[] | undefined> {
  if (sources.length === 1) {
    return undefined;
  }
  // A text that closes the block around it can neither put something into another's nor leave its own out: nobody
  // knows the names beforehand, and there must be one of each.
  const secret = randomUUID();
  const text = sources.map((source, index) => `at "${secret}-${index}" {\n${source}\n}\n`).join('');
  try {
    const { at } = (await parse(text)) as { at: Readonly<Record<string, readonly Parsed[]>> };
    const parsed = sources.map((_, index) => at[`${secret}-${index}`] ?? []);
    return Object.keys(at).length === sources.length && parsed.every(({ length }) => length === 1)
      ? parsed.map(([one]) => one!)
      : undefined;
  } catch {
    return undefined;
  }
}

async function parse(source: string): Promise<Parsed> {
  // A megabyte of WebAssembly, which who has no policy in HCL shall not wait for.
  const hcl = await import('@cdktf/hcl2json');
  return (await hcl.parse('policy', `${source}\n`)) as Parsed;
}
