import { Masked, textOf, textsOf, Unknown } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** The header that says for which Vault a login was signed is removed, changed or newly required. */
export const serverIdHeader: ReviewRule = {
  id: 'server-id-header',
  severity: 'high',
  reason:
    'Without it, a login that was signed for another Vault can be replayed at this one; with another value, each client that sends the old one is refused.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }): Found[] => {
      if (type !== 'vault_aws_auth_backend_client' || !before || !after) {
        return [];
      }
      const mount = `auth/${textOf(after.values.backend) ?? 'aws'}`;
      const allowed = textsOf(after.values.allowed_sts_header_values).filter(
        (name) => !textsOf(before.values.allowed_sts_header_values).includes(name),
      );
      const more: Found[] =
        allowed.length === 0
          ? []
          : [
              {
                severity: 'medium',
                sentence: say`${mount} also passes the headers ${names(allowed)} of a login on to AWS`,
                addresses: [address],
              },
            ];
      const { iam_server_id_header_value: header } = after.values;
      const [was, is] = [textOf(before.values.iam_server_id_header_value), textOf(header)];
      if (was === is || header instanceof Unknown || header instanceof Masked) {
        return more;
      }
      if (is === undefined) {
        return [
          ...more,
          {
            sentence: say`${mount} no longer requires the server ID header ${was!}: a login signed for another Vault is accepted`,
            addresses: [address],
          },
        ];
      }
      return [
        ...more,
        {
          severity: 'medium' as const,
          sentence:
            was === undefined
              ? say`${mount} requires the server ID header ${is}: clients that send none are refused`
              : say`${mount} requires the server ID header ${is}, no longer ${was}: clients that send the old one are refused`,
          addresses: [address],
        },
      ];
    }),
};
