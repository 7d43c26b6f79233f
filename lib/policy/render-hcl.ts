import { CAPABILITIES, type Capability, type PolicyRule } from './rule';

/**
 * The text of a Vault policy, as `vault policy read` shows it and a person would write it.
 *
 * The order of the rules is kept: it has no meaning to Vault, but the author put related paths together.
 * Capabilities are put in the order of {@link CAPABILITIES}, so that a reordered list plans no change.
 */
export function renderHcl(rules: readonly PolicyRule[]): string {
  return rules.map(renderRule).join('\n');
}

function renderRule(rule: PolicyRule): string {
  const capabilities = inOrder(rule.capabilities).map((capability) => `"${capability}"`);
  return `path "${rule.path}" {\n  capabilities = [${capabilities.join(', ')}]\n}\n`;
}

function inOrder(capabilities: readonly Capability[]): Capability[] {
  return [...new Set(capabilities)].sort((a, b) => CAPABILITIES.indexOf(a) - CAPABILITIES.indexOf(b));
}
