import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * What Vault's AWS auth method may do that needs a permission in AWS:
 * - `look-up-users`: resolve a bound IAM user to its unique ID, or match a wildcard against users;
 * - `look-up-roles`: the same for IAM roles.
 *
 * A bound principal without wildcard on a role that does not resolve unique IDs needs neither.
 *
 * Source: https://developer.hashicorp.com/vault/docs/auth/aws#recommended-vault-iam-policy
 */
export type VaultFeature = 'look-up-users' | 'look-up-roles';

/** A list of features, or something that knows them only once all of the app is declared. */
export type FeatureSource = readonly VaultFeature[] | { features(): readonly VaultFeature[] };

const ACTIONS: Record<VaultFeature, readonly string[]> = {
  'look-up-users': ['iam:GetUser'],
  'look-up-roles': ['iam:GetRole'],
};

/** The features of a source, sorted and each once. */
export function featuresOf(source: FeatureSource): VaultFeature[] {
  return [...new Set('features' in source ? source.features() : source)].sort();
}

/**
 * The IAM policy that lets Vault do what the features need, and no more.
 *
 * The resource is `*`: which principals Vault looks up is decided by who logs in, and both actions see the
 * own account only. Without any feature it allows sts:GetCallerIdentity, which AWS allows to everybody: an empty
 * policy is refused.
 */
export function vaultPolicyDocument(features: readonly VaultFeature[]): PolicyDocument {
  const statements = features.map((feature) => statement(sid(feature), ACTIONS[feature]));
  return new PolicyDocument({
    statements:
      statements.length > 0 ? statements : [statement('NothingToLookUp', ['sts:GetCallerIdentity'])],
  });
}

function statement(sid: string, actions: readonly string[]): PolicyStatement {
  return new PolicyStatement({ sid, actions: [...actions], resources: ['*'] });
}

/** `look-up-users` as IAM allows it in a Sid: `LookUpUsers`. */
function sid(feature: VaultFeature): string {
  return feature.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
