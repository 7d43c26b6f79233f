import { sameValue, textOf } from '../../terraform';
import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** Vault accepts instance identities that another certificate signed. */
export const awsCertificate: ReviewRule = {
  id: 'aws-certificate',
  severity: 'high',
  reason: 'Anyone with its private key can pose as any instance of any account to the roles for instances.',
  find: ({ plan }) =>
    plan.changes
      .filter(
        ({ type, action, before, after }) =>
          type === 'vault_aws_auth_backend_cert' &&
          action !== 'no-op' &&
          after !== undefined &&
          !sameValue(before?.values.aws_public_cert, after.values.aws_public_cert),
      )
      .map(({ address, after }) => ({
        sentence: say`${`auth/${textOf(after!.values.backend) ?? 'aws'}`} accepts instance identities that the certificate ${textOf(after!.values.cert_name) ?? address} signed`,
        addresses: [address],
      })),
};
