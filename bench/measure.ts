import { execa } from 'execa';

/** Seconds that a command takes. @throws Error with its output, if it fails */
export async function seconds(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<number> {
  const start = performance.now();
  await execa(command, args, {
    ...options,
    extendEnv: options.env === undefined,
    preferLocal: true,
    stdin: 'ignore',
  });
  return (performance.now() - start) / 1000;
}

/** The median of several runs, one after the other. */
export async function median(runs: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let run = 0; run < runs; run++) {
    values.push(await measure());
  }
  return middle(values);
}

/** The one in the middle, by size. */
export function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
