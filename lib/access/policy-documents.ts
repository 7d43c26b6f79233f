import {
  decider,
  mergeRules,
  PolicyError,
  type PolicyRule,
  readPolicy,
  type UnjudgedBlock,
  unnamedPath,
} from '../policy';
import { type Resource, textOf, Unknown } from '../terraform';

/** What a Vault policy of a plan, a state or a synthesized stack says. */
export interface PolicyDocument {
  readonly resource: Resource;
  readonly name: string;
  /** Empty for the root namespace, or the provider's. */
  readonly namespace: string;
  /** @default known only after the apply */
  readonly text?: string;
}

/** What a policy says. */
export interface KnownRules {
  /** One for each path. */
  readonly rules: readonly PolicyRule[];
  /** What it asks for besides, and nobody judges here. */
  readonly unjudged: readonly UnjudgedBlock[];
  /** What Vault takes in another way than it looks, each with its line. */
  readonly remarks: () => readonly string[];
}

/** The rules of a policy, or why there are none to show. */
export type PolicyRules = (KnownRules | { readonly rules: undefined; readonly why: string }) & {
  /** The other source that has it. @default this one */
  readonly source?: string;
};

/** The policies of one side, by their names. Each text is parsed once, when somebody asks. */
export interface PolicyDocuments {
  /** The policies of this side. */
  readonly all: readonly PolicyDocument[];
  /** Whether a policy is here. The case of the name does not count. */
  has(name: string, namespace: string): boolean;
  /** The rules of a policy, or why they are not known. The case of the name does not count. */
  rulesOf(name: string, namespace: string): PolicyRules;
}

/** Vault's `DefaultMaxRequestSize`, in `http/handler.go`. */
const MOST_BYTES = 32 * 1024 * 1024;

const parsed = new Map<string, PolicyRules>();

export function policyDocuments(resources: readonly Resource[]): PolicyDocuments {
  const all = resources.map(({ values, address, ...resource }): PolicyDocument => ({
    resource: { ...resource, values, address },
    name: textOf(values.name)?.toLowerCase() ?? address,
    namespace: textOf(values.namespace)?.replace(/^\/|\/$/g, '') ?? '',
    text: typeof values.policy === 'string' ? values.policy : undefined,
  }));
  const byName = new Map(all.map((document) => [keyOf(document.name, document.namespace), document]));
  return {
    all,
    has: (name, namespace) => byName.has(keyOf(name, namespace)),
    rulesOf: (name, namespace) => {
      const document = byName.get(keyOf(name, namespace));
      return document === undefined ? { rules: undefined, why: 'its text is not here' } : parse(document);
    },
  };
}

/** The same name in two namespaces is two policies. */
function keyOf(name: string, namespace: string): string {
  return `${namespace}\n${name.toLowerCase()}`;
}

function parse({ text, resource }: PolicyDocument): PolicyRules {
  if (text === undefined) {
    const why =
      resource.values.policy instanceof Unknown
        ? 'its text is known only after the apply'
        : 'its text is hidden';
    return { rules: undefined, why };
  }
  if (text.length > MOST_BYTES) {
    const why = `it has ${text.length} characters, and Vault takes ${MOST_BYTES} bytes by default`;
    return { rules: undefined, why };
  }
  const rules = parsed.get(text) ?? read(text);
  parsed.set(text, rules);
  return rules;
}

function read(text: string): PolicyRules {
  try {
    const { blocks, unjudged, remarks } = readPolicy(text);
    return {
      rules: mergeRules(blocks.map(({ rule }) => rule)),
      unjudged,
      remarks: () => remarks().map(({ line, remark }) => `line ${line}: ${remark}`),
    };
  } catch (error) {
    if (!(error instanceof PolicyError)) {
      throw error;
    }
    const { line, problem } = error.problems[0]!;
    const others = error.problems.length - 1;
    const more = others === 0 ? '' : `; and ${others} more`;
    return { rules: undefined, why: `Vault refuses it (line ${line}: ${problem}${more})` };
  }
}

/**
 * What a token with these rules may do on a path of a policy. The wildcards in the path mean any text.
 *
 * @returns the answer for a path
 */
export function capabilitiesBy(rules: readonly PolicyRule[]): (path: string) => readonly string[] {
  const decide = decider(rules);
  return (path) => decide(unnamedPath(path)).filter((capability) => capability !== 'deny');
}

/** What of a policy is not judged, in a few words; undefined if all of it is. */
export function notJudged(unjudged: readonly UnjudgedBlock[]): string | undefined {
  const blocks = [...new Set(unjudged.map(({ block }) => block))];
  const parts = blocks.map((block) => {
    const paths = unjudged.filter((each) => each.block === block).map(({ path }) => path);
    const rest = paths.length > SHOWN_PATHS ? ` and ${paths.length - SHOWN_PATHS} more` : '';
    return `${block} of ${paths.slice(0, SHOWN_PATHS).join(', ')}${rest}`;
  });
  return parts.length === 0 ? undefined : `not judged here: ${parts.join('; ')}`;
}

const SHOWN_PATHS = 3;
