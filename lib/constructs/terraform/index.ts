export { Late } from './late';
export { TerraformData, type TerraformDataConfig } from './terraform-data';
