import { policyFile, type PolicyFile, renderHcl } from '../../policy';
import type { Leftover } from './findings';
import { Code, type Source } from './source';

/** The policies of a role as the stack can have them. */
export interface DescribedPolicies {
  /** The name of the policy that the stack has. @default the stack can have none */
  readonly name?: string;
  /** `login.policy`. */
  readonly settings: Source;
  /** `login.otherPolicies`. */
  readonly others: readonly string[];
  /** The text of what is kept as a file, by its path. */
  readonly files: Readonly<Record<string, string>>;
  readonly findings: readonly Leftover[];
}

/**
 * The first policy of the role that can be read becomes the stack's. The others stay with the role by name.
 *
 * A policy that is written differently from what {@link renderHcl} writes is kept as a file, so that nothing
 * changes.
 *
 * @param policies the texts by name; undefined if Vault has none of this name
 */
export function describePolicies(policies: Readonly<Record<string, string | undefined>>): DescribedPolicies {
  let described: DescribedPolicies = { settings: false, others: [], files: {}, findings: [] };
  for (const [name, text] of Object.entries(policies)) {
    const whyNot = name === 'default' ? undefined : whyByName(name, text, described);
    if (typeof whyNot === 'object') {
      described = { ...described, name, ...whyNot };
      continue;
    }
    const { others, findings } = described;
    const finding = whyNot === undefined ? [] : [{ place: `Vault policy ${name}`, what: whyNot }];
    described = { ...described, others: [...others, name], findings: [...findings, ...finding] };
  }
  return described;
}

function whyByName(name: string, text: string | undefined, { name: taken }: DescribedPolicies) {
  if (text === undefined) {
    return 'the role names it and Vault has none of this name; the name stays with the role';
  }
  if (taken !== undefined) {
    return `the stack manages one policy, ${taken}; this one stays with the role by its name`;
  }
  return readText(name, text);
}

function readText(policyName: string, text: string) {
  const path = `policies/${policyName.replace(/[^\w.-]/g, '_')}.hcl`;
  const file = readFile(path, text);
  if (typeof file === 'string') {
    return `it can't be read as rules, and stays with the role by its name: ${file}`;
  }
  const { rules } = file;
  if (renderHcl(rules) === text && file.remarks.length === 0) {
    return { settings: { policyName, rules: rules as unknown as Source }, files: {} };
  }
  const read = `await readPolicyFile(join(import.meta.dirname, ${JSON.stringify(path)}))`;
  return { settings: { policyName, file: new Code(read, file) }, files: { [path]: text } };
}

/** The policy, or why the stack can't have it. */
function readFile(path: string, text: string): PolicyFile | string {
  try {
    return policyFile(path, text);
  } catch (error) {
    return (error as Error).message.replaceAll('\n', ' ');
  }
}
