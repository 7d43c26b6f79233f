import { hasUnknown, sameValue, textOf, textsOf, type Values } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { names, say, type Sentence } from '../sentence';

/** Types whose policies the other rules look at. */
const MODELLED = new Set(['vault_aws_auth_backend_role', 'vault_identity_group', 'vault_identity_entity']);

/** Paths that this project itself writes, so that it knows what they do. */
const KNOWN_PATHS = /^(?:identity\/entity-alias|auth\/.+\/config\/rotate-root)$/;

/** Another resource of Vault gives policies, or writes to a path that decides about access. */
export const notModelled: ReviewRule = {
  id: 'not-modelled',
  severity: 'high',
  reason:
    'This review knows only the AWS auth method and the identity store. Read in the plan itself what this gives.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after, action }): Found[] => {
      if (!type.startsWith('vault_') || MODELLED.has(type) || action === 'no-op' || !after) {
        return [];
      }
      const gives = policiesOf(after.values);
      if (gives.length > 0 && !sameValue(gives, before ? policiesOf(before.values) : [])) {
        return [{ sentence: say`${address} gives the policies ${names(gives)}`, addresses: [address] }];
      }
      const identity = identityOf(type, after.values, before?.values);
      if (identity !== undefined) {
        return [{ sentence: say`${address} ${identity}`, addresses: [address] }];
      }
      const path = textOf(after.values.path);
      return type === 'vault_generic_endpoint' && !(path !== undefined && KNOWN_PATHS.test(path))
        ? [
            {
              sentence: say`${address} writes to ${path ?? 'a path known after apply'}, and what it writes is not shown`,
              addresses: [address],
            },
          ]
        : [];
    }),
};

/** What separate resources for parts of the identity store say. */
function identityOf(type: string, is: Values, was: Values = {}): Sentence | undefined {
  const changed = (attribute: string) => !sameValue(was[attribute] ?? null, is[attribute] ?? null);
  const known = (attribute: string) => textOf(is[attribute]) ?? 'a value known after apply';
  switch (type) {
    case 'vault_identity_entity_alias':
    case 'vault_identity_group_alias':
      return changed('name') || changed('mount_accessor') || changed('canonical_id')
        ? say`maps the caller ${known('name')} of the mount ${known('mount_accessor')} to ${known('canonical_id')}`
        : undefined;
    case 'vault_identity_group_member_entity_ids':
    case 'vault_identity_group_member_group_ids': {
      const members = type.slice('vault_identity_group_'.length);
      const more = textsOf(is[members]).filter((id) => !textsOf(was[members]).includes(id));
      const all = [...more, ...(hasUnknown(is[members]) ? ['members known after apply'] : [])];
      return all.length === 0 ? undefined : say`puts ${names(all)} into the group ${known('group_id')}`;
    }
    default:
      return undefined;
  }
}

function policiesOf(values: Values): string[] {
  return ['token_policies', 'policies', 'allowed_policies', 'allowed_policies_glob'].flatMap((attribute) =>
    textsOf(values[attribute]),
  );
}
