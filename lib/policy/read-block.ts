import { parseWrappingTtl } from './parse-wrapping-ttl';
import type { Capability, ParameterValue, PolicyRule } from './rule';

/** A problem of a `path` block, and the argument it is about. */
export interface BlockProblem {
  readonly argument: string;
  readonly problem: string;
}

type Read = (value: unknown) => Partial<PolicyRule> | string;

const RULE_OF: Readonly<Record<string, Read>> = {
  capabilities: (value) =>
    listOf(value, isText, (capabilities) => ({ capabilities: capabilities as Capability[] })),
  required_parameters: (value) => listOf(value, isText, (requiredParameters) => ({ requiredParameters })),
  allowed_parameters: (value) => parametersOf(value, (allowedParameters) => ({ allowedParameters })),
  denied_parameters: (value) => parametersOf(value, (deniedParameters) => ({ deniedParameters })),
  min_wrapping_ttl: (value) => ttlOf(value, (minWrappingTtl) => ({ minWrappingTtl })),
  max_wrapping_ttl: (value) => ttlOf(value, (maxWrappingTtl) => ({ maxWrappingTtl })),
  subscribe_event_types: (value) => listOf(value, isText, (subscribeEventTypes) => ({ subscribeEventTypes })),
  policy: shortFormOf,
  comment: () => ({}),
  mfa_methods: notInModel,
  control_group: notInModel,
};

/** The capabilities that Vault's first form of a policy, `policy = "read"`, stands for. */
const SHORT_FORMS: Readonly<Record<string, readonly Capability[]>> = {
  deny: ['deny'],
  read: ['read', 'list'],
  write: ['create', 'read', 'update', 'delete', 'list'],
  sudo: ['create', 'read', 'update', 'delete', 'list', 'sudo'],
};

/**
 * The rule of one `path` block as hcl2json gives it, or what is wrong with its arguments. It judges form
 * only: whether a capability exists is for `checkRules`.
 *
 * Source: `PathRules` and `parsePaths` in Vault's `vault/policy.go` (1.21.1).
 */
export function readBlock(
  path: string,
  block: Readonly<Record<string, unknown>>,
): PolicyRule | BlockProblem[] {
  let rule: PolicyRule = { path, capabilities: [] };
  const problems: BlockProblem[] = [];
  for (const [argument, value] of Object.entries(block)) {
    const read = Object.hasOwn(RULE_OF, argument) ? RULE_OF[argument]! : unknownArgument;
    const result = read(value);
    if (typeof result === 'string') {
      problems.push({ argument, problem: `${argument} of path '${path}': ${result}` });
    } else {
      const capabilities = [...rule.capabilities, ...(result.capabilities ?? [])];
      rule = { ...rule, ...result, capabilities };
    }
  }
  return problems.length === 0 ? rule : problems;
}

/** hcl2json marks an expression by `${…}` and doubles the sign where a string itself has `${` or `%{`. */
function readText(text: string): string | undefined {
  return /(?:^|[^$])\$\{/.test(text) ? undefined : text.replace(/\$\$\{|%%\{/g, (sign) => sign.slice(1));
}

function unknownArgument(): string {
  return `Vault refuses it, a path block has only ${Object.keys(RULE_OF).join(', ')}`;
}

function notInModel(): string {
  return 'it is of Vault Enterprise and can not be checked here; give this policy to Vault in another way';
}

function shortFormOf(value: unknown): Partial<PolicyRule> | string {
  const capabilities = typeof value === 'string' && Object.hasOwn(SHORT_FORMS, value) && SHORT_FORMS[value];
  return capabilities
    ? { capabilities }
    : `the old short form is one of ${Object.keys(SHORT_FORMS).join(', ')}; got ${JSON.stringify(value)}`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isParameterValue(value: unknown): value is ParameterValue {
  return isText(value) || typeof value === 'number' || typeof value === 'boolean';
}

function listOf<T>(
  value: unknown,
  isItem: (item: unknown) => item is T,
  use: (items: T[]) => Partial<PolicyRule>,
) {
  const items = Array.isArray(value)
    ? value.map((item: unknown) => (isText(item) ? readText(item) : item))
    : [];
  return Array.isArray(value) && items.every(isItem)
    ? use(items)
    : `it is a list of plain values in brackets; write '["…", "…"]'; got ${JSON.stringify(value)}`;
}

function parametersOf(
  value: unknown,
  use: (parameters: Record<string, ParameterValue[]>) => Partial<PolicyRule>,
) {
  // Written as a block, without `=`, it comes as a list of blocks.
  const parameters: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (parameters === null || typeof parameters !== 'object' || Array.isArray(parameters)) {
    return `it maps names to lists; write '{ "name" = ["value"] }' once; got ${JSON.stringify(value)}`;
  }
  const read: [string, ParameterValue[]][] = [];
  for (const [key, values] of Object.entries(parameters)) {
    const name = readText(key);
    const problem =
      name === undefined
        ? `a name is a plain string; got ${JSON.stringify(key)}`
        : listOf(values, isParameterValue, (items) => (read.push([name, items]), {}));
    if (typeof problem === 'string') {
      return `${key}: ${problem}`;
    }
  }
  return use(Object.fromEntries(read));
}

function ttlOf(value: unknown, use: (seconds: number) => Partial<PolicyRule>) {
  const seconds = parseWrappingTtl(value);
  return seconds === undefined
    ? `a wrapping TTL is whole seconds, or hours, minutes and seconds; write 90 or "1m30s"; got ${JSON.stringify(value)}`
    : use(seconds);
}
