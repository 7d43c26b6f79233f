import { hasUnknown, textOf, textsOf, type Values } from '../../terraform';
import { INSTANCE_BINDS } from '../../access';
import type { ReviewRule } from '../rule';
import { say, words } from '../sentence';

/** A role for instances asks for less than before: each kind of bind narrows, so one that is gone widens. */
export const instanceBindRemoved: ReviewRule = {
  id: 'instance-bind-removed',
  severity: 'high',
  reason: 'All kinds of binds must match at once: without one, instances log in that did not before.',
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
              sentence: say`role ${textOf(after.values.role) ?? address} asks no longer for the ${words(gone)} of an instance`,
              addresses: [address],
            },
          ];
    }),
};

/** One that is so no longer is found by another rule, as a whole. */
function isForInstances({ auth_type: type, inferred_entity_type: inferred }: Values): boolean {
  return type === 'ec2' || textOf(inferred) !== undefined;
}
