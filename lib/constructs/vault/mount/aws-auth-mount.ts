import { DataVaultAuthBackend } from '@cdktf/provider-vault/lib/data-vault-auth-backend';
import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { AwsAuthBackendConfigIdentity } from '@cdktf/provider-vault/lib/aws-auth-backend-config-identity';
import { AwsAuthBackendIdentityWhitelist } from '@cdktf/provider-vault/lib/aws-auth-backend-identity-whitelist';
import { AwsAuthBackendRoletagBlacklist } from '@cdktf/provider-vault/lib/aws-auth-backend-roletag-blacklist';
import { type TerraformProvider, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { AwsTaskOwner, IDENTIFIERS } from '../../aws';
import { checkedBy, checkFields, flag, knownAtSynth, matching, optional, table, text } from '../../checks';
import { Late } from '../../terraform';
import { MOUNT_PATH } from '../names';
import { onProvider, VAULT_PROVIDER } from '../on-provider';
import { needsVaultProvider } from '../provider-version';
import { knownSeconds } from '../seconds';
import { AliasMetadata } from './alias-metadata';
import { noteAliases } from './alias-note';
import { checkGuideOnly } from './check-guide-only';
import { checkMountTemplates } from './check-mount-templates';
import {
  type Ec2Metadata,
  type IamMetadata,
  IDENTITY,
  type IdentityConfigProps,
  identityWithDefaults,
} from './identity-config';
import { claimPath } from './mount-paths';
import { Mounted } from './mounted';
import { DEFAULT_TOKEN_TYPE, type MountTuneProps, TUNE, tuneFields } from './mount-tune';
import { SAFETY_BUFFERS, TIDY, tidyFields, type TidyProps } from './tidy';

export interface AwsAuthMountProps {
  /** Where the method is mounted, without `auth/`. @default 'aws_test' */
  readonly path?: string;

  /**
   * The account of Vault's own AWS credentials: 12 digits. A bind that Vault looks up in another account is then an
   * error, unless there is an {@link StsRole} for that account.
   *
   * @default the account of Vault's IAM user, which Terraform then checks; not checked if another app makes the user
   */
  readonly ownAccountId?: string;

  /** What `vault auth list` shows for it. @default 'AWS auth method' */
  readonly description?: string;

  /** Keeps the mount out of replication. A change replaces the mount, and ends its tokens. @default false */
  readonly local?: boolean;

  /**
   * Replaces the mount when its path changes, instead of moving it. That ends its tokens.
   * @default false
   */
  readonly disableRemount?: boolean;

  /** Name of the key that signs identity tokens of this mount. Vault Enterprise. @default Vault's own */
  readonly identityTokenKey?: string;

  /** How Vault treats the mount as a whole. @default hidden, and TTLs as Vault has them */
  readonly tune?: MountTuneProps;

  /** How a login finds its entity in Vault. @default all callers of a role share one */
  readonly identity?: IdentityConfigProps;

  /** How Vault clears the list of instances that logged in. @default Vault's own: hourly, 72 hours past expiry */
  readonly identityAccessListTidy?: TidyProps;

  /**
   * How Vault clears the list of role tags that were revoked. A tag that is cleared there works again.
   * @default Vault's own: hourly, 180 days past expiry
   */
  readonly roleTagDenyListTidy?: TidyProps;

  /**
   * Nothing beyond the guide is on this mount: roles of type iam without inference, and neither tuning nor identity
   * configuration. Then the state has only what the guide makes.
   *
   * Otherwise the mount also writes tuning and identity configuration that are Vault's defaults. A value that is
   * written can be reset later; a value that the provider does not write can't.
   *
   * @default false
   */
  readonly guideOnly?: boolean;

  /**
   * The Vault or namespace of the mount and of all on it, in a stack with several providers of hashicorp/vault.
   * @default the stack's own provider
   */
  readonly provider?: TerraformProvider;
}

/** A mount that another app or a person made. */
export interface ExistingAwsAuthMountProps extends Pick<
  AwsAuthMountProps,
  'ownAccountId' | 'identity' | 'local' | 'provider'
> {
  /** Where the method is mounted, without `auth/`; known at synth. */
  readonly path: string;
}

export const AWS_AUTH_MOUNT = table<AwsAuthMountProps>({
  path: optional(matching(MOUNT_PATH)),
  ownAccountId: optional(matching(IDENTIFIERS.accountId)),
  description: optional(text),
  local: optional(flag),
  disableRemount: optional(flag),
  identityTokenKey: optional(text),
  tune: optional(TUNE),
  identity: optional(IDENTITY),
  identityAccessListTidy: optional(TIDY),
  roleTagDenyListTidy: optional(TIDY),
  guideOnly: optional(flag),
  provider: optional(VAULT_PROVIDER),
});

export const EXISTING_AWS_AUTH_MOUNT = table<ExistingAwsAuthMountProps>({
  path: knownAtSynth(MOUNT_PATH),
  ownAccountId: optional(matching(IDENTIFIERS.accountId)),
  identity: optional(IDENTITY),
  local: optional(flag),
  provider: optional(VAULT_PROVIDER),
});

/** Marks the props of a mount that is there already. */
const EXISTING = Symbol('existing mount');

/**
 * The AWS auth method, mounted in Vault.
 *
 * It orders the writes of its client configuration and its roles. It also knows what Vault must be allowed to do in
 * AWS for them: give it to `VaultIamUser` or `VaultIamRole` as `permissionsFor`.
 *
 * @example
 * const mount = new AwsAuthMount(this, 'mount', { path: 'aws_test' });
 */
export class AwsAuthMount extends AwsTaskOwner {
  /** The path, as a reference to the resource: what uses it is made after the mount. */
  readonly path: string;

  /** Templates for policies, on the metadata of a login of type iam. */
  readonly iamAliasMetadata: AliasMetadata<IamMetadata>;

  /** Templates for policies, on the metadata of a login of type ec2. */
  readonly ec2AliasMetadata: AliasMetadata<Ec2Metadata>;

  /** For the constructs on this mount: {@link onMount}. */
  private readonly mounted: Mounted;

  /**
   * A mount that another app or a person made, so that roles can be added to it. It makes nothing: what is given here
   * says what the mount already has, and nothing checks that at apply. Vault's identity in AWS, which the other side
   * declares, must be allowed to look up what the roles here are bound to.
   *
   * @example
   * const mount = AwsAuthMount.fromPath(this, 'mount', { path: 'aws', identity: { iamAlias: 'unique_id' } });
   */
  static fromPath(scope: Construct, id: string, props: ExistingAwsAuthMountProps): AwsAuthMount {
    return new AwsAuthMount(scope, id, { ...props, [EXISTING]: true } as AwsAuthMountProps);
  }

  constructor(scope: Construct, id: string, props: AwsAuthMountProps = {}) {
    super(scope, id, (account) => this.mounted.awsTasks(account));
    const exists = EXISTING in props;
    const preconditions = checkFields(this, props, exists ? EXISTING_AWS_AUTH_MOUNT : AWS_AUTH_MOUNT, () => [
      ...(guideOnly ? checkGuideOnly(props, this.mounted.roles) : []),
      ...checkMountTemplates(this, this.mounted),
    ]);
    const { path = 'aws_test', description = 'AWS auth method', guideOnly = false, tune = {} } = props;
    const identity = identityWithDefaults(props.identity);
    this.mounted = new Mounted(
      {
        path,
        ownAccountId: props.ownAccountId,
        guideOnly,
        local: props.local ?? false,
        identity,
        maxLeaseSeconds: knownSeconds(tune.maxLeaseTtl) || undefined,
        tokenType: tune.tokenType ?? DEFAULT_TOKEN_TYPE,
        provider: props.provider,
      },
      () => (exists ? existingMount(this, path, props.provider) : mount).accessor,
    );

    claimPath(path, this, props.provider);
    this.iamAliasMetadata = new AliasMetadata(this.mounted);
    this.ec2AliasMetadata = new AliasMetadata(this.mounted);
    if (exists) {
      this.path = path;
      return;
    }

    const mount = new AuthBackend(this, 'Default', {
      type: 'aws',
      path,
      description,
      local: props.local,
      disableRemount: props.disableRemount,
      identityTokenKey: props.identityTokenKey,
      tune: guideOnly ? undefined : [tuneFields(tune)],
      lifecycle: checkedBy(preconditions),
    });
    // Its logical ID may be overridden until somebody uses the path.
    let reference: string | undefined;
    this.path = Token.asString(new Late(() => (reference ??= mount.path)));

    if (!guideOnly) {
      this.mounted.writeBeforeRoles(
        new AwsAuthBackendConfigIdentity(this, 'identity', { backend: this.path, ...identity }),
      );
      noteAliases(this, identity);
    }
    if (identity.iamAlias === 'canonical_arn') {
      needsVaultProvider(this, '5.11.0');
    }
    if (props.identityAccessListTidy) {
      const tidy = tidyFields(props.identityAccessListTidy, SAFETY_BUFFERS.identityAccessList);
      new AwsAuthBackendIdentityWhitelist(this, 'identity_access_list', { backend: this.path, ...tidy });
    }
    if (props.roleTagDenyListTidy) {
      const tidy = tidyFields(props.roleTagDenyListTidy, SAFETY_BUFFERS.roleTagDenyList);
      new AwsAuthBackendRoletagBlacklist(this, 'role_tag_deny_list', { backend: this.path, ...tidy });
    }
    onProvider(this, props.provider);
  }

  /** The mount's accessor, known at apply. */
  get accessor(): string {
    return this.mounted.accessor;
  }
}

/** What Terraform reads of a mount that is there already. */
function existingMount(scope: Construct, path: string, provider?: TerraformProvider): DataVaultAuthBackend {
  return new DataVaultAuthBackend(scope, 'Default', {
    path,
    provider,
    lifecycle: {
      postcondition: [
        {
          condition: '${self.type == "aws"}',
          errorMessage: `path: must be a mount of the AWS auth method; got '${path}' of type \${self.type}`,
        },
      ],
    },
  });
}

/** What is on a mount. Only the constructs on it report themselves there, so users don't see it. */
export function onMount(mount: AwsAuthMount): Mounted {
  return mount['mounted'];
}
