export { type Access, type Grant, type IdentityGroup, type LoginRole, ofType, readAccess } from './access';
export { rulesOfGrant } from './access-rows';
export { accessJson, type AccessReport, accessReport } from './access-report';
export { accessPage } from './html/page';
export { InvalidInputError } from './invalid-input';
export { capabilitiesBy } from './policy-documents';
export { INSTANCE_BINDS, type Principal, widthOf } from './principal';
export { readPlan } from './read-plan';
export { readSynth } from './read-synth';
export { readAccessFile, readSynthesized } from './read-sources';
export { type Read, readTogether } from './read-together';
export { readState } from './read-state';
export { renderAccess } from './render-access';
export type { Action, Plan, Resource, ResourceChange } from './resource';
export {
  hasUnknown,
  Masked,
  referencesOf,
  sameValue,
  textOf,
  textsOf,
  Unknown,
  type Value,
  type Values,
} from './value';
