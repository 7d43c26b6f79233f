import {
  AwsAuthBackendRole,
  type AwsAuthBackendRoleConfig,
} from '@cdktf/provider-vault/lib/aws-auth-backend-role';
import { type Precondition, type TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { AgentRole } from '../../../agent';
import {
  acknowledge,
  type Acknowledgements,
  addWarnings,
  anything,
  checkedBy,
  checkFields,
  construct,
  type Field,
  matching,
  objectOf,
  optional,
  type Rows,
  type Warning,
} from '../../checks';
import { Late } from '../../terraform';
import { addressOf } from '../address';
import { type AwsAuthMount, onMount } from '../mount/aws-auth-mount';
import type { LookUpIn } from '../mount/look-up-accounts';
import type { Caller, RoleKind, TemplatesFor } from '../mount/caller';
import { checkGivenTemplates } from '../mount/check-templates';
import type { Mounted, MountedRole, PolicyGiver } from '../mount/mounted';
import { ROLE_NAME } from '../names';
import { onProvider } from '../on-provider';
import { POLICIES, type Policies, policyNames } from '../policy/policy-names';
import { needsVaultProvider } from '../provider-version';
import { replaceOnChange, replaceWith } from '../replacements';
import { seconds } from '../seconds';
import { checkPartition } from '../../aws';
import { partitionBinds } from './partition-binds';
import { accountBinds } from './account-binds';
import { checkToken, warnOfLongTtl } from './check-token';
import { TOKEN_ROWS, type TokenProps } from './token-props';

/** What roles of all types have. */
export interface AuthRoleProps extends TokenProps {
  readonly mount: AwsAuthMount;

  /** Name of the role, in lower case; unique on the mount. */
  readonly roleName: string;

  /**
   * What a login gets: policies of this app, or names of policies that are in Vault already.
   *
   * @default only Vault's own `default`
   */
  readonly policies?: Policies;

  /** Warnings of this role that were considered, each with its reason. @default none */
  readonly acknowledge?: Acknowledgements;
}

/** The rows of all roles. @param own those of one type of role */
export function roleTable<Own extends object>(own: Rows<Own>): Field {
  return objectOf({
    mount: construct,
    roleName: matching(ROLE_NAME),
    ...own,
    policies: optional(POLICIES),
    ...TOKEN_ROWS,
    // Checked when they are read.
    acknowledge: anything,
  });
}

/** What makes a role one of its type. */
export interface RoleType {
  readonly kind: RoleKind;
  /** Names of the fields that are set and that the provider would never reset. */
  readonly fieldsSet: readonly string[];
  readonly fields: Partial<AwsAuthBackendRoleConfig>;
  /** What Vault looks up in AWS for it. */
  readonly lookUps: readonly LookUpIn[];
  /** Vault looks a principal up when the role is written, so its key must work by then. */
  readonly looksUpAtWrite: boolean;
  /** Terraform replaces the role when one of these changes. @default none */
  readonly identities?: readonly TerraformResource[];
  /** Who its callers are. @param said what a person says of them */
  readonly callers: (said?: TemplatesFor) => readonly Caller[];
  /** What the person says. */
  readonly templatesFor?: TemplatesFor;
  readonly problems: () => string[];
  readonly warnings: () => Warning[];
  readonly preconditions?: readonly Precondition[];
}

/** A role, as the constructs that use it see it. */
export interface UsableRole extends MountedRole {
  readonly mounted: Mounted;
  /** The address of the role's ID, which changes when the role is replaced, and not when it is updated. */
  readonly idAddress: () => string;
}

/** What roles of all types share; see its three classes. */
export abstract class AuthRole extends Construct {
  private readonly resource: AwsAuthBackendRole;
  private readonly needs: TerraformResource[] = [];
  /** Sorted, so that the order of declaration does not show in the output. */
  private readonly sortedNeeds = Token.asList(
    new Late((context) => this.needs.map((need) => context.resolve(addressOf(need)) as string).sort()),
  );
  /** For the constructs that use the role: {@link usableRole}. */
  private readonly usable: UsableRole;

  /**
   * @param fields what its props must be
   * @param describe what makes it one of its type; is given the role, whose stack has the account
   */
  protected constructor(
    scope: Construct,
    id: string,
    props: AuthRoleProps,
    fields: Field,
    describe: (role: Construct) => RoleType,
  ) {
    super(scope, id);
    const preconditions = checkFields(this, props, fields, () => [
      ...type.problems(),
      ...checkToken(props, mounted.facts),
      ...this.usable.accountBinds.flatMap((bind) => mounted.accounts.check(bind)),
      ...checkGivenTemplates(giver, mounted),
    ]);
    const { mount, roleName, policies = [] } = props;
    const mounted = onMount(mount);
    const type = describe(this);
    checkPartition(this, partitionBinds(type.fields));
    const giver: PolicyGiver = {
      construct: this,
      place: 'policies',
      policies,
      kind: type.kind,
      callers: type.callers,
      said: type.templatesFor,
    };
    addWarnings(this, () => [...type.warnings(), ...warnOfLongTtl(props, mounted.facts)]);
    acknowledge(this, props.acknowledge);

    this.resource = new AwsAuthBackendRole(this, 'Default', {
      backend: mount.path,
      role: roleName,
      ...type.fields,
      ...tokenFields(props),
      tokenPolicies: policyNames(this, policies),
      lifecycle: checkedBy([...(type.preconditions ?? []), ...preconditions]),
    });
    if (props.aliasMetadata) {
      needsVaultProvider(this, '5.5.0');
    }
    if (!mounted.facts.guideOnly) {
      replaceOnChange(this.resource, [type.kind, ...type.fieldsSet]);
    }
    for (const identity of type.identities ?? []) {
      replaceWith(this.resource, identity);
    }
    this.usable = {
      construct: this,
      mounted,
      kind: type.kind,
      lookUps: type.lookUps,
      looksUpAtWrite: type.looksUpAtWrite,
      accountBinds: accountBinds(type.fields),
      forAgent: forAgent(props, type),
      idAddress: () => `${addressOf(this.resource)}.role_id`,
      dependOn: (resources) => this.dependOn(resources),
    };
    mounted.addRole(this.usable, roleName);
    onProvider(this, mounted.facts.provider);
    mounted.givers.push(giver);
  }

  /** The role's name, as a reference to the resource. */
  get roleName(): string {
    return this.resource.role;
  }

  private dependOn(resources: readonly TerraformResource[]): void {
    this.needs.push(...resources);
    this.resource.dependsOn = this.sortedNeeds;
  }
}

/** What constructs that use a role must know of it; a person sees only its name. */
export function usableRole(role: AuthRole): UsableRole {
  return role['usable'];
}

const AUTH_TYPES = { iam: 'iam', 'iam with inference': 'inferred', ec2: 'ec2' } as const;

function forAgent({ roleName, tokenNumUses }: AuthRoleProps, { kind, fields }: RoleType): AgentRole {
  return {
    name: roleName,
    authType: AUTH_TYPES[kind],
    tokenNumUses: Token.isUnresolved(tokenNumUses) ? undefined : tokenNumUses,
    disallowReauthentication: fields.disallowReauthentication === true,
  };
}

function tokenFields(props: TokenProps): Partial<AwsAuthBackendRoleConfig> {
  return {
    tokenTtl: props.tokenTtl && seconds(props.tokenTtl),
    tokenMaxTtl: props.tokenMaxTtl && seconds(props.tokenMaxTtl),
    tokenExplicitMaxTtl: props.tokenExplicitMaxTtl && seconds(props.tokenExplicitMaxTtl),
    tokenPeriod: props.tokenPeriod && seconds(props.tokenPeriod),
    tokenNumUses: props.tokenNumUses,
    tokenType: props.tokenType,
    tokenBoundCidrs: props.tokenBoundCidrs && [...props.tokenBoundCidrs],
    tokenNoDefaultPolicy: props.tokenNoDefaultPolicy,
    aliasMetadata: props.aliasMetadata && { ...props.aliasMetadata },
  };
}
