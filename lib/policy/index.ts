export { checkRules } from './check-rules';
export { decide } from './decide';
export { renderHcl } from './render-hcl';
export {
  CAPABILITIES,
  type Capability,
  type ParameterValue,
  type ParameterValues,
  type PolicyRule,
} from './rule';
