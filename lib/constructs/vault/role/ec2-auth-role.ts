import type { Construct } from 'constructs';
import { flag, matching, oneOf, optional, type ValueRule } from '../../checks';
import type { Ec2TemplatesFor } from '../mount/caller';
import { AuthRole, type AuthRoleProps, roleTable } from './auth-role';
import { bindInstances, checkBound, EC2, type Ec2Binds } from './instance-binds';

export interface Ec2AuthRoleProps extends AuthRoleProps, Ec2Binds {
  /**
   * Key of the instance tag that narrows what a login gets. {@link RoleTag} makes the value, which names policies and
   * TTL for the instance. At most 127 characters.
   *
   * @default no tag is read
   */
  readonly roleTag?: string;

  /**
   * Lets an instance log in with another nonce after it was stopped and started again, because its pendingTime is
   * newer. Vault still keeps the first nonce, so each stop and start allows one login with another nonce. Not
   * together with {@link disallowReauthentication}.
   *
   * @default false
   */
  readonly allowInstanceMigration?: boolean;

  /**
   * Lets each instance log in once, until its entry in the identity access list is deleted.
   * @default false
   */
  readonly disallowReauthentication?: boolean;

  /**
   * Who one caller is, for a template in a policy of the role: with `'image'` all instances of an image, with
   * `'vault-role'` all callers of this role of Vault. docs/templates.md has the templates that are right for each.
   *
   * @default an instance
   */
  readonly templatesFor?: 'image' | 'vault-role';
}

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html; Vault takes one character less. */
const TAG_KEY: ValueRule = {
  pattern: /^[^\t-\r ](?:[\s\S]{0,125}[^\t-\r ])?$/,
  except: /^[aA][wW][sS]:/,
  also: (key) => key === key.trim(),
  says: "a tag's key of 1 to 127 characters, without white space at its ends, and without AWS's own 'aws:' at its start",
};

export const EC2_AUTH_ROLE = roleTable<Omit<Ec2AuthRoleProps, keyof AuthRoleProps>>({
  ...EC2,
  roleTag: optional(matching(TAG_KEY)),
  allowInstanceMigration: optional(flag),
  disallowReauthentication: optional(flag),
  templatesFor: optional(oneOf(...(['image', 'vault-role'] satisfies Ec2TemplatesFor[]))),
});

/**
 * A role of type ec2: which EC2 instances may log in by their signed identity document. The first client that logs in
 * for an instance chooses a nonce. Later, Vault refuses a client that does not know the nonce.
 *
 * At least one of the binds is needed.
 *
 * Source: https://developer.hashicorp.com/vault/docs/auth/aws#ec2-auth-method
 *
 * @example
 * new Ec2AuthRole(this, 'web', {
 *   mount,
 *   roleName: 'web',
 *   boundAmiIds: ['ami-0123456789abcdef0'],
 *   policies: [policy],
 * });
 */
export class Ec2AuthRole extends AuthRole {
  /** Makes the classes differ for the compiler, which otherwise compares only their members. */
  declare private readonly kind: 'ec2';

  /** For the tags of this role: {@link propsOf}. */
  private readonly props: Ec2AuthRoleProps;

  constructor(scope: Construct, id: string, props: Ec2AuthRoleProps) {
    const { roleTag, allowInstanceMigration, disallowReauthentication, templatesFor } = props;
    super(scope, id, props, EC2_AUTH_ROLE, () => {
      const instances = bindInstances(props);
      return {
        ...instances,
        kind: 'ec2',
        fieldsSet: [
          ...instances.fieldsSet,
          ...(roleTag ? ['roleTag'] : []),
          ...(allowInstanceMigration ? ['allowInstanceMigration'] : []),
          ...(disallowReauthentication ? ['disallowReauthentication'] : []),
        ],
        fields: {
          authType: 'ec2',
          ...instances.fields,
          roleTag,
          allowInstanceMigration,
          disallowReauthentication,
        },
        looksUpAtWrite: false,
        templatesFor,
        callers: (said) => [{ kind: said ?? 'instance' }],
        problems: () => [...checkBound(instances.fieldsSet), ...checkReauthentication(props)],
      };
    });
    this.props = props;
  }
}

/** What the tags of a role must know of it. */
export function propsOf(role: Ec2AuthRole): Ec2AuthRoleProps {
  return role['props'];
}

function checkReauthentication(props: Ec2AuthRoleProps): string[] {
  return props.allowInstanceMigration && props.disallowReauthentication
    ? [
        'allowInstanceMigration: Vault refuses it together with disallowReauthentication, choose one; got both',
      ]
    : [];
}
