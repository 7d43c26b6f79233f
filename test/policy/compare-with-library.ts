import { PolicyError, type PolicyRule, readPolicy } from '../../lib/policy';
import type { Answer, VaultRule } from '../hcl/compare-with-library';

/** In what {@link readPolicy} and Vault's own code differ about a text; undefined if in nothing. */
export function differenceFromVault(text: string, { refused, invalid, policy }: Answer): string | undefined {
  // To the library it is no base64.
  if (/^(?:[\w+/]{4})*[\w+/]{2}[\w+/=]{2}$/.test(text.replace(/[\r\n]/g, ''))) {
    return undefined;
  }
  let read;
  try {
    read = readPolicy(text);
  } catch (error) {
    if (!(error instanceof PolicyError)) {
      throw error;
    }
    return policy ? `refused: ${error.message}` : differenceOfPlaces(error, invalid);
  }
  if (!policy) {
    return `taken, and Vault says: ${(refused ?? invalid)!.message}`;
  }
  const ours = read.blocks.map(({ rule, unjudged }) => ({
    ...rule,
    path: rule.path.replace(/^\//, ''),
    asks: unjudged.map(({ block }) => block).sort(),
  }));
  const [one, other] = [ours.map(comparable), policy.rules.map(expected).map(comparable)];
  return JSON.stringify(one) === JSON.stringify(other)
    ? undefined
    : `read as\n${JSON.stringify(one)}\nand by Vault as\n${JSON.stringify(other)}`;
}

/** Vault's reasons have a place only if a value is not what it must be; ours always have. */
function differenceOfPlaces({ problems }: PolicyError, invalid: Answer['invalid']): string | undefined {
  const place = invalid?.place;
  if (problems.some(({ line, column }) => line < 1 || column < 1)) {
    return `a problem without a place: ${JSON.stringify(problems)}`;
  }
  return place === undefined || problems.some(({ line }) => line === place.line)
    ? undefined
    : `at ${JSON.stringify(problems)}, and Vault says ${invalid!.message}`;
}

type Comparable = PolicyRule & { readonly asks: readonly string[] };

function expected(rule: VaultRule): Comparable {
  const [min, max] = [rule.minWrapping, rule.maxWrapping].map((ttl) => (ttl ?? 0) / 1e9);
  return {
    path: rule.path,
    capabilities: (rule.capabilities ?? []) as Comparable['capabilities'],
    allowedParameters: parametersOf(rule.allowed),
    deniedParameters: parametersOf(rule.denied),
    requiredParameters: rule.required,
    minWrappingTtl: min,
    maxWrappingTtl: max,
    subscribeEventTypes: rule.eventTypes,
    asks: [...(rule.controlGroup ? ['control_group'] : []), ...(rule.mfaMethods ? ['mfa_methods'] : [])],
  };
}

function parametersOf(parameters: VaultRule['allowed']): PolicyRule['allowedParameters'] {
  return (
    parameters &&
    (Object.fromEntries(
      Object.entries(parameters).map(([name, values]) => [name, values ?? []]),
    ) as PolicyRule['allowedParameters'])
  );
}

/** What is there and says nothing is as nothing. */
function comparable(rule: Comparable): unknown {
  const lists = ['requiredParameters', 'subscribeEventTypes'] as const;
  const maps = ['allowedParameters', 'deniedParameters'] as const;
  return [
    rule.path,
    rule.capabilities,
    rule.minWrappingTtl ?? 0,
    rule.maxWrappingTtl ?? 0,
    ...lists.map((field) => rule[field] ?? []),
    ...maps.map((field) => sorted(rule[field] ?? {})),
    rule.asks,
  ];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return value === null || typeof value !== 'object'
    ? value
    : Object.entries(value)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, each]) => [name, sorted(each)]);
}
