import type { ParameterValues, PolicyRule } from './rule';

/**
 * Merges the rules of each path into one rule, as Vault does. The order is that of the first rule of each
 * path.
 *
 * A deny removes everything else. Capabilities and parameters add up. An empty list of values means any
 * value. The shortest wrapping TTL counts.
 *
 * Source: `NewACL` in Vault's `vault/acl.go` (1.21.1).
 */
export function mergeRules(rules: readonly PolicyRule[]): PolicyRule[] {
  const merged = new Map<string, PolicyRule>();
  for (const rule of rules) {
    const before = merged.get(rule.path);
    merged.set(rule.path, before === undefined ? rule : merge(before, rule));
  }
  return [...merged.values()];
}

function merge(before: PolicyRule, rule: PolicyRule): PolicyRule {
  const { path } = before;
  if ([before, rule].some(({ capabilities }) => capabilities.includes('deny'))) {
    return { path, capabilities: ['deny'] };
  }
  const merged: PolicyRule = {
    path,
    capabilities: union(before.capabilities, rule.capabilities),
    requiredParameters: both(before.requiredParameters, rule.requiredParameters, union),
    allowedParameters: both(before.allowedParameters, rule.allowedParameters, mergeParameters),
    deniedParameters: both(before.deniedParameters, rule.deniedParameters, mergeParameters),
    minWrappingTtl: both(before.minWrappingTtl, rule.minWrappingTtl, shorter),
    maxWrappingTtl: both(before.maxWrappingTtl, rule.maxWrappingTtl, shorter),
    subscribeEventTypes: both(before.subscribeEventTypes, rule.subscribeEventTypes, union),
  };
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== undefined),
  ) as unknown as PolicyRule;
}

function both<T>(
  before: T | undefined,
  value: T | undefined,
  merged: (before: T, value: T) => T,
): T | undefined {
  return before === undefined ? value : value === undefined ? before : merged(before, value);
}

function union<T>(before: readonly T[], added: readonly T[]): T[] {
  return [...new Set([...before, ...added])];
}

/** For Vault 0 and less is no TTL. */
function shorter(before: number, ttl: number): number {
  return ttl > 0 && (before === 0 || ttl < before) ? ttl : before;
}

function mergeParameters(before: ParameterValues, added: ParameterValues): ParameterValues {
  const merged = new Map(Object.entries(before));
  const names = new Map([...merged.keys()].map((name) => [name.toLowerCase(), name]));
  for (const [name, values] of Object.entries(added)) {
    const known = names.get(name.toLowerCase()) ?? name;
    const earlier = merged.get(known);
    const any = values.length === 0 || earlier?.length === 0;
    merged.set(known, any ? [] : union(earlier ?? [], values));
  }
  return Object.fromEntries(merged);
}
