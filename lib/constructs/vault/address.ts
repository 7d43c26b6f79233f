import { type TerraformResource, Token } from 'cdktf';
import { Late } from '../terraform';

/**
 * A resource's address as text: cdktf's own reference becomes `${…}`, which Terraform refuses in some places.
 *
 * It is made when it is written. cdktf keeps the first logical ID that somebody asked for, and then ignores
 * `overrideLogicalId` silently.
 */
export function addressOf(resource: TerraformResource): string {
  return Token.asString(new Late(() => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`));
}
