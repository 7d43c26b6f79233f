import { TerraformOutput, type TerraformStack, Token } from 'cdktf';
import type { TestUser } from '../aws';
import type { AwsAuthMount, IamAuthRole } from '../vault';

export interface OutputsProps {
  readonly mount: AwsAuthMount;
  readonly role: IamAuthRole;
  /** The roles after the first. */
  readonly others: readonly IamAuthRole[];
  readonly testUser?: TestUser;
  readonly serverIdHeader?: string;
  /** The region of the STS that Vault asks. @default that of the global one */
  readonly stsRegion?: string;
  /** The namespace of the mount. @default the root's, or that of VAULT_NAMESPACE */
  readonly namespace?: string;
}

/** What a person or a script reads from the deployed stack. The names never change. */
export function addOutputs(stack: TerraformStack, props: OutputsProps): void {
  const { mount, role, others, testUser } = props;
  const output = (name: string, value: unknown, description: string, sensitive?: boolean) =>
    new TerraformOutput(stack, name, { value, description, sensitive, staticId: true });

  output('mount_path', mount.path, 'Where the AWS auth method is mounted, without auth/.');
  output('mount_accessor', mount.accessor, "The mount's accessor.");
  output('role_name', role.roleName, 'The role to log in by.');
  if (testUser) {
    output('test_user_access_key_id', testUser.accessKeyId, 'For AWS_ACCESS_KEY_ID.');
    output('test_user_secret_access_key', testUser.secretAccessKey, 'For AWS_SECRET_ACCESS_KEY.', true);
  }
  output('login_command', loginCommand(props, role), 'Logs in with the AWS credentials of the environment.');
  if (others.length > 0) {
    output(
      'other_roles',
      others.map((other) => ({ role_name: other.roleName, login_command: loginCommand(props, other) })),
      'The other roles to log in by, each with its login command.',
    );
  }
}

/** The command as a shell takes it. Vault refuses a login that is signed for another region than its STS is in. */
function loginCommand(
  { mount, serverIdHeader, stsRegion, namespace }: OutputsProps,
  { roleName }: IamAuthRole,
): string {
  const optional = (name: string, value: string | undefined) =>
    value === undefined ? [] : [`${name}=${inShell(value)}`];
  return [
    'vault login',
    ...optional('-namespace', namespace),
    `-method=aws -path=${mount.path}`,
    ...optional('header_value', serverIdHeader),
    ...optional('region', stsRegion),
    `role=${roleName}`,
  ].join(' ');
}

/** In quotes if a shell would take a character for its own. A reference stays as it is. */
function inShell(text: string): string {
  return Token.isUnresolved(text) || /^[\w./:@%+=,-]+$/.test(text)
    ? text
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
