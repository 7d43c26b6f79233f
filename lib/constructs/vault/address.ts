import type { TerraformResource } from 'cdktf';

/** A resource's address as text: cdktf's own reference becomes `${…}`, which Terraform refuses in some places. */
export function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
