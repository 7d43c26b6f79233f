import { IamUser } from '@cdktf/provider-aws/lib/iam-user';
import { IamUserPolicyAttachment } from '@cdktf/provider-aws/lib/iam-user-policy-attachment';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { checkedBy, checkFields, matching, optional, table } from '../checks';
import type { VaultIamUserProps } from './vault-iam-user';
import { AWS_TASK_SOURCE, tasksOf } from './aws-tasks';
import { claimIamNames } from './iam-names';
import { IDENTIFIERS } from './identifiers';
import { countKeys, GENERATION, type KeyGeneration } from './key-generation';
import { inAccountOfStack } from './own-stack';
import { addVaultPolicy } from './vault-iam-policy';

/** An access key that Vault replaces by itself, so that nobody else knows it. */
export interface SelfRotatedKey {
  readonly rotatedByVault: {
    /** Name of the IAM user. */
    readonly userName: string;
    /** When Vault replaces the key. */
    readonly generation: KeyGeneration;
  };
  /** What must be there before Vault may use the key: the attached policy. */
  readonly usableAfter: ITerraformDependable[];
}

export interface SelfRotatingIamUserProps extends Omit<
  VaultIamUserProps,
  'accessKeyGeneration' | 'existing'
> {
  /**
   * Makes Vault replace its key (`config/rotate-root`) once for each value, including the first. A whole number from
   * 1, which counts up. The user has a tag `vault-key-generation`.
   */
  readonly rotation: number;
}

export const SELF_ROTATING_IAM_USER = table<SelfRotatingIamUserProps>({
  permissionsFor: AWS_TASK_SOURCE,
  userName: optional(matching(IDENTIFIERS.userName)),
  path: optional(matching(IDENTIFIERS.iamPath)),
  policyName: optional(matching(IDENTIFIERS.policyName)),
  permissionsBoundary: optional(matching(IDENTIFIERS.policyArn)),
  rotation: GENERATION,
});

/**
 * The IAM user that Vault signs its calls to AWS with, whose access key only Vault knows: Terraform neither makes it
 * nor stores it. The first apply stops and asks for the first key. Make the key with `npx vault-aws-auth
 * restore-client`, and apply again.
 *
 * When Terraform deletes the user, it deletes the user's keys too.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#rotate-root-credentials
 */
export class SelfRotatingIamUser extends Construct {
  /** The user's ARN, known at apply. */
  readonly arn: string;

  readonly credentials: SelfRotatedKey;

  constructor(scope: Construct, id: string, props: SelfRotatingIamUserProps) {
    super(scope, id);
    const lifecycle = checkedBy(checkFields(this, props, SELF_ROTATING_IAM_USER));
    const {
      permissionsFor,
      userName = 'vault_auth',
      path = '/',
      policyName = 'VaultAuthUser',
      rotation,
      permissionsBoundary,
    } = props;
    claimIamNames(this, { user: userName, policy: policyName });

    // Terraform does not know the key, and AWS deletes no user that has one.
    const user = new IamUser(this, 'Default', {
      name: userName,
      path,
      forceDestroy: true,
      permissionsBoundary,
      lifecycle,
    });
    const policy = addVaultPolicy(this, {
      tasks: () => [...tasksOf(permissionsFor), { replaceKeyOf: user.arn }],
      name: policyName,
      path,
    });
    const attachment = new IamUserPolicyAttachment(this, 'policy_attachment', {
      user: user.name,
      policyArn: policy.arn,
    });

    this.arn = user.arn;
    const credentials: SelfRotatedKey = {
      rotatedByVault: { userName, generation: countKeys(this, 'rotation', user, rotation) },
      usableAfter: [attachment],
    };
    this.credentials = inAccountOfStack(credentials, this);
  }
}
