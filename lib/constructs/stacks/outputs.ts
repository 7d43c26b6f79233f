import { TerraformOutput, type TerraformStack } from 'cdktf';
import type { TestUser } from '../aws';
import type { AwsAuthMount, IamAuthRole } from '../vault';

export interface OutputsProps {
  readonly mount: AwsAuthMount;
  readonly role: IamAuthRole;
  readonly testUser?: TestUser;
  readonly serverIdHeader?: string;
}

/** What a person or a script reads from the deployed stack. The names never change. */
export function addOutputs(stack: TerraformStack, props: OutputsProps): void {
  const { mount, role, testUser, serverIdHeader } = props;
  const output = (name: string, value: string, description: string, sensitive?: boolean) =>
    new TerraformOutput(stack, name, { value, description, sensitive, staticId: true });

  output('mount_path', mount.path, 'Where the AWS auth method is mounted, without auth/.');
  output('mount_accessor', mount.accessor, "The mount's accessor.");
  output('role_name', role.roleName, 'The role to log in by.');
  if (testUser) {
    output('test_user_access_key_id', testUser.accessKeyId, 'For AWS_ACCESS_KEY_ID.');
    output('test_user_secret_access_key', testUser.secretAccessKey, 'For AWS_SECRET_ACCESS_KEY.', true);
  }
  const header = serverIdHeader === undefined ? '' : ` header_value=${serverIdHeader}`;
  output(
    'login_command',
    `vault login -method=aws -path=${mount.path}${header} role=${role.roleName}`,
    'Logs in with the AWS credentials of the environment.',
  );
}
