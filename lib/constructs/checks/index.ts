export { checkReport, type CheckReport, renderCheck } from './check-report';
export { acknowledge, addWarnings, findWarnings, type FoundWarning } from './registry';
export {
  anything,
  construct,
  duration,
  either,
  fields,
  flag,
  instanceOf,
  listOf,
  mapOf,
  method,
  number,
  oneOf,
  optional,
  requireTypes,
  text,
  type TypeCheck,
  type TypeChecks,
} from './require-types';
export { check, type CheckOptions, type CheckResult, describeWarning, InvalidAppError, synth } from './synth';
export { UniqueNames } from './unique-names';
export { type Acknowledgements, type Warning, type WarningId, WARNINGS } from './warning';
