import { textOf, type Values } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { say, words } from '../sentence';

/** Credentials of an IAM user, in addition to access keys. */
const CREDENTIALS: ReadonlyMap<string, string> = new Map([
  ['aws_iam_user_login_profile', 'password for the console'],
  ['aws_iam_service_specific_credential', 'password for one service'],
  ['aws_iam_user_ssh_key', 'SSH key'],
  ['aws_iam_signing_certificate', 'signing certificate'],
]);

/** An IAM user gets or loses a password, an SSH key or a certificate. */
export const userCredential: ReviewRule = {
  id: 'user-credential',
  severity: 'medium',
  reason:
    'Anyone who has it can act as the user until it is removed, just like the holders of the access keys.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, action, before, after }): Found[] => {
      const credential = CREDENTIALS.get(type);
      if (credential === undefined) {
        return [];
      }
      const user = userOf(after?.values) ?? userOf(before?.values) ?? 'known after apply';
      const found = (what: string, severity?: Found['severity']): Found => ({
        severity,
        sentence: say`IAM user ${user} ${words([what])}`,
        addresses: [address],
      });
      if (action === 'create' || action === 'replace') {
        return [found(`gets a new ${credential}`)];
      }
      if (action === 'delete') {
        return [found(`loses its ${credential}`, 'low')];
      }
      return before?.values.status === 'Inactive' && after?.values.status === 'Active'
        ? [found(`may use its ${credential} again`)]
        : [];
    }),
};

function userOf(values: Values | undefined): string | undefined {
  return textOf(values?.user) ?? textOf(values?.user_name) ?? textOf(values?.username);
}
