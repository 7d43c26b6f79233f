import { canonicalArn, type Principal } from '../../iam';
import { ask, type LiveRole, type MethodClient, read, readIdentity, readMount } from '../../vault-api';

interface Entity {
  readonly policies: readonly string[] | null;
  readonly group_ids: readonly string[] | null;
  readonly inherited_group_ids: readonly string[] | null;
}

/** The policies that a principal has by its entity and by the groups of the entity. */
export type IdentityPolicies = { readonly policies: readonly string[] } | { readonly notAsked: string };

/**
 * Finds the entity by its alias. The mount's `iam_alias` says which name the alias has.
 *
 * @param facts what is known of the principal: its unique ID, its ARN as STS would return it
 * @throws VaultError | VaultUnreachableError
 */
export async function identityPolicies(
  methodClient: MethodClient,
  role: LiveRole,
  principal: Principal,
  facts: { readonly uniqueId?: string; readonly callerArn?: string },
): Promise<IdentityPolicies> {
  const { iam_alias: iamAlias = 'role_id' } = await readIdentity(methodClient);
  const names: Record<string, string | undefined> = {
    role_id: role.role_id,
    unique_id: facts.uniqueId,
    canonical_arn: canonicalArn(principal),
    full_arn: facts.callerArn,
  };
  const alias_name = names[iamAlias];
  if (alias_name === undefined) {
    return { notAsked: `the alias of the entity is its ${iamAlias}, which is not known here` };
  }
  const mount = await readMount(methodClient);
  const body = { alias_name, alias_mount_accessor: mount?.accessor };
  const found = await ask<{ data: Entity } | undefined>(methodClient, 'POST', 'identity/lookup/entity', {
    body,
  });
  const { policies, group_ids, inherited_group_ids } = found?.data ?? {
    policies: [],
    group_ids: [],
    inherited_group_ids: [],
  };
  const groups = await Promise.all(
    [...(group_ids ?? []), ...(inherited_group_ids ?? [])].map((id) =>
      read<{ policies: readonly string[] | null }>(methodClient, `identity/group/id/${id}`),
    ),
  );
  const all = [...(policies ?? []), ...groups.flatMap((group) => group?.policies ?? [])];
  return { policies: [...new Set(all)].sort() };
}
