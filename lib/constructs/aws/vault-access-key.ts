import { IamAccessKey } from '@cdktf/provider-aws/lib/iam-access-key';
import type { IamUser } from '@cdktf/provider-aws/lib/iam-user';
import type { ITerraformDependable, TerraformResourceLifecycle } from 'cdktf';
import type { Construct } from 'constructs';
import type { AwsTask } from './aws-tasks';
import { countKeys } from './key-generation';

/** An access key that Vault signs its calls to AWS with. */
export interface VaultCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What must be there before Vault may use the key: the attached policy. */
  readonly usableAfter: ITerraformDependable[];
  /**
   * The key replaces another one, which Vault uses until this one is written. The new key must work by then.
   * @default false
   */
  readonly replacesAnother?: boolean;
  /** The account of the key, as Terraform reads it. @default not known */
  readonly accountId?: () => string;
  /** What the key may do, if it was given as a list. @default what the mount needs */
  readonly permissionsFor?: readonly AwsTask[];
}

/**
 * The access key of Vault's IAM user, as the child `access_key` of its construct.
 *
 * @param generation replaces the key each time it increases @default the key stays
 */
export function addAccessKey(scope: Construct, user: IamUser, generation?: number): IamAccessKey {
  return new IamAccessKey(scope, 'access_key', {
    user: user.name,
    lifecycle: generation === undefined ? undefined : replacedBy(scope, user, generation),
  });
}

/** Terraform deletes the old key only when all that depends on the new one is done. */
function replacedBy(scope: Construct, user: IamUser, generation: number): TerraformResourceLifecycle {
  const { trigger, precondition } = countKeys(scope, 'accessKeyGeneration', user, generation);
  return { createBeforeDestroy: true, replaceTriggeredBy: [trigger], precondition: [precondition] };
}
