import { IamAccessKey } from '@cdktf/provider-aws/lib/iam-access-key';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamUser } from '@cdktf/provider-aws/lib/iam-user';
import { IamUserPolicyAttachment } from '@cdktf/provider-aws/lib/iam-user-policy-attachment';
import { type ITerraformDependable, Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { checkIamName } from './names';
import { type FeatureSource, vaultPolicyDocument } from './vault-features';

/** An access key that Vault signs its calls to AWS with. */
export interface VaultCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What must be there before Vault may use the key: the attached policy. */
  readonly usableAfter: ITerraformDependable[];
}

export interface VaultIamUserProps {
  /**
   * What Vault does that needs a permission in AWS: a list, or the mount, which knows it from its roles.
   */
  readonly features: FeatureSource;

  /** Name of the IAM user. @default 'vault_auth' */
  readonly userName?: string;

  /** IAM path of the user and its policy; begins and ends with `/`. @default '/' */
  readonly path?: string;

  /** Name of the IAM policy. @default 'VaultAuthUser' */
  readonly policyName?: string;
}

/**
 * The IAM user that Vault signs its calls to AWS with: the user, what it may do, and its access key.
 *
 * @example
 * const vaultUser = new VaultIamUser(this, 'vault_user', { features: mount });
 */
export class VaultIamUser extends Construct {
  /** The user's ARN, known at apply. */
  readonly arn: string;

  /** The user's key. The secret is in the Terraform state, in clear. */
  readonly credentials: VaultCredentials;

  constructor(scope: Construct, id: string, props: VaultIamUserProps) {
    super(scope, id);
    const { features, userName = 'vault_auth', path = '/', policyName = 'VaultAuthUser' } = props;
    this.node.addValidation({
      validate: () => [
        ...checkIamName('user', 'userName', userName),
        ...checkIamName('path', 'path', path),
        ...checkIamName('policy', 'policyName', policyName),
      ],
    });

    const user = new IamUser(this, 'Default', { name: userName, path });
    const policy = new IamPolicy(this, 'policy', {
      name: policyName,
      path,
      description: "What Vault's AWS auth method looks up",
      // The roles that need a look-up may be declared after this user.
      policy: Lazy.stringValue({
        produce: () => JSON.stringify(vaultPolicyDocument(features).toJSON()),
      }),
    });
    const attachment = new IamUserPolicyAttachment(this, 'policy_attachment', {
      user: user.name,
      policyArn: policy.arn,
    });
    const key = new IamAccessKey(this, 'access_key', { user: user.name });

    this.arn = user.arn;
    this.credentials = { accessKeyId: key.id, secretAccessKey: key.secret, usableAfter: [attachment] };
  }
}
