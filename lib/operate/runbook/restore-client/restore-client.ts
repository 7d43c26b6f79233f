import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsSide } from '../aws-side';
import { ask, type MethodClient } from '../../../vault-api';
import { type ClientDiagnosis, diagnoseClient } from './diagnosis';
import { deleteKey, makeKey, type WaitOptions } from './new-key';
import { probe, type Probe } from './probe';

export interface RestoreClientOptions extends WaitOptions {
  /** Find out what is wrong, change nothing. @default false */
  readonly dryRun?: boolean;
  /** Each step, as it begins. @default not reported */
  readonly onStep?: (step: string) => void;
}

/** What was wrong and what was done. It holds no secret. */
export interface RestoreClientReport extends ClientDiagnosis {
  readonly mountPath: string;
  readonly userName: string;
  readonly dryRun: boolean;
  /** The ID of the key that Vault now has. Absent if none was written. */
  readonly newAccessKeyId?: string;
  /** The ID of the dead key, if it was the user's and is deleted. */
  readonly deletedAccessKeyId?: string;
  /** What AWS answers to Vault with the new key. */
  readonly after?: Probe;
}

/** AWS allows a user two. */
const MOST_KEYS = 2;

/** How long Vault's request may fail although ours succeeded. */
const SETTLE_SECONDS = 30;

/**
 * Gives a mount a new key if AWS refuses the one that it has. It creates a key for Vault's IAM user, waits
 * until AWS accepts it, writes it to `config/client`, and deletes the dead key. The other fields of
 * `config/client` stay. It does nothing if the key is alive, or if Vault can't say.
 *
 * @throws Error if the user has two keys and none of them is the dead one, or if AWS does not accept the new
 * key
 * @throws VaultError | VaultUnreachableError
 */
export async function restoreClient(
  methodClient: MethodClient,
  aws: AwsSide,
  userName: string,
  { dryRun = false, onStep = () => undefined, ...wait }: RestoreClientOptions = {},
): Promise<RestoreClientReport> {
  onStep('ask Vault and AWS what is wrong');
  const diagnosis = await diagnoseClient(methodClient, aws, userName);
  const report = { ...diagnosis, mountPath: methodClient.mountPath, userName, dryRun };
  if (dryRun || !isDead(diagnosis)) {
    return report;
  }

  const dead = diagnosis.userKeys.find(({ id }) => id === diagnosis.accessKeyId)?.id;
  const full = diagnosis.userKeys.length >= MOST_KEYS;
  if (full && dead === undefined) {
    throw new Error(
      `'${userName}' has ${MOST_KEYS} access keys, which is all that AWS allows, and Vault uses neither: ` +
        `${diagnosis.userKeys.map(({ id }) => id).join(', ')}. Delete the one that nobody uses, then run this again.`,
    );
  }
  if (full) {
    onStep(`delete the dead key ${dead}, to have room for another`);
    await deleteKey(aws, userName, dead!);
  }
  onStep('create a new key, and wait until AWS accepts it');
  const key = await makeKey(aws, userName, wait);
  onStep('write it to Vault');
  try {
    const body = { access_key: key.accessKeyId, secret_key: key.secretAccessKey };
    await ask(methodClient, 'POST', `auth/${methodClient.mountPath}/config/client`, { body });
  } catch (error) {
    await deleteKey(aws, userName, key.accessKeyId);
    throw error;
  }
  const after = await settled(methodClient, aws);
  if (dead !== undefined && !full) {
    onStep(`delete the dead key ${dead}`);
    await deleteKey(aws, userName, dead);
  }
  return { ...report, newAccessKeyId: key.accessKeyId, deletedAccessKeyId: dead, after };
}

/** Whether a new key is what it needs. */
export function isDead({ state }: Pick<ClientDiagnosis, 'state'>): boolean {
  return state !== 'alive' && state !== 'unclear';
}

async function settled(methodClient: MethodClient, aws: AwsSide): Promise<Probe> {
  const deadline = Date.now() + SETTLE_SECONDS * 1_000;
  for (;;) {
    const answer = await probe(methodClient, aws);
    if (answer.answer !== 'refused' || Date.now() > deadline) {
      return answer;
    }
    await sleep(1_000);
  }
}
