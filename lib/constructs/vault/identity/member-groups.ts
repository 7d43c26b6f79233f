import { IdentityGroup } from '@cdktf/provider-vault/lib/identity-group';
import type { TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { checkedBy, UniqueNames } from '../../checks';
import { vaultOf } from '../on-provider';
import { type AwsAuthMount, onMount } from '../mount/aws-auth-mount';
import type { Caller } from '../mount/caller';
import { checkGivenTemplates } from '../mount/check-templates';
import type { PolicyGiver } from '../mount/mounted';
import { POLICIES, type Policies, policyNames } from '../policy/policy-names';

const namesOf = new WeakMap<TerraformProvider | TerraformStack, UniqueNames>();

export interface MemberGroupProps {
  /** The group's name in Vault. */
  readonly name: string;
  readonly policies: Policies;
  /** Where they are given: `groups.NAME`. */
  readonly place: string;
  /** The IDs of its entities, as an expression of Terraform. */
  readonly entityIds: string;
  /** Whose logins find them. */
  readonly mount: AwsAuthMount;
  /** Who one member is. */
  readonly member: Caller;
}

/** A group in Vault's identity store. Its members get its policies at their next request. */
export function declareGroup(owner: Construct, props: MemberGroupProps): void {
  const { name, policies, place, entityIds, mount, member } = props;
  const group = new IdentityGroup(owner, `group_${name}`, {
    name,
    policies: policyNames(owner, policies),
    lifecycle: checkedBy(POLICIES.atApply?.(place, policies) ?? []),
  });
  group.addOverride('member_entity_ids', `\${${entityIds}}`);

  const mounted = onMount(mount);
  const giver: PolicyGiver = { construct: owner, place, policies, kind: 'iam', callers: () => [member] };
  mounted.givers.push(giver);
  owner.node.addValidation({ validate: () => checkGivenTemplates(giver, mounted) });

  const vault = vaultOf(owner, mounted.facts.provider);
  const names = namesOf.get(vault) ?? new UniqueNames('identity group');
  namesOf.set(vault, names);
  // Vault finds a group by its name in upper or lower case.
  names.claim(name.toLowerCase(), group);
}

/** What is wrong with the names of groups; empty if nothing is wrong. @param check checks one of them */
export function checkGroupNames(
  names: readonly string[],
  check: (place: string, name: string) => readonly string[],
): string[] {
  return names.length === 0
    ? ['groups: at least one is needed; got none']
    : names.flatMap((name) => check('groups', name));
}
