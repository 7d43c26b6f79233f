export { checkRules } from './check-rules';
export { renderHcl } from './render-hcl';
export { CAPABILITIES, type Capability, type PolicyRule } from './rule';
