import { AwsAuthBackendRole } from '@cdktf/provider-vault/lib/aws-auth-backend-role';
import type { Duration } from 'aws-cdk-lib/core';
import { dependable } from 'cdktf';
import { Construct } from 'constructs';
import type { VaultFeature } from '../../aws';
import type { AwsAuthClient } from '../client/aws-auth-client';
import type { AwsAuthMount, MountedRole } from '../mount/aws-auth-mount';
import type { BoundPrincipal } from './bound-principal';
import { checkTokenTtl } from './check-token';
import { checkPolicyName, checkRoleName } from '../names';
import { VaultPolicy } from '../policy/vault-policy';

export interface IamAuthRoleProps {
  readonly mount: AwsAuthMount;

  /** Name of the role, in lower case; once a mount. */
  readonly roleName: string;

  /** Who may log in; at least one. */
  readonly boundPrincipals: readonly BoundPrincipal[];

  /**
   * What a login gets: policies of this app, or names of policies that are in Vault already.
   *
   * @default only Vault's own `default`
   */
  readonly policies?: readonly (VaultPolicy | string)[];

  /**
   * Binds principals by their unique ID, so that one deleted and made again under the same name does not
   * inherit the access. Vault looks them up when the role is written. Vault never turns it off on an existing
   * role: Terraform replaces the role then.
   *
   * @default true
   */
  readonly resolveAwsUniqueIds?: boolean;

  /** How long a token lives unless it is renewed; whole seconds. @default the mount's */
  readonly tokenTtl?: Duration;

  /** How long a token can be renewed for; whole seconds, zero for the mount's. @default the mount's */
  readonly tokenMaxTtl?: Duration;
}

/**
 * A role of type iam on an AWS auth mount: which IAM principals may log in, and what they get.
 *
 * @example
 * new IamAuthRole(this, 'role', {
 *   mount,
 *   roleName: 'dev_role',
 *   boundPrincipals: [BoundPrincipal.role('app')],
 *   policies: [policy],
 * });
 */
export class IamAuthRole extends Construct implements MountedRole {
  /** What Vault looks up in AWS for this role. */
  readonly lookUps: readonly VaultFeature[];

  private readonly resource: AwsAuthBackendRole;
  private readonly looksUpAtWrite: boolean;

  constructor(scope: Construct, id: string, props: IamAuthRoleProps) {
    super(scope, id);
    const { mount, roleName, boundPrincipals, policies = [], resolveAwsUniqueIds = true } = props;
    this.node.addValidation({ validate: () => checkProps(props) });

    const binds = boundPrincipals.map((principal) => principal.bind(this));
    this.lookUps = binds.filter((bind) => bind.wildcard || resolveAwsUniqueIds).map((bind) => bind.lookUp);
    this.looksUpAtWrite = resolveAwsUniqueIds && binds.some((bind) => !bind.wildcard);

    this.resource = new AwsAuthBackendRole(this, 'Default', {
      backend: mount.path,
      role: roleName,
      authType: 'iam',
      boundIamPrincipalArns: binds.map((bind) => bind.arn),
      resolveAwsUniqueIds,
      tokenPolicies: policies.map((policy) => (policy instanceof VaultPolicy ? policy.policyName : policy)),
      tokenTtl: props.tokenTtl?.toSeconds(),
      tokenMaxTtl: props.tokenMaxTtl?.toSeconds(),
    });
    mount.addRole(this, roleName);
  }

  /** The role's name, as a reference to the resource. */
  get roleName(): string {
    return this.resource.role;
  }

  /** Called by the mount: the role is written after the client configuration, and not before its key answers. */
  waitFor(client: AwsAuthClient): void {
    this.resource.dependsOn = client.usableBy(this.looksUpAtWrite).map(dependable);
  }
}

function checkProps(props: IamAuthRoleProps): string[] {
  const { roleName, boundPrincipals, policies = [] } = props;
  return [
    ...checkRoleName('roleName', roleName),
    ...(boundPrincipals.length > 0
      ? []
      : [
          'boundPrincipals: at least one is needed, Vault refuses a role that nobody is bound to; got an empty list',
        ]),
    ...boundPrincipals.flatMap((principal) => principal.problems),
    ...policies.flatMap((policy, index) =>
      policy instanceof VaultPolicy ? [] : checkPolicyName(`policies[${index}]`, policy),
    ),
    ...checkTokenTtl(props.tokenTtl, props.tokenMaxTtl),
  ];
}
