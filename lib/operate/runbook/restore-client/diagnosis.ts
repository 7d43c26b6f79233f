import { ListAccessKeysCommand, NoSuchEntityException } from '@aws-sdk/client-iam';
import type { AwsSide } from '../aws-side';
import { type MethodClient, readClient } from '../../../vault-api';
import { probe, type Probe } from './probe';

/**
 * - alive: AWS accepts Vault's key; the fault is elsewhere
 * - deleted: the IAM user has no such key any more
 * - inactive: the key is there, and is switched off
 * - wrong: the key is there, and Vault has another secret for it, or has the key of another user
 * - missing: config/client has no key, or is not there
 * - unclear: Vault could not ask AWS
 */
export type KeyState = 'alive' | 'deleted' | 'inactive' | 'wrong' | 'missing' | 'unclear';

/** What is wrong with the key of a mount. It holds no secret. */
export interface ClientDiagnosis {
  readonly state: KeyState;
  readonly probe: Probe;
  /** The ID of the key in config/client. */
  readonly accessKeyId?: string;
  /** The keys of the IAM user. */
  readonly userKeys: readonly { readonly id: string; readonly active: boolean }[];
}

/**
 * Asks Vault which key it has, AWS whether it is there, and both whether it works.
 *
 * @throws Error if AWS has no such user, or refuses to list its keys
 * @throws VaultError | VaultUnreachableError
 */
export async function diagnoseClient(
  methodClient: MethodClient,
  aws: AwsSide,
  userName: string,
): Promise<ClientDiagnosis> {
  const config = await readClient(methodClient);
  const userKeys = await keysOf(aws, userName);
  const accessKeyId = config?.access_key || undefined;
  const answer = await probe(methodClient, aws);
  return { state: stateOf(answer, accessKeyId, userKeys), probe: answer, accessKeyId, userKeys };
}

function stateOf(
  { answer }: Probe,
  accessKeyId: string | undefined,
  userKeys: ClientDiagnosis['userKeys'],
): KeyState {
  const key = userKeys.find(({ id }) => id === accessKeyId);
  if (accessKeyId !== undefined && key?.active === false) {
    return 'inactive';
  }
  switch (answer) {
    case 'accepted':
    case 'not permitted':
      return 'alive';
    case 'no credentials':
      return 'missing';
    case 'unclear':
      return 'unclear';
    case 'refused':
      return accessKeyId === undefined ? 'missing' : key ? 'wrong' : 'deleted';
  }
}

export async function keysOf(
  { iam, accountId }: AwsSide,
  userName: string,
): Promise<ClientDiagnosis['userKeys']> {
  try {
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName: userName }));
    return AccessKeyMetadata.map(({ AccessKeyId, Status }) => ({
      id: AccessKeyId!,
      active: Status === 'Active',
    }));
  } catch (error) {
    throw error instanceof NoSuchEntityException
      ? new Error(
          `AWS has no user '${userName}' in account ${accountId}: \`npx cdktf deploy\` creates it, or name another with --user.`,
        )
      : error;
  }
}
