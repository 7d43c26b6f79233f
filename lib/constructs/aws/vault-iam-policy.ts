import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { Lazy } from 'cdktf';
import type { Construct } from 'constructs';
import { type AwsTask, vaultPolicyDocument } from './aws-tasks';

export interface VaultPolicyOfIamProps {
  /** Asked once all of the app is declared. */
  readonly tasks: () => readonly AwsTask[];
  readonly name: string;
  /** Begins and ends with `/`. */
  readonly path: string;
}

/** The IAM policy of whoever Vault is in AWS, as the child `policy` of its construct. */
export function addVaultPolicy(scope: Construct, { tasks, name, path }: VaultPolicyOfIamProps): IamPolicy {
  return new IamPolicy(scope, 'policy', {
    name,
    path,
    description: "What Vault's AWS auth method looks up",
    // The roles that need a look-up may be declared after this.
    policy: Lazy.stringValue({
      produce: () => JSON.stringify(vaultPolicyDocument(tasks()).toJSON()),
    }),
  });
}
