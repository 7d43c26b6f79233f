import { textOf } from '../../terraform';
import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** A role no longer checks the instance behind a session. */
export const inferenceRemoved: ReviewRule = {
  id: 'inference-removed',
  severity: 'high',
  reason:
    'The binds on the instance no longer count. Anyone who can open such a session can log in from anywhere.',
  find: ({ plan }) =>
    plan.changes
      .filter(
        ({ type, before, after }) =>
          type === 'vault_aws_auth_backend_role' &&
          after !== undefined &&
          textOf(before?.values.inferred_entity_type) !== undefined &&
          textOf(after.values.inferred_entity_type) === undefined,
      )
      .map(({ address, after }) => ({
        sentence: say`role ${textOf(after!.values.role) ?? address} no longer infers the instance of a session`,
        addresses: [address],
      })),
};
