import { Token } from 'cdktf';
import { AwsAuthBackendRoleTag } from '@cdktf/provider-vault/lib/aws-auth-backend-role-tag';
import { Construct } from 'constructs';
import { IDENTIFIERS } from '../../aws';
import { checkedBy, checkFields, construct, flag, matching, notEmpty, optional, table } from '../../checks';
import { POLICIES, policyNames } from '../policy/policy-names';
import { VaultPolicy } from '../policy/vault-policy';
import { knownSeconds, type Seconds, seconds, wholeSeconds } from '../seconds';
import { onMount } from '../mount/aws-auth-mount';
import { onProvider } from '../on-provider';
import { usableRole } from './auth-role';
import { type Ec2AuthRole, propsOf } from './ec2-auth-role';

export interface RoleTagProps {
  /** The role that reads the tag: it names the tag's key. */
  readonly role: Ec2AuthRole;

  /** The only instance that may carry the tag: `i-…`. @default any that can log in by the role */
  readonly instanceId?: string;

  /** The policies of the role that a login with the tag gets; at least one. @default all of them */
  readonly policies?: readonly (VaultPolicy | string)[];

  /** The longest TTL of a login with the tag; whole seconds, not over the role's. @default the role's */
  readonly maxTtl?: Seconds;

  /** As on the role, which must allow it too. @default false */
  readonly allowInstanceMigration?: boolean;

  /** As on the role. Not together with {@link allowInstanceMigration}. @default false */
  readonly disallowReauthentication?: boolean;
}

export const ROLE_TAG = table<RoleTagProps>({
  role: construct,
  instanceId: optional(matching(IDENTIFIERS.instanceId)),
  policies: optional(
    notEmpty(POLICIES, 'an empty list would give all policies of the role, so name at least one; got none'),
  ),
  maxTtl: optional(wholeSeconds),
  allowInstanceMigration: optional(flag),
  disallowReauthentication: optional(flag),
});

/**
 * The value of an instance's tag that narrows what the instance gets by its role. Vault signs it with a key of the
 * role, so it is replaced with the role. Vault does not store it: anyone who has the value can use it until it is put
 * on the role tag deny list.
 *
 * Source: https://developer.hashicorp.com/vault/docs/auth/aws#role-tags
 *
 * @example
 * const tag = new RoleTag(this, 'readers_tag', { role, policies: [reader] });
 * new Instance(this, 'web', { ami, tags: { [tag.key]: tag.value } });
 */
export class RoleTag extends Construct {
  /** The tag's key: the role's. */
  readonly key: string;
  /** The tag's value, known at apply. */
  readonly value: string;

  constructor(scope: Construct, id: string, props: RoleTagProps) {
    super(scope, id);
    const preconditions = checkFields(this, props, ROLE_TAG, () => checkAgainstRole(props));
    const { role, instanceId, policies, maxTtl, allowInstanceMigration, disallowReauthentication } = props;

    const { mount, roleTag = '' } = propsOf(role);
    const resource = new AwsAuthBackendRoleTag(this, 'Default', {
      backend: mount.path,
      role: role.roleName,
      instanceId,
      policies: policies && policyNames(this, policies),
      maxTtl: maxTtl === undefined ? undefined : `${Token.asString(seconds(maxTtl))}s`,
      allowInstanceMigration,
      disallowReauthentication,
      lifecycle: { ...checkedBy(preconditions), replaceTriggeredBy: [usableRole(role).idAddress()] },
    });
    this.key = roleTag;
    this.value = resource.tagValue;
    onProvider(this, onMount(mount).facts.provider);
  }
}

function nameOf(policy: VaultPolicy | string): string {
  return policy instanceof VaultPolicy ? policy.policyName : policy;
}

/** A policy of this app by its place, because its name is a reference. */
function inWords(policy: VaultPolicy | string): string {
  return policy instanceof VaultPolicy ? policy.node.path : policy;
}

/**
 * Vault only warns of most of this when it makes the tag, and refuses the login later. The provider never sends an
 * empty list of policies.
 *
 * Source: `pathRoleTagUpdate` in `builtin/credential/aws/path_role_tag.go` of Vault (1.21.1), and
 * `awsAuthBackendRoleTagResourceCreate` in resource_aws_auth_backend_role_tag.go of terraform-provider-vault.
 */
function checkAgainstRole(props: RoleTagProps): string[] {
  const { role, policies, maxTtl, allowInstanceMigration, disallowReauthentication } = props;
  const ofRole = propsOf(role);
  const policiesOfRole = (ofRole.policies ?? []).map(nameOf);
  const roleMaxTtl = knownSeconds(ofRole.tokenMaxTtl);
  const tagMaxTtl = knownSeconds(maxTtl);
  return [
    ...(ofRole.roleTag ? [] : [`role: it reads no tag, set its roleTag; got '${role.node.path}'`]),
    ...(policies ?? []).flatMap((policy, index) =>
      policiesOfRole.includes(nameOf(policy))
        ? []
        : [
            `policies[${index}]: must be one of the role's policies, or Vault refuses logins with the tag; got '${inWords(policy)}'`,
          ],
    ),
    ...(roleMaxTtl && tagMaxTtl && tagMaxTtl > roleMaxTtl
      ? [
          `maxTtl: must not be longer than the role's tokenMaxTtl, Vault would cut it; got ${tagMaxTtl} s over ${roleMaxTtl} s`,
        ]
      : []),
    ...(allowInstanceMigration && !ofRole.allowInstanceMigration
      ? ['allowInstanceMigration: the role must allow it too, or Vault refuses logins with the tag; got true']
      : []),
    ...(allowInstanceMigration && disallowReauthentication
      ? [
          'allowInstanceMigration: Vault refuses it together with disallowReauthentication, choose one; got both',
        ]
      : []),
  ];
}
