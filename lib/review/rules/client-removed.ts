import { textOf } from '../../terraform';
import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** Vault loses what it asks AWS by. */
export const clientRemoved: ReviewRule = {
  id: 'client-removed',
  severity: 'high',
  reason:
    'Vault asks AWS by whatever credentials its own machine has, or by none; the server ID header goes with it.',
  find: ({ plan }) =>
    plan.changes
      .filter(({ type, action }) => type === 'vault_aws_auth_backend_client' && action === 'delete')
      .map(({ address, before }) => ({
        sentence: say`${`auth/${textOf(before?.values.backend) ?? 'aws'}`} loses the credentials and endpoints that Vault asks AWS by`,
        addresses: [address],
      })),
};
