import { iamArn } from '../../iam';
import { type Field, knownAtSynth, matching, objectOf, optional, text } from '../checks';
import { IDENTIFIERS } from './identifiers';

/** How Vault reaches an account other than its own. It has names only, which both sides of an app may share. */
export interface TrustedAccount {
  /** The account's 12 digits. */
  readonly accountId: string;
  /** Name of the IAM role there with which Vault looks up. */
  readonly roleName: string;
  /** IAM path of the role. */
  readonly path: string;
  /** The role's ARN, built from the names: it crosses no stack and no state. */
  readonly roleArn: string;
  /** What the role's trust policy requires as `sts:ExternalId`. @default nothing */
  readonly externalId?: string;
}

export interface TrustedAccountProps {
  /** The account's 12 digits. */
  readonly accountId: string;
  /** Name of the IAM role that lets Vault look up there. @default 'vault-looks-up' */
  readonly roleName?: string;
  /** IAM path of the role; begins and ends with `/`. @default '/' */
  readonly path?: string;
  /**
   * What Vault must send when it assumes the role. It keeps another customer of the same Vault from using the role: 2
   * to 1224 letters, digits or any of _+=,.@:/-. It is no secret. Needs the provider hashicorp/vault 4.6.0.
   *
   * @default nothing is required
   */
  readonly externalId?: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. @default 'aws' */
  readonly partition?: string;
}

/**
 * Names an account that Vault may look up in: for {@link VaultLookUpRole} on the side of AWS, and spread into a
 * `StsRole` on the side of Vault. Nothing is checked here; the constructs that use it check it.
 *
 * @example
 * const billing = trustedAccount({ accountId: '222222222222' });
 * new VaultLookUpRole(billingStack, 'role', { account: billing, vaultIdentityArn, permissionsFor });
 * new StsRole(vaultStack, 'billing', { mount, ...billing });
 */
export function trustedAccount(props: TrustedAccountProps): TrustedAccount {
  const {
    accountId,
    roleName = 'vault-looks-up',
    path = '/',
    externalId,
    partition = 'aws',
    ...unknown
  } = props;
  const roleArn = iamArn({ partition, accountId }, `role${path}${roleName}`);
  // So that the constructs that use it report a misspelled name.
  return { ...unknown, accountId, roleName, path, roleArn, externalId };
}

/** What an account that is named must be. */
export const TRUSTED_ACCOUNT: Field = objectOf({
  accountId: knownAtSynth({
    ...IDENTIFIERS.accountId,
    says: `${IDENTIFIERS.accountId.says}, known at synth`,
  }),
  roleName: matching(IDENTIFIERS.roleName),
  path: matching(IDENTIFIERS.iamPath),
  roleArn: text,
  externalId: optional(knownAtSynth(IDENTIFIERS.externalId)),
} satisfies Record<keyof TrustedAccount, Field>);
