import { sameValue, type Value } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** By kind, the attributes that templates in policies can use, and those that decide which of them exist. */
const DATA: ReadonlyMap<string, readonly string[]> = new Map([
  ['vault_identity_entity', ['name', 'metadata']],
  ['vault_identity_entity_alias', ['custom_metadata']],
  ['vault_identity_group', ['name', 'metadata']],
  ['vault_aws_auth_backend_config_identity', ['iam_metadata', 'ec2_metadata']],
]);

/**
 * The name or metadata of an entity, a group or an alias changes, and templates in policies use them; or an entity is
 * no longer disabled.
 */
export const identityData: ReviewRule = {
  id: 'identity-data',
  severity: 'medium',
  reason:
    'A policy with a template, such as {{identity.entity.metadata.team}}, then covers other paths, although its text does not change.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }): Found[] => {
      if (!before || !after) {
        return [];
      }
      const changed = (DATA.get(type) ?? []).filter(
        (attribute) => !sameValue(orNothing(before.values[attribute]), orNothing(after.values[attribute])),
      );
      const enabled =
        type === 'vault_identity_entity' && before.values.disabled === true && after.values.disabled !== true;
      return [
        ...(changed.length > 0
          ? [
              {
                sentence: say`${address} changes in ${names(changed)}, which templates in policies can use`,
                addresses: [address],
              },
            ]
          : []),
        ...(enabled ? [{ sentence: say`${address} is no longer disabled`, addresses: [address] }] : []),
      ];
    }),
};

/** The state has an empty list or map if the configuration has none. */
function orNothing(value: Value): Value {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0 ? null : value;
}
