import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { Lazy } from 'cdktf';
import type { Construct } from 'constructs';
import { type FeatureSource, vaultPolicyDocument } from './vault-features';

export interface VaultPolicyOfIamProps {
  readonly features: FeatureSource;
  readonly name: string;
  /** Begins and ends with `/`. */
  readonly path: string;
}

/** The IAM policy of whoever Vault is in AWS, as the child `policy` of its construct. */
export function addVaultPolicy(scope: Construct, { features, name, path }: VaultPolicyOfIamProps): IamPolicy {
  return new IamPolicy(scope, 'policy', {
    name,
    path,
    description: "What Vault's AWS auth method looks up",
    // The roles that need a look-up may be declared after this.
    policy: Lazy.stringValue({
      produce: () => JSON.stringify(vaultPolicyDocument(features).toJSON()),
    }),
  });
}
