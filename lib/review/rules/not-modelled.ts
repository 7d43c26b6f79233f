import { sameValue, textOf, textsOf, type Values } from '../../access';
import type { Found, ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** Types whose policies the other rules look at. */
const MODELLED = new Set(['vault_aws_auth_backend_role', 'vault_identity_group', 'vault_identity_entity']);

/** What this project itself writes by path, and what it does. */
const KNOWN_PATHS = /^(?:identity\/entity-alias|auth\/.+\/config\/rotate-root)$/;

/** Something else of Vault gives policies, or writes where access is decided. */
export const notModelled: ReviewRule = {
  id: 'not-modelled',
  severity: 'high',
  reason:
    'This review knows the AWS auth method and the identity store. What this gives, read in the plan itself.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after, action }): Found[] => {
      if (!type.startsWith('vault_') || MODELLED.has(type) || action === 'no-op' || !after) {
        return [];
      }
      const gives = policiesOf(after.values);
      if (gives.length > 0 && !sameValue(gives, before ? policiesOf(before.values) : [])) {
        return [{ sentence: say`${address} gives the policies ${names(gives)}`, addresses: [address] }];
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

function policiesOf(values: Values): string[] {
  return ['token_policies', 'policies', 'allowed_policies', 'allowed_policies_glob'].flatMap((attribute) =>
    textsOf(values[attribute]),
  );
}
