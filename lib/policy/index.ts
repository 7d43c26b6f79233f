export { checkRules, remarkOnRules } from './check-rules';
export { combineRules } from './combine-rules';
export { decide, decider } from './decide';
export { aws } from './engines/aws';
export { database } from './engines/database';
export { kv1 } from './engines/kv1';
export { kv2 } from './engines/kv2';
export { pki } from './engines/pki';
export { ssh } from './engines/ssh';
export { transit } from './engines/transit';
export { type EntityTemplate, entityTemplates } from './entity-templates';
export { parsePolicy } from './parse-policy';
export { mergeRules } from './merge-rules';
export {
  covers,
  fillTemplates,
  hasWildcard,
  isMoreSpecific,
  overlaps,
  requestPath,
  unnamedPath,
} from './path-pattern';
export { policyFile, type PolicyFile } from './policy-file';
export type { UnjudgedBlock } from './read-block';
export { PolicyError, readPolicy, type ReadPolicy } from './read-policy';
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
