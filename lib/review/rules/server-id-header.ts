import { textOf, Unknown } from '../../access';
import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** The header that says for which Vault a login was signed is removed, changed or asked for. */
export const serverIdHeader: ReviewRule = {
  id: 'server-id-header',
  severity: 'high',
  reason:
    'Without it, a login that was signed for another Vault can be replayed at this one; with another value, each client that sends the old one is refused.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }) => {
      if (type !== 'vault_aws_auth_backend_client' || !before || !after) {
        return [];
      }
      const { iam_server_id_header_value: header } = after.values;
      const [was, is] = [textOf(before.values.iam_server_id_header_value), textOf(header)];
      if (was === is || header instanceof Unknown) {
        return [];
      }
      const mount = `auth/${textOf(after.values.backend) ?? 'aws'}`;
      if (is === undefined) {
        return [
          {
            sentence: say`${mount} asks no longer for the server ID header ${was!}: a login signed for another Vault is taken`,
            addresses: [address],
          },
        ];
      }
      return [
        {
          severity: 'medium' as const,
          sentence:
            was === undefined
              ? say`${mount} asks for the server ID header ${is}: clients that send none are refused`
              : say`${mount} asks for the server ID header ${is}, no longer for ${was}: clients that send the old one are refused`,
          addresses: [address],
        },
      ];
    }),
};
