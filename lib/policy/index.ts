export { checkRules } from './check-rules';
export { decide } from './decide';
export { parseHcl } from './parse-hcl';
export { type PolicyFile, readPolicyFile } from './policy-file';
export { renderHcl } from './render-hcl';
export {
  CAPABILITIES,
  type Capability,
  type ParameterValue,
  type ParameterValues,
  type PolicyRule,
} from './rule';
