import { decider, parseHcl, type PolicyRule, unnamedPath } from '../policy';
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

/** The rules of a policy, or why there are none to show. */
export type PolicyRules = (
  { readonly rules: readonly PolicyRule[] } | { readonly rules: undefined; readonly why: string }
) & {
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
  rulesOf(name: string, namespace: string): Promise<PolicyRules>;
}

/** Vault's `DefaultMaxRequestSize`, in `http/handler.go`. A text of this length takes a minute to parse. */
const MOST_BYTES = 32 * 1024 * 1024;

const parsed = new Map<string, Promise<PolicyRules>>();

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
      return document === undefined
        ? Promise.resolve({ rules: undefined, why: 'its text is not here' })
        : parse(document);
    },
  };
}

/** The same name in two namespaces is two policies. */
function keyOf(name: string, namespace: string): string {
  return `${namespace}\n${name.toLowerCase()}`;
}

function parse({ text, name, resource }: PolicyDocument): Promise<PolicyRules> {
  if (text === undefined) {
    const why =
      resource.values.policy instanceof Unknown
        ? 'its text is known only after the apply'
        : 'its text is hidden';
    return Promise.resolve({ rules: undefined, why });
  }
  if (text.length > MOST_BYTES) {
    const why = `it has ${text.length} characters, and Vault takes ${MOST_BYTES} bytes by default`;
    return Promise.resolve({ rules: undefined, why });
  }
  const rules =
    parsed.get(text) ??
    parseHcl(text, name).then(
      (found): PolicyRules => ({ rules: found }),
      (error: Error): PolicyRules => ({ rules: undefined, why: `it can't be read: ${error.message}` }),
    );
  parsed.set(text, rules);
  return rules;
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
