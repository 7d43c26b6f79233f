import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { IdentityEntity } from '@cdktf/provider-vault/lib/identity-entity';
import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { addressOf } from '../address';
import type { AwsAuthMount } from '../mount/aws-auth-mount';

/** What names a member's alias, and what is noted at its entity. */
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
  /** Whose instances the entities are, by the members' keys: `vault_identity_entity.NAME`. */
  readonly address: string;

  constructor(scope: Construct, id: string, { mount, members }: MemberEntitiesProps) {
    super(scope, id);
    const local = `local.${new TerraformLocal(this, 'members', members).friendlyUniqueId}`;
    // It has no name of ours: two entities can't have the same, and a member that is made anew would be written
    // while its old entity still has it.
    const entity = new IdentityEntity(this, 'entity');
    entity.addOverride('for_each', `\${${local}}`);
    entity.addOverride('metadata', '${each.value.metadata}');
    this.address = addressOf(entity);

    // Whoever logged in before has an alias that Vault made, and the provider's resource for aliases refuses one that
    // is there. Written this way it moves to the entity. It can be neither read nor deleted by this path: it goes
    // with its entity, and another entity has it written again.
    const alias = new GenericEndpoint(this, 'alias', {
      path: 'identity/entity-alias',
      dataJson: `\${jsonencode({ name = ${local}[each.key].alias, mount_accessor = ${mount.accessor}, canonical_id = each.value.id })}`,
      disableRead: true,
      disableDelete: true,
    });
    // Over the entities: each alias that named its entity in full would have Terraform read them all.
    alias.addOverride('for_each', `\${${this.address}}`);
  }
}
