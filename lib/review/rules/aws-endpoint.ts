import { Masked, sameValue, textOf, Unknown } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { say } from '../sentence';

/** What Vault asks each endpoint, in a reviewer's words. */
const ASKED = {
  sts_endpoint: 'who a caller is',
  iam_endpoint: 'which users and roles there are',
  ec2_endpoint: 'which instances there are',
} as const;

/** Endpoints of AWS itself. Source: https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html */
const OF_AWS = /^https:\/\/(?:[\w-]+\.)*(?:amazonaws\.com|amazonaws\.com\.cn|api\.aws)(?::443)?\/?$/;

/** Vault asks another server who its callers are. */
export const awsEndpoint: ReviewRule = {
  id: 'aws-endpoint',
  severity: 'critical',
  reason: 'Vault believes every answer of that server: with a false answer anybody can log in as anybody.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }): Found[] => {
      if (type !== 'vault_aws_auth_backend_client' || !after) {
        return [];
      }
      const mount = `auth/${textOf(after.values.backend) ?? 'aws'}`;
      return Object.entries(ASKED).flatMap(([attribute, question]): Found[] => {
        const is = textOf(after.values[attribute]);
        const was = textOf(before?.values[attribute]);
        // What is not known yet, or is hidden, has its own finding.
        const value = after.values[attribute];
        if (value instanceof Unknown || value instanceof Masked) {
          return [];
        }
        if (sameValue(before?.values[attribute] ?? '', after.values[attribute] ?? '') || is === was) {
          return [];
        }
        if (is === undefined) {
          return [
            {
              severity: 'medium',
              sentence: say`${mount} asks AWS itself ${[question]}, no longer ${was!}`,
              addresses: [address],
            },
          ];
        }
        return [
          {
            severity: OF_AWS.test(is) ? 'medium' : 'critical',
            sentence:
              was === undefined
                ? say`${mount} asks ${is} ${[question]}`
                : say`${mount} asks ${is} ${[question]}, no longer ${was}`,
            addresses: [address],
          },
        ];
      });
    }),
};
