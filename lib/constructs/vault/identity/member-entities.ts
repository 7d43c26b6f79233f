import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { IdentityEntity } from '@cdktf/provider-vault/lib/identity-entity';
import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { addressOf } from '../address';
import type { AwsAuthMount } from '../mount/aws-auth-mount';

/** The name of a member's alias, and the metadata of its entity. */
export interface Member {
  readonly alias: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface MemberEntitiesProps {
  readonly mount: AwsAuthMount;

  /** The members by their keys, or an expression of Terraform for them, whose keys are known when it plans. */
  readonly members: Readonly<Record<string, Member>> | string;
}

/** An entity for each member, which a login finds by its alias. */
export class MemberEntities extends Construct {
  /** The entities' IDs by the members' keys, as an expression of Terraform. */
  readonly ids: string;

  constructor(scope: Construct, id: string, { mount, members }: MemberEntitiesProps) {
    super(scope, id);
    const local = `local.${new TerraformLocal(this, 'members', members).friendlyUniqueId}`;
    // It has no name of ours: two entities can't have the same name, and a replaced member would be written while its
    // old entity still has the name.
    const entity = new IdentityEntity(this, 'entity');
    // Terraform reads the whole for_each for each instance, and all instances wherever one of them is named. So both
    // are kept small and in locals, which it reads once. Otherwise the time of a plan would grow with the square.
    const keys = new TerraformLocal(this, 'keys', `\${{ for key, member in ${local} : key => key }}`);
    entity.addOverride('for_each', `\${local.${keys.friendlyUniqueId}}`);
    entity.addOverride('metadata', `\${${local}[each.key].metadata}`);
    const ids = new TerraformLocal(
      this,
      'ids',
      `\${{ for key, entity in ${addressOf(entity)} : key => entity.id }}`,
    );
    this.ids = `local.${ids.friendlyUniqueId}`;

    // A member who logged in earlier has an alias that Vault made, and the provider's resource for aliases refuses an
    // existing alias. This write moves the alias to the entity. This path can neither read nor delete it: Vault
    // deletes it with its entity, and another entity writes it again.
    const alias = new GenericEndpoint(this, 'alias', {
      path: 'identity/entity-alias',
      dataJson: `\${jsonencode({ name = ${local}[each.key].alias, mount_accessor = ${mount.accessor}, canonical_id = each.value })}`,
      disableRead: true,
      disableDelete: true,
    });
    alias.addOverride('for_each', `\${${this.ids}}`);
  }
}
