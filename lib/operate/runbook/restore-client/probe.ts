import { iamArn } from '../../../iam';
import { ask, type MethodClient, rolePath, VaultError } from '../../../vault-api';
import type { AwsSide } from '../aws-side';

/** What AWS answers to Vault's own credentials. */
export interface Probe {
  /** 'unclear': Vault could not ask, or its answer is not known here. */
  readonly answer: 'accepted' | 'not permitted' | 'refused' | 'no credentials' | 'unclear';
  /** AWS's code, or the first line of Vault's answer. */
  readonly detail: string;
}

const NAME = 'vault-aws-auth-probe';

const ANSWERS: readonly (readonly [RegExp, Probe['answer']])[] = [
  [/NoSuchEntity/, 'accepted'],
  [/AccessDenied/, 'not permitted'],
  [
    /InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClient|ExpiredToken|InvalidAccessKeyId/,
    'refused',
  ],
  [/NoCredentialProviders|no valid providers/, 'no credentials'],
  // An emulator of AWS may give a refusal without its code.
  [/status code: 403/, 'refused'],
];

/**
 * Makes Vault ask AWS, with Vault's credentials, for a user that does not exist: it writes a role that Vault
 * refuses.
 *
 * Source: `pathRoleCreateUpdate` in `path_role.go` of Vault's builtin/credential/aws (1.21.1), which resolves each
 * principal before it writes.
 *
 * @throws VaultUnreachableError
 * @throws VaultError if the token may not write roles
 */
export async function probe(
  methodClient: MethodClient,
  account: Pick<AwsSide, 'partition' | 'accountId'>,
): Promise<Probe> {
  const path = rolePath(methodClient, NAME);
  const body = {
    auth_type: 'iam',
    bound_iam_principal_arn: [iamArn(account, `user/${NAME}`)],
    resolve_aws_unique_ids: true,
  };
  try {
    await ask(methodClient, 'POST', path, { body });
  } catch (error) {
    if (error instanceof VaultError && !/permission denied/.test(error.message)) {
      return read(error.errors.join('\n'));
    }
    throw error;
  }
  // A user of that name exists.
  await ask(methodClient, 'DELETE', path);
  return { answer: 'accepted', detail: 'resolved' };
}

function read(text: string): Probe {
  for (const [pattern, answer] of ANSWERS) {
    const match = pattern.exec(text);
    if (match) {
      return { answer, detail: match[0] };
    }
  }
  return { answer: 'unclear', detail: text.replace(/\s+/g, ' ').trim().slice(0, 300) };
}
