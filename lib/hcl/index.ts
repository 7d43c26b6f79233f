export { type Decode, decodeField, itemsNamed, listOf, mapOf, structOf, text, wholeNumber } from './decode';
export { type Anything, anything, element, plainValue } from './decode-anything';
export { HclError } from './hcl-error';
export { parseDuration } from './parse-duration';
export { parseHcl } from './parse-hcl';
export { quoteHcl } from './quote-hcl';
export { renderValue } from './render-value';
export type { HclItem, HclList, HclLiteral, HclNode, HclObject, HclPlace } from './tree';
