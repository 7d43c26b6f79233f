import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { AwsAuthBackendConfigIdentity } from '@cdktf/provider-vault/lib/aws-auth-backend-config-identity';
import { AwsAuthBackendIdentityWhitelist } from '@cdktf/provider-vault/lib/aws-auth-backend-identity-whitelist';
import { AwsAuthBackendRoletagBlacklist } from '@cdktf/provider-vault/lib/aws-auth-backend-roletag-blacklist';
import type { Precondition, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import type { AgentRole, AgentTarget } from '../../../agent';
import { type AwsTask, AwsTaskOwner, IDENTIFIERS } from '../../aws';
import { checkedBy, checkFields, flag, matching, optional, table, text, UniqueNames } from '../../checks';
import { MOUNT_PATH } from '../names';
import { needsVaultProvider } from '../provider-version';
import { seconds } from '../seconds';
import { IDENTITY, type IdentityConfigProps, identityWithDefaults } from './identity-config';
import { noteAliases } from './alias-note';
import { IamAliasMetadata } from './iam-alias-metadata';
import { checkGuideOnly } from './check-guide-only';
import { claimPath } from './mount-paths';
import { type MountTuneProps, TUNE, tuneFields } from './mount-tune';
import { type AccountBind, ReachableAccounts } from './reachable-accounts';
import { TIDY, tidyFields, type TidyProps } from './tidy';

/** How a role takes logins. */
export type RoleKind = 'iam' | 'iam with inference' | 'ec2';

/** What a mount needs of a role on it. */
export interface MountedRole extends Construct {
  /** What Vault looks up in AWS for the role. */
  readonly lookUps: readonly AwsTask[];
  /** Vault looks a principal up when the role is written. */
  readonly looksUpAtWrite: boolean;
  readonly kind: RoleKind;
  /** The accounts, known at synth, that Vault looks up in for the role. */
  readonly accountBinds: readonly AccountBind[];
  /** What an agent that logs in by it must know. */
  readonly forAgent: AgentRole;
  /** Puts the role after what it needs. */
  dependOn(resources: readonly TerraformResource[]): void;
}

/** What a mount needs of the client configuration on it. */
export interface MountedClient extends Construct {
  /** What a role depends on. @param looksUpAtWrite Vault's key must answer when the role is written */
  usableBy(looksUpAtWrite: boolean): TerraformResource[];
  /** The account of Vault's IAM user, where this app makes it. */
  readonly ownAccountId?: () => string;
  /** What it asks of logins. */
  readonly forAgent: Omit<AgentTarget, 'mountPath' | 'roles'>;
  /** Has Terraform check this before it is written, and so before each role. */
  require(precondition: Precondition): void;
}

export interface AwsAuthMountProps {
  /** Where the method is mounted, without `auth/`. @default 'aws_test' */
  readonly path?: string;

  /**
   * Account that Vault's own AWS credentials are of: 12 digits. A bind that Vault looks up in another account, and
   * for which there is no {@link StsRole}, is then an error.
   *
   * @default the account of Vault's IAM user, which Terraform then checks; not checked where another app makes it
   */
  readonly ownAccountId?: string;

  /** What `vault auth list` says of it. @default 'AWS auth method' */
  readonly description?: string;

  /** Keeps the mount out of replication. Changing it makes the mount anew, and ends its tokens. @default false */
  readonly local?: boolean;

  /**
   * Makes the mount anew when its path changes, which ends its tokens, instead of moving it.
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

  /** How Vault clears the list of role tags that were revoked. @default Vault's own: hourly, 72 hours past expiry */
  readonly roleTagDenyListTidy?: TidyProps;

  /**
   * Nothing beyond the guide is on this mount: roles of type iam without inference, and neither tuning nor
   * identity configuration. Then nothing is kept in the state but what the guide makes.
   *
   * Otherwise the mount writes its tuning and its identity configuration even where they are Vault's own, for
   * what is written can be taken back, and what the provider forgets to write can't.
   *
   * @default false
   */
  readonly guideOnly?: boolean;
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
});

/**
 * The AWS auth method, mounted in Vault.
 *
 * It knows the roles on it and its client configuration, puts them in their order, and tells what Vault
 * must be allowed to do in AWS for them.
 *
 * @example
 * const mount = new AwsAuthMount(this, 'mount', { path: 'aws_test' });
 */
export class AwsAuthMount extends AwsTaskOwner {
  /** The path, as a reference to the resource: what uses it is made after the mount. */
  readonly path: string;

  /** The mount's accessor, known at apply. */
  readonly accessor: string;

  /** See {@link AwsAuthMountProps.guideOnly}. */
  readonly guideOnly: boolean;

  /** What names the alias of a login of type iam. */
  readonly iamAlias: NonNullable<IdentityConfigProps['iamAlias']>;

  /** See {@link AwsAuthMountProps.local}. */
  readonly local: boolean;

  /** The longest TTL of its tokens in seconds, where {@link AwsAuthMountProps.tune} says it. */
  readonly maxLeaseSeconds?: number;

  /** Templates on what a login of type iam says of itself, for policies. */
  readonly iamAliasMetadata: IamAliasMetadata;

  /** The accounts that Vault can look up in. */
  readonly accounts: ReachableAccounts;

  private readonly givenPath: string;
  private client?: MountedClient;
  private readonly assumed: AwsTask[] = [];
  private readonly roles: MountedRole[] = [];
  private readonly beforeRoles: TerraformResource[] = [];
  private readonly beforeLookUps: TerraformResource[] = [];
  private readonly roleNames = new UniqueNames('role');
  private readonly stsRoles = new UniqueNames('STS role of account');
  private readonly certificates = new UniqueNames('certificate');

  constructor(scope: Construct, id: string, props: AwsAuthMountProps = {}) {
    super(scope, id, () => [...this.roles.flatMap((role) => role.lookUps), ...this.assumed]);
    const preconditions = checkFields(this, props, AWS_AUTH_MOUNT, () =>
      this.guideOnly ? checkGuideOnly(props, this.roles) : [],
    );
    const { path = 'aws_test', description = 'AWS auth method', guideOnly = false, tune = {} } = props;
    this.givenPath = path;
    this.guideOnly = guideOnly;
    this.local = props.local ?? false;
    this.accounts = new ReachableAccounts(props.ownAccountId);
    this.maxLeaseSeconds = (tune.maxLeaseTtl && seconds(tune.maxLeaseTtl)) || undefined;
    claimPath(path, this);

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
    this.path = mount.path;
    this.accessor = mount.accessor;

    const identity = identityWithDefaults(props.identity);
    this.iamAlias = identity.iamAlias;
    this.iamAliasMetadata = new IamAliasMetadata(this, identity);
    if (!guideOnly) {
      this.beforeRoles.push(
        new AwsAuthBackendConfigIdentity(this, 'identity', { backend: mount.path, ...identity }),
      );
      noteAliases(this, identity);
    }
    if (identity.iamAlias === 'canonical_arn') {
      needsVaultProvider(this, '5.11.0');
    }
    if (props.identityAccessListTidy) {
      const tidy = tidyFields(props.identityAccessListTidy);
      new AwsAuthBackendIdentityWhitelist(this, 'identity_access_list', { backend: mount.path, ...tidy });
    }
    if (props.roleTagDenyListTidy) {
      const tidy = tidyFields(props.roleTagDenyListTidy);
      new AwsAuthBackendRoletagBlacklist(this, 'role_tag_deny_list', { backend: mount.path, ...tidy });
    }
  }

  /** Whether all logins are of type ec2: by an instance's document, and not by a signed request. */
  get takesDocumentsOnly(): boolean {
    return this.roles.length > 0 && this.roles.every(({ kind }) => kind === 'ec2');
  }

  /** What an agent that logs in here must know; complete once all is declared. */
  forAgents(): AgentTarget {
    return {
      mountPath: this.givenPath,
      ...this.client?.forAgent,
      roles: this.roles.map(({ forAgent }) => forAgent),
    };
  }

  /** Called by the client configuration of this mount. Roles wait for it, declared before or after. */
  addClient(client: MountedClient): void {
    const first = this.client;
    if (first) {
      client.node.addValidation({
        validate: () => [
          `a mount has one client configuration; it is already declared at '${first.node.path}'`,
        ],
      });
      return;
    }
    this.client = client;
    for (const role of this.roles) {
      this.connect(role, client);
    }
  }

  /** Called by each STS role on this mount. @param accountId once a mount */
  addStsRole(stsRole: Construct, accountId: string, resource: TerraformResource, roleArn: string): void {
    this.stsRoles.claim(accountId, stsRole);
    this.accounts.add(accountId);
    this.assumed.push({ assumeRole: roleArn });
    this.beforeLookUps.push(resource);
    for (const role of this.roles.filter(({ looksUpAtWrite }) => looksUpAtWrite)) {
      role.dependOn([resource]);
    }
  }

  /** Called by each certificate on this mount. @param name once a mount */
  addCertificate(certificate: Construct, name: string): void {
    this.certificates.claim(name, certificate);
  }

  /** Called by each role on this mount. @param name in the mount once */
  addRole(role: MountedRole, name: string): void {
    this.roleNames.claim(name, role);
    this.roles.push(role);
    if (this.client) {
      this.connect(role, this.client);
    }
    role.dependOn([...this.beforeRoles, ...(role.looksUpAtWrite ? this.beforeLookUps : [])]);
  }

  private connect(role: MountedRole, client: MountedClient): void {
    role.dependOn(client.usableBy(role.looksUpAtWrite));
    for (const bind of role.accountBinds) {
      const precondition = this.accounts.whenKnown(bind, role, client.ownAccountId);
      if (precondition) {
        client.require(precondition);
      }
    }
  }
}
