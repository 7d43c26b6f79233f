import type { Precondition, TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { AgentRole, AgentTarget } from '../../../agent';
import type { AssumedRole, AwsTask } from '../../aws';
import { UniqueNames } from '../../checks';
import type { Policies } from '../policy/policy-names';
import type { Caller, RoleKind, TemplatesFor } from './caller';
import type { identityWithDefaults } from './identity-config';
import { byOwnIdentity, inAccount, type LookUpIn } from './look-up-accounts';
import type { MountTuneProps } from './mount-tune';
import { type AccountBind, ReachableAccounts } from './reachable-accounts';

/** A role that gives policies to its callers, or a group of identities that gives them to its members. */
export interface PolicyGiver {
  readonly construct: Construct;
  /** Where it says which: `policies`. */
  readonly place: string;
  readonly policies: Policies;
  /** How its callers log in. */
  readonly kind: RoleKind;
  /** Who they are. @param said what a person says of them */
  readonly callers: (said?: TemplatesFor) => readonly Caller[];
  /** What the person says. */
  readonly said?: TemplatesFor;
}

/** What a mount needs of a role on it. */
export interface MountedRole {
  readonly construct: Construct;
  /** What Vault looks up in AWS for the role. */
  readonly lookUps: readonly LookUpIn[];
  /** Vault looks a principal up when the role is written. */
  readonly looksUpAtWrite: boolean;
  readonly kind: RoleKind;
  /** The accounts, known at synth, that Vault looks up in for the role. */
  readonly accountBinds: readonly AccountBind[];
  /** What an agent that logs in by it must know. */
  readonly forAgent: AgentRole;
  /** Puts the role after what it needs. */
  readonly dependOn: (resources: readonly TerraformResource[]) => void;
}

/** What a mount needs of the client configuration on it. */
export interface MountedClient {
  readonly construct: Construct;
  /** What a role depends on. @param looksUpAtWrite Vault's key must work when the role is written */
  readonly usableBy: (looksUpAtWrite: boolean) => readonly TerraformResource[];
  /** The stack in whose account Vault's own identity is, if this app makes it. */
  readonly ownStack?: TerraformStack;
  /** The account of Vault's IAM user, if this app makes it. */
  readonly ownAccountId?: () => string;
  /** What it requires of logins. */
  readonly forAgent: Omit<AgentTarget, 'mountPath' | 'roles'>;
  /** Makes Terraform check this before it is written, and so before each role. */
  readonly require: (precondition: Precondition) => void;
}

/** What the constructs on a mount must know of its props. */
export interface MountFacts {
  /** As it was given. */
  readonly path: string;
  readonly ownAccountId?: string;
  readonly guideOnly: boolean;
  readonly local: boolean;
  /** How a login finds its entity. */
  readonly identity: ReturnType<typeof identityWithDefaults>;
  /** The type of its tokens: of all, or of those whose role sets none. */
  readonly tokenType: NonNullable<MountTuneProps['tokenType']>;
  /** The longest TTL of its tokens in seconds. @default Vault's own */
  readonly maxLeaseSeconds?: number;
  /** The provider of all on the mount. @default the stack's own */
  readonly provider?: TerraformProvider;
}

/**
 * What is on a mount: its roles and its client configuration. It orders their writes. Each construct on a mount
 * reports itself here. Users have the `AwsAuthMount`, which hides this.
 */
export class Mounted {
  readonly roles: MountedRole[] = [];

  /** Its roles, and the groups whose members log in by one of them. */
  readonly givers: PolicyGiver[] = [];

  /** The accounts that Vault can look up in. */
  readonly accounts: ReachableAccounts;

  /** The accessor, if somebody asked for it: else no policy can have it. */
  usedAccessor?: string;

  /** Keys of metadata that somebody asked a template for. */
  readonly askedKeys = new Set<string>();

  private client?: MountedClient;
  /** By account, the role that Vault assumes there. */
  private readonly stsRoleOf = new Map<string, AssumedRole>();
  private readonly beforeRoles: TerraformResource[] = [];
  private readonly beforeLookUps: TerraformResource[] = [];
  private readonly roleNames = new UniqueNames('role');
  private readonly stsRoles = new UniqueNames('STS role of account');
  private readonly certificates = new UniqueNames('certificate');

  /** @param readAccessor makes a reference to the accessor */
  constructor(
    readonly facts: MountFacts,
    private readonly readAccessor: () => string,
  ) {
    this.accounts = new ReachableAccounts(facts.ownAccountId);
  }

  /** The mount's accessor, always as the same text: policies are searched for it. */
  get accessor(): string {
    return (this.usedAccessor ??= this.readAccessor());
  }

  /**
   * What Vault must be allowed to do in AWS for the roles.
   *
   * @param account by the role that it assumes in this account @default by its own identity
   */
  awsTasks(account?: string): AwsTask[] {
    const lookUps = this.roles.flatMap((role) => role.lookUps);
    return account === undefined
      ? [
          ...byOwnIdentity(lookUps, [...this.stsRoleOf.keys()]),
          ...[...this.stsRoleOf.values()].map(({ roleArn }) => ({ assumeRole: roleArn })),
        ]
      : inAccount(lookUps, account, this.client?.ownStack);
  }

  /** Whether all logins are of type ec2: by an instance's document, and not by a signed request. */
  get takesDocumentsOnly(): boolean {
    return this.roles.length > 0 && this.roles.every(({ kind }) => kind === 'ec2');
  }

  /** What an agent that logs in here must know; complete once all is declared. */
  forAgents(): AgentTarget {
    return {
      mountPath: this.facts.path,
      ...this.client?.forAgent,
      roles: this.roles.map(({ forAgent }) => forAgent),
    };
  }

  /** The first role of another account that Vault assumes; none if there is no other account. */
  get assumed(): AssumedRole | undefined {
    return this.stsRoleOf.values().next().value;
  }

  /** Adds a resource that is written before any role. */
  writeBeforeRoles(resource: TerraformResource): void {
    this.beforeRoles.push(resource);
  }

  /** Adds the client configuration. Roles wait for it, declared before or after. */
  addClient(client: MountedClient): void {
    const first = this.client?.construct;
    if (first) {
      client.construct.node.addValidation({
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

  /** @param accountId unique on the mount */
  addStsRole(stsRole: Construct, accountId: string, resource: TerraformResource, assumed: AssumedRole): void {
    this.stsRoles.claim(accountId, stsRole);
    this.accounts.add(accountId);
    this.stsRoleOf.set(accountId, assumed);
    this.beforeLookUps.push(resource);
    for (const role of this.roles.filter(({ looksUpAtWrite }) => looksUpAtWrite)) {
      role.dependOn([resource]);
    }
  }

  /** @param name unique on the mount */
  addCertificate(certificate: Construct, name: string): void {
    this.certificates.claim(name, certificate);
  }

  /** @param name unique on the mount */
  addRole(role: MountedRole, name: string): void {
    this.roleNames.claim(name, role.construct);
    this.roles.push(role);
    if (this.client) {
      this.connect(role, this.client);
    }
    role.dependOn([...this.beforeRoles, ...(role.looksUpAtWrite ? this.beforeLookUps : [])]);
  }

  private connect(role: MountedRole, client: MountedClient): void {
    role.dependOn(client.usableBy(role.looksUpAtWrite));
    for (const bind of role.accountBinds) {
      const precondition = this.accounts.whenKnown(bind, role.construct, client.ownAccountId);
      if (precondition) {
        client.require(precondition);
      }
    }
  }
}
