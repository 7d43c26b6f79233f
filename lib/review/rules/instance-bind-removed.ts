import { hasUnknown, textOf, textsOf, type Values } from '../../terraform';
import { INSTANCE_BINDS } from '../../access';
import type { ReviewRule } from '../rule';
import { say, words } from '../sentence';

/** A role for instances requires less than before: each kind of bind narrows, so a removed one widens. */
export const instanceBindRemoved: ReviewRule = {
  id: 'instance-bind-removed',
  severity: 'high',
  reason: 'All kinds of binds must match at once: without one, more instances can log in.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }) => {
      if (type !== 'vault_aws_auth_backend_role' || !before || !after) {
        return [];
      }
      const gone = INSTANCE_BINDS.filter(
        ([attribute]) =>
          textsOf(before.values[attribute]).length > 0 &&
          textsOf(after.values[attribute]).length === 0 &&
          !hasUnknown(after.values[attribute]),
      ).map(([, what]) => what);
      return gone.length === 0 || !isForInstances(after.values)
        ? []
        : [
            {
              sentence: say`role ${textOf(after.values.role) ?? address} no longer checks the ${words(gone)} of an instance`,
              addresses: [address],
            },
          ];
    }),
};

/** Another rule finds a role that is no longer for instances. */
function isForInstances({ auth_type: type, inferred_entity_type: inferred }: Values): boolean {
  return type === 'ec2' || textOf(inferred) !== undefined;
}
