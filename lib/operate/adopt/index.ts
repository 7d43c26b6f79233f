export { adopt, type Adoption, type AdoptOptions } from './adopt';
export type { Leftover } from './findings';
export { CannotAdoptError } from './live';
export { renderAdoption } from './render-adoption';
export { writeFiles } from './write-files';
