import { textOf } from '../../terraform';
import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** A role matches its principals by name, no longer by their unique IDs. */
export const resolveOff: ReviewRule = {
  id: 'resolve-off',
  severity: 'high',
  reason: 'A principal that is deleted and created again under its name inherits the access.',
  find: ({ plan }) =>
    plan.changes
      .filter(
        ({ type, before, after }) =>
          type === 'vault_aws_auth_backend_role' &&
          before?.values.resolve_aws_unique_ids === true &&
          after?.values.resolve_aws_unique_ids === false,
      )
      .map(({ address, after }) => ({
        sentence: say`role ${textOf(after?.values.role) ?? address} now matches principals by name only: a principal recreated under that name is let in`,
        addresses: [address],
      })),
};
