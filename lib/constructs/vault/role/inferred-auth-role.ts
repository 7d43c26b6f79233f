import type { Construct } from 'constructs';
import { IDENTIFIERS } from '../../aws';
import { flag, matching, optional, type Warning } from '../../checks';
import { AuthRole, type AuthRoleProps, roleTable } from './auth-role';
import type { BoundPrincipal } from './bound-principal';
import { IAM_TEMPLATES_FOR, type IamAuthRoleProps } from './iam-auth-role';
import { bindInstances, checkBound, INSTANCE, type InstanceBinds } from './instance-binds';
import { bindPrincipals, BOUND_PRINCIPALS } from './principal-binds';

export interface InferredAuthRoleProps extends AuthRoleProps, InstanceBinds {
  /** Region in which Vault looks for the instance that is named by the caller's session. */
  readonly inferredRegion: string;

  /** IAM roles whose sessions may log in. @default any whose instance meets the other binds */
  readonly boundPrincipals?: readonly BoundPrincipal[];

  /** See {@link IamAuthRoleProps.resolveAwsUniqueIds}. @default true */
  readonly resolveAwsUniqueIds?: boolean;

  /**
   * Who one caller is, for a template in a policy of the role: see {@link IamAuthRoleProps.templatesFor}. Sessions of
   * instances are pinned if only EC2 may assume their role.
   *
   * @default nothing is known, so a template that names its caller is an error
   */
  readonly templatesFor?: IamAuthRoleProps['templatesFor'];
}

export const INFERRED_AUTH_ROLE = roleTable<Omit<InferredAuthRoleProps, keyof AuthRoleProps>>({
  inferredRegion: matching(IDENTIFIERS.region),
  boundPrincipals: optional(BOUND_PRINCIPALS),
  resolveAwsUniqueIds: optional(flag),
  templatesFor: IAM_TEMPLATES_FOR,
  ...INSTANCE,
});

/**
 * A role of type iam with inference: the caller logs in as with {@link IamAuthRole}, by the credentials of an
 * instance profile, and must be the EC2 instance that its session is named after. So instances can be bound as
 * with {@link Ec2AuthRole}, without nonces and access lists.
 *
 * At least one bind is needed, of principals or of instances.
 *
 * Source: https://developer.hashicorp.com/vault/docs/auth/aws#inferencing
 *
 * @example
 * new InferredAuthRole(this, 'worker', {
 *   mount,
 *   roleName: 'worker',
 *   inferredRegion: 'eu-central-1',
 *   boundPrincipals: [BoundPrincipal.role('worker')],
 *   boundVpcIds: ['vpc-0123456789abcdef0'],
 *   policies: [policy],
 * });
 */
export class InferredAuthRole extends AuthRole {
  /** Makes the classes differ for the compiler, which otherwise compares only their members. */
  declare private readonly kind: 'iam with inference';

  constructor(scope: Construct, id: string, props: InferredAuthRoleProps) {
    super(scope, id, props, INFERRED_AUTH_ROLE, (role) => {
      const { inferredRegion, boundPrincipals = [], resolveAwsUniqueIds = true, templatesFor } = props;
      const principals = bindPrincipals(role, boundPrincipals, resolveAwsUniqueIds);
      const instances = bindInstances(props, principals.accounts);
      const fieldsSet = [...(boundPrincipals.length > 0 ? ['boundPrincipals'] : []), ...instances.fieldsSet];
      return {
        kind: 'iam with inference',
        fieldsSet,
        fields: {
          authType: 'iam',
          inferredEntityType: 'ec2_instance',
          inferredAwsRegion: inferredRegion,
          ...principals.fields,
          ...instances.fields,
        },
        lookUps: [...principals.lookUps, ...instances.lookUps],
        looksUpAtWrite: principals.looksUpAtWrite,
        identities: principals.identities,
        preconditions: principals.preconditions,
        templatesFor,
        // No user has a session, so only sessions come in.
        callers: (said) =>
          boundPrincipals.length > 0
            ? principals.callers(said).filter(({ kind }) => kind !== 'user')
            : [{ kind: said ?? 'session', wildcard: true }],
        problems: () => checkBound(fieldsSet),
        warnings: () => [
          ...principals.warnings(),
          ...(boundPrincipals.length === 0
            ? [...warnOfSessionNames(instances.fieldsSet), ...instances.warnings()]
            : []),
        ],
      };
    });
  }
}

/**
 * Vault checks all binds except the principals on the instance that the session's name points to. A principal that
 * assumes any role can choose that name, and is then taken for the instance.
 *
 * Source: `pathLoginUpdateIam` in `builtin/credential/aws/path_login.go` of Vault (1.21.1); tried.
 */
function warnOfSessionNames(fieldsSet: readonly string[]): Warning[] {
  return [
    {
      id: 'inference-by-name',
      message:
        `boundPrincipals: a session of any role of the account that is named after such an instance may log in, ` +
        `bind the instances' role too; got only ${fieldsSet.join(', ')}`,
    },
  ];
}
