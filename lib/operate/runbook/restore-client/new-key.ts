import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetUserCommand,
  type IAMServiceException,
} from '@aws-sdk/client-iam';
import type { AwsSide } from '../aws-side';

export interface NewKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface WaitOptions {
  /** @default 120 */
  readonly waitSeconds?: number;
  /** Gives up, and deletes the key. @default never */
  readonly signal?: AbortSignal;
}

/**
 * Creates an access key and waits until IAM accepts it three times in a row, because AWS makes a key known
 * everywhere within seconds, not at once. A key that is not used in the end is deleted.
 *
 * @throws Error if AWS does not accept it in time, or the signal aborts
 */
export async function makeKey(
  aws: AwsSide,
  userName: string,
  { waitSeconds = 120, signal }: WaitOptions = {},
): Promise<NewKey> {
  signal?.throwIfAborted();
  const { AccessKey } = await aws.iam.send(new CreateAccessKeyCommand({ UserName: userName }));
  const key = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  try {
    const deadline = Date.now() + waitSeconds * 1_000;
    for (let answers = 0; answers < 3;) {
      signal?.throwIfAborted();
      answers = (await isKnown(aws, key)) ? answers + 1 : 0;
      if (answers < 3 && Date.now() > deadline) {
        throw new Error(
          `AWS does not accept the new key after ${waitSeconds} s; the key was deleted. Run this again.`,
        );
      }
      if (answers < 3) {
        await sleep(1_000, undefined, { signal });
      }
    }
    return key;
  } catch (error) {
    await deleteKey(aws, userName, key.accessKeyId);
    throw signal?.aborted ? signal.reason : error;
  }
}

export async function deleteKey({ iam }: AwsSide, UserName: string, AccessKeyId: string): Promise<void> {
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
}

/** The code of a refusal says whether IAM knows the key. */
async function isKnown(aws: AwsSide, key: NewKey): Promise<boolean> {
  try {
    await aws.iamOf(key).send(new GetUserCommand({ UserName: 'vault-aws-auth-probe' }));
    return true;
  } catch (error) {
    const { name } = error as IAMServiceException;
    return name === 'NoSuchEntityException' || name === 'NoSuchEntity' || name.startsWith('AccessDenied');
  }
}
