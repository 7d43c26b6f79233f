export { checkReport, type CheckReport, renderCheck } from './check-report';
export { acknowledge, addWarnings, findWarnings, type FoundWarning } from './registry';
export {
  anything,
  construct,
  duration,
  either,
  type Field,
  flag,
  instanceOf,
  knownAtSynth,
  lateFlag,
  listOf,
  mapOf,
  matching,
  notEmpty,
  number,
  objectOf,
  oneOf,
  optional,
  text,
  withRule,
} from './field';
export { wholeNumber } from './number-field';
export { checkedBy, checkFields, refuse, requireTypes, type Rows, table } from './fields';
export { stacksIn } from './same-stack';
export { check, type CheckOptions, type CheckResult, describeWarning, InvalidAppError, synth } from './synth';
export { UniqueNames } from './unique-names';
export { type Acknowledgements, type Warning, type WarningId, WARNINGS } from './warning';
export {
  fits,
  forFunction,
  isOfList,
  preconditionOf,
  preconditionOfNumber,
  problemOf,
  regexCheck,
  type ValueRule,
} from './value-rule';
