import { textOf, type Values } from '../../terraform';
import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/**
 * AWS's default, if none is written. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
const DEFAULT_SECONDS = 3600;

/** Sessions of an IAM role may last longer than before. */
export const sessionLonger: ReviewRule = {
  id: 'session-longer',
  severity: 'low',
  reason:
    'Anyone who gets hold of such a session counts as the role for as long: for AWS, and for every Vault role bound to it.',
  find: ({ plan }) =>
    plan.changes
      .filter(
        ({ type, before, after }) =>
          type === 'aws_iam_role' && before && after && secondsOf(after.values) > secondsOf(before.values),
      )
      .map(({ address, after }) => ({
        sentence: say`sessions of the IAM role ${textOf(after!.values.name) ?? address} may last ${secondsOf(after!.values)} seconds`,
        addresses: [address],
      })),
};

function secondsOf({ max_session_duration: seconds }: Values): number {
  return typeof seconds === 'number' ? seconds : DEFAULT_SECONDS;
}
