export { InvalidInputError } from './invalid-input';
export { outdir } from './outdir';
export { readOutputs } from './read-outputs';
export { readPlan } from './read-plan';
export { type AccessSource, readAccessFile, readSynthesized } from './read-sources';
export { readStack } from './read-stack';
export { readState } from './read-state';
export { readStates } from './read-states';
export { readSynth, THIS_ACCOUNT } from './read-synth';
export type { Action, Plan, Resource, ResourceChange } from './resource';
export { type Block, type Blocks, hasReference, References, type SynthJson, unescaped } from './synth-json';
export { type CliOptions, cliOf } from './run-terraform';
export { terraformShow } from './terraform-show';
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
