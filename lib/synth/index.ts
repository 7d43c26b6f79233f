export { type CheckReport, checkReport, renderCheck } from './check-report';
export { check, type CheckOptions, type CheckResult, describeWarning, InvalidAppError, synth } from './synth';
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
export { UniqueNames } from './unique-names';
