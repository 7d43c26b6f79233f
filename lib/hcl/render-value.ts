import type { Plain } from './decode-anything';
import { quoteHcl } from './quote-hcl';

/** A value as a text in HCL has it, on one line. */
export function renderValue(value: Plain): string {
  if (typeof value !== 'object') {
    return typeof value === 'string' ? quoteHcl(value) : String(value);
  }
  if (isList(value)) {
    return `[${value.map(renderValue).join(', ')}]`;
  }
  const members = Object.entries(value).map(([name, each]) => `${quoteHcl(name)} = ${renderValue(each)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function isList(value: object): value is readonly Plain[] {
  return Array.isArray(value);
}
