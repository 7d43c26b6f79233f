import { CAPABILITIES, type Capability, type PolicyRule } from './rule';

/**
 * The text of a Vault policy, as `vault policy read` shows it and a person would write it.
 *
 * Rules are sorted by their path, capabilities as in {@link CAPABILITIES}: neither order has a meaning to Vault,
 * so the same rules in another order must plan no change.
 */
export function renderHcl(rules: readonly PolicyRule[]): string {
  return [...rules]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(renderRule)
    .join('\n');
}

function renderRule(rule: PolicyRule): string {
  const capabilities = inOrder(rule.capabilities).map((capability) => `"${capability}"`);
  return `path "${rule.path}" {\n  capabilities = [${capabilities.join(', ')}]\n}\n`;
}

function inOrder(capabilities: readonly Capability[]): Capability[] {
  return [...new Set(capabilities)].sort((a, b) => CAPABILITIES.indexOf(a) - CAPABILITIES.indexOf(b));
}
