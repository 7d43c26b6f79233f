export { InvalidAppError, synth } from './synth';
export { UniqueNames } from './unique-names';
