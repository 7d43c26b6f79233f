export { type CheckReport, checkReport, renderCheck } from './check-report';
export { check, type CheckOptions, type CheckResult, describeWarning, InvalidAppError, synth } from './synth';
export { UniqueNames } from './unique-names';
