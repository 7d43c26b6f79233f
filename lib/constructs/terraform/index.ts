export { freeId } from './free-id';
export { Late } from './late';
export { checkLogicalIds } from './logical-ids';
export { TerraformData, type TerraformDataConfig } from './terraform-data';
