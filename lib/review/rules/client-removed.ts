import { textOf } from '../../terraform';
import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** Vault loses the client configuration with which it asks AWS. */
export const clientRemoved: ReviewRule = {
  id: 'client-removed',
  severity: 'high',
  reason:
    'Vault then asks AWS with the credentials of its own machine, or with none. The server ID header is removed, too.',
  find: ({ plan }) =>
    plan.changes
      .filter(({ type, action }) => type === 'vault_aws_auth_backend_client' && action === 'delete')
      .map(({ address, before }) => ({
        sentence: say`${`auth/${textOf(before?.values.backend) ?? 'aws'}`} loses the credentials and endpoints with which Vault asks AWS`,
        addresses: [address],
      })),
};
