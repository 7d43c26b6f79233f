export { TerraformData, type TerraformDataConfig } from './terraform-data';
