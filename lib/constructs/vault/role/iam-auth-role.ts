import type { Construct } from 'constructs';
import { flag, notEmpty, optional } from '../../checks';
import { AuthRole, type AuthRoleProps, roleTable } from './auth-role';
import type { BoundPrincipal } from './bound-principal';
import { bindPrincipals, BOUND_PRINCIPALS } from './principal-binds';

export interface IamAuthRoleProps extends AuthRoleProps {
  /** Who may log in; at least one. */
  readonly boundPrincipals: readonly BoundPrincipal[];

  /**
   * Binds principals by their unique ID, so that one deleted and made again under the same name does not
   * inherit the access. Vault looks them up when the role is written. Vault never turns it off on an existing
   * role: Terraform replaces the role then.
   *
   * `false` needs no look-up of a principal without wildcard, and so works where Vault has no credentials or
   * can't reach the principal's account, and for a principal that does not exist yet. It is known by its account
   * and name then: the path of its ARN is left out, for Vault sees none in a login.
   *
   * @default true
   */
  readonly resolveAwsUniqueIds?: boolean;
}

export const IAM_AUTH_ROLE = roleTable<Omit<IamAuthRoleProps, keyof AuthRoleProps>>({
  boundPrincipals: notEmpty(
    BOUND_PRINCIPALS,
    'at least one is needed, Vault refuses a role that nobody is bound to; got an empty list',
  ),
  resolveAwsUniqueIds: optional(flag),
});

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
export class IamAuthRole extends AuthRole {
  /** Tells the classes apart for the compiler, which else sees their members alone. */
  declare private readonly kind: 'iam';

  constructor(scope: Construct, id: string, props: IamAuthRoleProps) {
    super(scope, id, props, IAM_AUTH_ROLE, (role) => {
      const { boundPrincipals, resolveAwsUniqueIds = true } = props;
      const principals = bindPrincipals(role, boundPrincipals, resolveAwsUniqueIds);
      return {
        ...principals,
        kind: 'iam',
        shape: [],
        fields: { authType: 'iam', ...principals.fields },
        problems: () => [],
      };
    });
  }
}
