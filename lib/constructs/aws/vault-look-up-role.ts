import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { ArnPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Op } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { arnParts, iamArn } from '../../iam';
import { checkFields, knownAtSynth, matching, optional, table, UniqueNames } from '../checks';
import { AwsAccount } from './account';
import { IDENTIFIERS } from './identifiers';
import { TRUSTED_ACCOUNT, type TrustedAccount } from './trusted-account';
import { AWS_TASK_SOURCE, type AwsTaskSource, lookUpsOf } from './aws-tasks';
import { checkPartition, ofArn } from './partition';
import { latePolicy } from './vault-iam-policy';

const rolesOf = new WeakMap<IConstruct, UniqueNames>();

export interface VaultLookUpRoleProps {
  /** The account that the stack is applied in; unique in the app. */
  readonly account: TrustedAccount;

  /**
   * ARN of the IAM user or role that Vault signs its calls with, in its own account: only that one is trusted. The
   * ARN is built from names, so the user or role need not exist yet.
   */
  readonly vaultIdentityArn: string;

  /**
   * What Vault looks up in this account: a list, or the mount if it is in the same app. The mount knows which of its
   * binds are in the account.
   */
  readonly permissionsFor: AwsTaskSource;

  /** ARN of the policy that bounds what it may ever do. @default none */
  readonly permissionsBoundary?: string;
}

export const VAULT_LOOK_UP_ROLE = table<VaultLookUpRoleProps>({
  account: TRUSTED_ACCOUNT,
  vaultIdentityArn: knownAtSynth({
    ...IDENTIFIERS.principalArn,
    says: 'the ARN of one IAM user or role, known at synth, because the role trusts only that one',
  }),
  permissionsFor: AWS_TASK_SOURCE,
  permissionsBoundary: optional(matching(IDENTIFIERS.policyArn)),
});

/**
 * The IAM role that lets Vault look up users, roles and instances in an account other than its own. It goes into a
 * stack of that account, whose AWS provider has credentials there; Terraform stops if they are another account's.
 *
 * Source: https://developer.hashicorp.com/vault/docs/auth/aws#cross-account-access
 *
 * @example
 * new VaultLookUpRole(this, 'role', {
 *   account: trustedAccount({ accountId: '222222222222' }),
 *   vaultIdentityArn: 'arn:aws:iam::111111111111:user/vault_auth',
 *   permissionsFor: ['look-up-roles'],
 * });
 */
export class VaultLookUpRole extends Construct {
  constructor(scope: Construct, id: string, props: VaultLookUpRoleProps) {
    super(scope, id);
    const preconditions = checkFields(this, props, VAULT_LOOK_UP_ROLE);
    const { account, vaultIdentityArn, permissionsFor, permissionsBoundary } = props;
    claim(account, this);
    checkPartition(this, [ofArn('account', account.roleArn), ofArn('vaultIdentityArn', vaultIdentityArn)]);

    const caller = AwsAccount.of(this).accountId;
    const role = new IamRole(this, 'Default', {
      name: account.roleName,
      path: account.path,
      description: "Lets Vault's AWS auth method look up in this account",
      assumeRolePolicy: JSON.stringify(trustPolicy(vaultIdentityArn, account.externalId).toJSON()),
      permissionsBoundary,
      lifecycle: {
        precondition: [
          ...preconditions,
          {
            condition: Op.eq(caller, account.accountId),
            errorMessage: `account: the credentials must be of account ${account.accountId}; got '${caller}'`,
          },
        ],
      },
    });
    new IamRolePolicy(this, 'policy', {
      name: 'look-up',
      role: role.name,
      policy: latePolicy(() => lookUpsOf(permissionsFor, account.accountId)),
    });
  }
}

/** Two stacks of an app that make the same role would overwrite each other's. */
function claim({ roleArn }: TrustedAccount, role: VaultLookUpRole): void {
  const names = rolesOf.get(role.node.root) ?? new UniqueNames('look-up role');
  rolesOf.set(role.node.root, names);
  names.claim(roleArn, role);
}

/**
 * Trusts one identity by its ARN in a condition, and not as the principal itself. AWS requires that a principal
 * exists, and stores its unique ID, so an identity that is made again would be locked out silently.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function trustPolicy(vaultIdentityArn: string, externalId?: string): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'VaultLooksUp',
        principals: [new ArnPrincipal(iamArn(arnParts(vaultIdentityArn), 'root'))],
        actions: ['sts:AssumeRole'],
        conditions: {
          ArnEquals: { 'aws:PrincipalArn': vaultIdentityArn },
          ...(externalId !== undefined && { StringEquals: { 'sts:ExternalId': externalId } }),
        },
      }),
    ],
  });
}
