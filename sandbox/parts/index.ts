export type { PartsOptions } from './context';
export { describeProgress } from './describe-progress';
export { renderDoctor } from './doctor';
export { getParts, getTool, type Parts } from './get-parts';
export { inspectParts, missing, type PartReport } from './inspect';
export type { PartEvent, PartName } from './part';
