import { IamAccessKey } from '@cdktf/provider-aws/lib/iam-access-key';
import { IamUser } from '@cdktf/provider-aws/lib/iam-user';
import { Construct } from 'constructs';
import { checkedBy, checkFields, matching, optional, table } from '../checks';
import { claimIamNames } from './iam-names';
import { IDENTIFIERS } from './identifiers';

export interface TestUserProps {
  /** Name of the IAM user. @default 'dev_account' */
  readonly userName?: string;

  /** IAM path of the user; begins and ends with `/`. @default '/' */
  readonly path?: string;

  /** ARN of the policy that bounds what it may ever do. @default none */
  readonly permissionsBoundary?: string;
}

export const TEST_USER = table<TestUserProps>({
  userName: optional(matching(IDENTIFIERS.userName)),
  path: optional(matching(IDENTIFIERS.iamPath)),
  permissionsBoundary: optional(matching(IDENTIFIERS.policyArn)),
});

/**
 * An IAM user to try a login with. It has no policy: AWS answers GetCallerIdentity to everybody.
 *
 * Not for production: its secret access key is in the Terraform state and the stack's outputs.
 */
export class TestUser extends Construct {
  /** The user, for `BoundPrincipal.of`. */
  readonly user: IamUser;
  readonly arn: string;
  readonly accessKeyId: string;
  /** Sensitive: mark an output that shows it. */
  readonly secretAccessKey: string;

  constructor(scope: Construct, id: string, props: TestUserProps = {}) {
    super(scope, id);
    const lifecycle = checkedBy(checkFields(this, props, TEST_USER));
    const { userName = 'dev_account', path = '/', permissionsBoundary } = props;
    claimIamNames(this, { user: userName });

    this.user = new IamUser(this, 'Default', { name: userName, path, permissionsBoundary, lifecycle });
    const key = new IamAccessKey(this, 'access_key', { user: this.user.name });

    this.arn = this.user.arn;
    this.accessKeyId = key.id;
    this.secretAccessKey = key.secret;
  }
}
