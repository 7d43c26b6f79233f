import type { Construct } from 'constructs';
import { flag, notEmpty, oneOf, optional } from '../../checks';
import type { IamTemplatesFor } from '../mount/caller';
import { AuthRole, type AuthRoleProps, roleTable } from './auth-role';
import type { BoundPrincipal } from './bound-principal';
import { bindPrincipals, BOUND_PRINCIPALS } from './principal-binds';

export interface IamAuthRoleProps extends AuthRoleProps {
  /** Who may log in; at least one. */
  readonly boundPrincipals: readonly BoundPrincipal[];

  /**
   * Binds principals by their unique ID, so that a principal that is deleted and made again under the same name does
   * not inherit the access. Vault looks them up when the role is written. Vault never turns this off on an existing
   * role, so Terraform replaces the role.
   *
   * With `false`, Vault looks up no principal without wildcard. So it works if Vault has no credentials or can't
   * reach the principal's account, and for a principal that does not exist yet. Vault then knows the principal by its
   * account and name. The path of its ARN is left out, because a login has no path.
   *
   * @default true
   */
  readonly resolveAwsUniqueIds?: boolean;

  /**
   * Who one caller is, for a template in a policy of the role, if the binds do not say it:
   * - `'iam-role'`: all sessions of an IAM role are one caller;
   * - `'pinned-session'`: each session is one, by its name. Say so only if the trust policy of each bound IAM role leaves
   *   nobody a choice of `sts:RoleSessionName`, and no two names differ only in case. Vault can't check it;
   * - `'vault-role'`: all callers of this role of Vault are one.
   *
   * docs/templates.md has the templates that are right for each.
   *
   * @default each IAM user and each person of IAM Identity Center is one; of a session of an IAM role nothing is known,
   * so a template that names its caller is an error
   */
  readonly templatesFor?: 'iam-role' | 'pinned-session' | 'vault-role';
}

export const IAM_TEMPLATES_FOR = optional(
  oneOf(...(['iam-role', 'pinned-session', 'vault-role'] satisfies IamTemplatesFor[])),
);

export const IAM_AUTH_ROLE = roleTable<Omit<IamAuthRoleProps, keyof AuthRoleProps>>({
  boundPrincipals: notEmpty(
    BOUND_PRINCIPALS,
    'at least one is needed, because Vault refuses a role that nobody is bound to; got an empty list',
  ),
  resolveAwsUniqueIds: optional(flag),
  templatesFor: IAM_TEMPLATES_FOR,
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
  /** Makes the classes differ for the compiler, which otherwise compares only their members. */
  declare private readonly kind: 'iam';

  constructor(scope: Construct, id: string, props: IamAuthRoleProps) {
    super(scope, id, props, IAM_AUTH_ROLE, (role) => {
      const { boundPrincipals, resolveAwsUniqueIds = true, templatesFor } = props;
      const principals = bindPrincipals(role, boundPrincipals, resolveAwsUniqueIds);
      return {
        ...principals,
        kind: 'iam',
        fieldsSet: [],
        fields: { authType: 'iam', ...principals.fields },
        templatesFor,
        problems: () => [],
      };
    });
  }
}
