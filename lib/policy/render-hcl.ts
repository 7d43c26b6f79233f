import { quoteHcl, renderValue } from '../hcl';
import {
  CAPABILITIES,
  type Capability,
  type ParameterValue,
  type ParameterValues,
  type PolicyRule,
} from './rule';

/**
 * The text of a Vault policy, as `vault policy read` shows it and a person would write it.
 *
 * Rules are sorted by their path, capabilities as in {@link CAPABILITIES}, parameters and their values by
 * their text: none of these orders has a meaning to Vault, so the same rules in another order must plan no
 * change.
 */
export function renderHcl(rules: readonly PolicyRule[]): string {
  return rules
    .map((rule) => ({ path: rule.path, text: renderRule(rule) }))
    .sort((a, b) => compare(a.path, b.path) || compare(a.text, b.text))
    .map(({ text }) => text)
    .join('\n');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function renderRule(rule: PolicyRule): string {
  const { requiredParameters, allowedParameters, deniedParameters, subscribeEventTypes } = rule;
  const lines = [
    `capabilities = [${inOrder(rule.capabilities).map(quoteHcl).join(', ')}]`,
    requiredParameters && `required_parameters = ${renderList(requiredParameters)}`,
    allowedParameters && `allowed_parameters = ${renderParameters(allowedParameters)}`,
    deniedParameters && `denied_parameters = ${renderParameters(deniedParameters)}`,
    rule.minWrappingTtl !== undefined && `min_wrapping_ttl = ${rule.minWrappingTtl}`,
    rule.maxWrappingTtl !== undefined && `max_wrapping_ttl = ${rule.maxWrappingTtl}`,
    subscribeEventTypes && `subscribe_event_types = ${renderList(subscribeEventTypes)}`,
  ].filter((line) => typeof line === 'string');
  return `path ${quoteHcl(rule.path)} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

function inOrder(capabilities: readonly Capability[]): Capability[] {
  return [...new Set(capabilities)].sort((a, b) => CAPABILITIES.indexOf(a) - CAPABILITIES.indexOf(b));
}

function renderParameters(parameters: ParameterValues): string {
  const lines = Object.entries(parameters)
    .sort(([a], [b]) => compare(a, b))
    .map(([name, values]) => `    ${quoteHcl(name)} = ${renderList(values)}\n`);
  return `{\n${lines.join('')}  }`;
}

function renderList(values: readonly ParameterValue[]): string {
  return `[${[...new Set(values.map(renderValue))].sort().join(', ')}]`;
}
