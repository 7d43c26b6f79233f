import { AwsAuthBackendStsRole } from '@cdktf/provider-vault/lib/aws-auth-backend-sts-role';
import { Fn, Op, type Precondition, Token } from 'cdktf';
import { Construct } from 'constructs';
import { arnParts } from '../../../iam';
import { checkPartition, IDENTIFIERS, ofArn, TRUSTED_ACCOUNT } from '../../aws';
import { checkFields, construct, fits, forFunction, matching, optional, table } from '../../checks';
import { type AwsAuthMount, onMount } from '../mount/aws-auth-mount';
import { onProvider } from '../on-provider';
import { needsVaultProvider } from '../provider-version';
import { replaceOnChange } from '../replacements';

export interface StsRoleProps {
  readonly mount: AwsAuthMount;

  /** The account in which Vault looks up principals and instances by the role: 12 digits, unique on the mount. */
  readonly accountId: string;

  /** ARN of the IAM role in that account: it trusts Vault's identity, and may look up what the roles need. */
  readonly roleArn: string;

  /**
   * What the role's trust policy requires as `sts:ExternalId`: 2 to 1224 letters, digits or any of _+=,.@:/-. Needs
   * the provider 4.6.0.
   *
   * @default none
   */
  readonly externalId?: string;
}

export const STS_ROLE = table<StsRoleProps>(
  {
    mount: construct,
    accountId: matching(IDENTIFIERS.accountId),
    roleArn: matching(IDENTIFIERS.roleArn),
    externalId: optional(matching(IDENTIFIERS.externalId)),
  },
  // A trusted account is spread into the props.
  Object.keys(TRUSTED_ACCOUNT.rows ?? {}),
);

/**
 * Lets Vault look up users, roles and instances of another account. Vault assumes a role there.
 *
 * The IAM user for Vault is allowed to assume that role, and no other.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#create-sts-role
 *
 * @example
 * new StsRole(this, 'billing', {
 *   mount,
 *   accountId: '222222222222',
 *   roleArn: 'arn:aws:iam::222222222222:role/vault-looks-up',
 * });
 */
export class StsRole extends Construct {
  constructor(scope: Construct, id: string, props: StsRoleProps) {
    super(scope, id);
    const preconditions = checkFields(this, props, STS_ROLE, () => checkAccount(props));
    const { mount, accountId, roleArn, externalId } = props;
    checkPartition(this, [ofArn('roleArn', roleArn)]);

    const resource = new AwsAuthBackendStsRole(this, 'Default', {
      backend: mount.path,
      accountId,
      stsRole: roleArn,
      externalId,
      lifecycle: {
        precondition: [...preconditions, ...whenAccountKnown(accountId, roleArn)],
      },
    });
    // The provider would write another account's role to the path of the old one.
    replaceOnChange(resource, [accountId]);
    if (externalId !== undefined) {
      needsVaultProvider(this, '4.6.0');
    }
    const mounted = onMount(mount);
    mounted.addStsRole(this, accountId, resource, { roleArn, externalId });
    onProvider(this, mounted.facts.provider);
  }
}

/** The check by Terraform that the role is of the account, if one of the two is known only at apply. */
function whenAccountKnown(accountId: string, roleArn: string): Precondition[] {
  const ofArn = () => Fn.element(Fn.split(':', forFunction(roleArn)), 4) as string;
  return [accountId, roleArn].some((part) => Token.isUnresolved(part))
    ? [{ condition: Op.eq(ofArn(), accountId), errorMessage: ofOther(accountId, roleArn) }]
    : [];
}

function ofOther(accountId: string, roleArn: string): string {
  return `roleArn: a role sees its own account only, so it must be of account ${accountId}; got '${roleArn}'`;
}

function checkAccount({ accountId, roleArn }: StsRoleProps): string[] {
  const wellFormed = fits(IDENTIFIERS.accountId, accountId) && fits(IDENTIFIERS.roleArn, roleArn);
  return wellFormed && arnParts(roleArn).accountId !== accountId ? [ofOther(accountId, roleArn)] : [];
}
