import { DataAwsIamUser } from '@cdktf/provider-aws/lib/data-aws-iam-user';
import { IamAccessKey } from '@cdktf/provider-aws/lib/iam-access-key';
import { IamUser } from '@cdktf/provider-aws/lib/iam-user';
import { IamUserPolicyAttachment } from '@cdktf/provider-aws/lib/iam-user-policy-attachment';
import { Construct } from 'constructs';
import { checkedBy, checkFields, flag, matching, optional, table } from '../checks';
import { AwsAccount } from './account';
import { AWS_TASK_SOURCE, AwsTaskOwner, type AwsTaskSource, tasksOf } from './aws-tasks';
import { claimIamNames } from './iam-names';
import { IDENTIFIERS } from './identifiers';
import { GENERATION } from './key-generation';
import { inAccountOfStack } from './own-stack';
import { addAccessKey, type VaultCredentials } from './vault-access-key';
import { addVaultPolicy } from './vault-iam-policy';

export interface VaultIamUserProps {
  /**
   * What Vault does that needs a permission in AWS: a list, or the mount, which knows it from its roles.
   */
  readonly permissionsFor: AwsTaskSource;

  /** Name of the IAM user. @default 'vault_auth' */
  readonly userName?: string;

  /**
   * The user is there already. It gets the policy and a key, and nothing else of it is made, changed or deleted.
   *
   * @default false
   */
  readonly existing?: boolean;

  /** IAM path of the user and its policy; begins and ends with `/`. @default '/' */
  readonly path?: string;

  /** Name of the IAM policy. @default 'VaultAuthUser' */
  readonly policyName?: string;

  /** ARN of the policy that bounds what it may ever do. @default none */
  readonly permissionsBoundary?: string;

  /**
   * Replaces the access key each time the number increases. Terraform makes a new key, waits until AWS accepts it,
   * and writes it to Vault; then it deletes the old key. A whole number from 1. The user then has a tag
   * `vault-key-generation`, and may have no other key: AWS allows two.
   *
   * @default the key stays; removing the prop replaces nothing, and the count starts again
   */
  readonly accessKeyGeneration?: number;
}

export const VAULT_IAM_USER = table<VaultIamUserProps>({
  permissionsFor: AWS_TASK_SOURCE,
  userName: optional(matching(IDENTIFIERS.userName)),
  existing: optional(flag),
  path: optional(matching(IDENTIFIERS.iamPath)),
  policyName: optional(matching(IDENTIFIERS.policyName)),
  permissionsBoundary: optional(matching(IDENTIFIERS.policyArn)),
  accessKeyGeneration: optional(GENERATION),
});

/**
 * The IAM user that Vault signs its calls to AWS with: the user, what it may do, and its access key.
 *
 * @example
 * const vaultUser = new VaultIamUser(this, 'vault_user', { permissionsFor: mount });
 */
export class VaultIamUser extends Construct {
  /** The user's key. The secret is in the Terraform state, in clear. */
  readonly credentials: VaultCredentials;

  private readonly user: IamUser | DataAwsIamUser;

  constructor(scope: Construct, id: string, props: VaultIamUserProps) {
    super(scope, id);
    const lifecycle = checkedBy(checkFields(this, props, VAULT_IAM_USER, () => checkExisting(props)));
    const { permissionsFor, userName = 'vault_auth', path = '/', policyName = 'VaultAuthUser' } = props;
    const { accessKeyGeneration: generation, permissionsBoundary, existing = false } = props;
    claimIamNames(this, existing ? { policy: policyName } : { user: userName, policy: policyName });

    const made = existing
      ? undefined
      : new IamUser(this, 'Default', { name: userName, path, permissionsBoundary, lifecycle });
    const user = made ?? new DataAwsIamUser(this, 'Default', { userName, lifecycle });
    const name = made?.name ?? userName;
    const policy = addVaultPolicy(this, { tasks: () => tasksOf(permissionsFor), name: policyName, path });
    const attachment = new IamUserPolicyAttachment(this, 'policy_attachment', {
      user: name,
      policyArn: policy.arn,
    });
    const key = made
      ? addAccessKey(this, made, generation)
      : new IamAccessKey(this, 'access_key', { user: name });

    this.user = user;
    const credentials: VaultCredentials = {
      accessKeyId: key.id,
      secretAccessKey: key.secret,
      usableAfter: [attachment],
      replacesAnother: generation !== undefined,
      accountId: () => AwsAccount.of(this).accountId,
      permissionsFor: permissionsFor instanceof AwsTaskOwner ? undefined : permissionsFor,
    };
    this.credentials = inAccountOfStack(credentials, this);
  }

  /** The user's ARN, known at apply. */
  get arn(): string {
    return this.user.arn;
  }
}

/** What needs a user that is made here. */
function checkExisting({ existing, accessKeyGeneration, permissionsBoundary }: VaultIamUserProps): string[] {
  return existing
    ? Object.entries({ accessKeyGeneration, permissionsBoundary })
        .filter(([, value]) => value !== undefined)
        .map(([name]) => `${name}: an existing user is not changed, so it can have none; leave it out`)
    : [];
}
