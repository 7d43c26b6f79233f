export { checkRules } from './check-rules';
export { combineRules } from './combine-rules';
export { decide, decider } from './decide';
export { aws, database, kv1, kv2, pki, ssh, transit } from './engines';
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
export { alias, type AliasTemplates, entity, group, type GroupTemplates } from './template';
export { findWideRules, type WideRule } from './wide-rules';
