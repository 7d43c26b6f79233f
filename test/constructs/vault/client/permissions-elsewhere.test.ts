import type { TerraformStack } from 'cdktf';
import { VaultIamRole } from '../../../../lib/constructs/aws';
import {
  AwsAuthClient,
  type AwsAuthClientProps,
  AwsAuthMount,
  BoundPrincipal,
  type ClientCredentials,
  Ec2AuthRole,
  IamAuthRole,
  StsRole,
} from '../../../../lib/constructs/vault';
import { warningsOf } from '../../../support/stack';
import { key, roleArn, writeOnly } from './client-with';

const WARNING =
  "[stack/client] permissions-elsewhere: credentials: this app does not grant what Vault's identity needs in AWS for the roles on the mount; grant it there, and list it in grantedPermissions, which is then compared; it needs ";

const client =
  (
    credentials: ClientCredentials | ((stack: TerraformStack, mount: AwsAuthMount) => ClientCredentials),
    {
      resolveAwsUniqueIds = true,
      ...props
    }: Partial<AwsAuthClientProps> & { resolveAwsUniqueIds?: boolean } = {},
    more: (stack: TerraformStack, mount: AwsAuthMount) => void = () => undefined,
  ) =>
  (stack: TerraformStack) => {
    const mount = new AwsAuthMount(stack, 'mount', { tune: { tokenType: 'default-service' } });
    new AwsAuthClient(stack, 'client', {
      mount,
      serverIdHeader: 'vault',
      credentials: typeof credentials === 'function' ? credentials(stack, mount) : credentials,
      ...props,
    });
    new IamAuthRole(stack, 'role', {
      mount,
      roleName: 'app',
      boundPrincipals: [BoundPrincipal.user('alice')],
      resolveAwsUniqueIds,
      acknowledge: { 'long-ttl': 'not the point here', 'resolve-off': 'not the point here' },
    });
    more(stack, mount);
  };
const warnings = (build: (stack: TerraformStack) => void) =>
  warningsOf(build).filter((warning) => warning.includes('permissions-elsewhere'));

describe('credentials whose permissions this app does not grant have a warning with the actions:', () => {
  test.each<[string, ClientCredentials]>([
    ['what Vault finds where it runs', { ambient: true }],
    ['an identity token', { identityToken: { audience: 'vault', roleArn } }],
    ['a write-only key', writeOnly],
  ])('%s', (_, credentials) => {
    expect(warnings(client(credentials))).toEqual([`${WARNING}iam:GetUser`]);
  });

  test('all that the roles and STS roles on the mount need', () => {
    const build = client({ ambient: true }, {}, (stack, mount) => {
      new Ec2AuthRole(stack, 'web', { mount, roleName: 'web', boundIamRoleArns: [roleArn] });
      new StsRole(stack, 'sts', {
        mount,
        accountId: '222222222222',
        roleArn: 'arn:aws:iam::222222222222:role/vault',
      });
    });

    expect(warnings(build)).toEqual([
      `${WARNING}ec2:DescribeInstances, iam:GetInstanceProfile, iam:GetUser, sts:AssumeRole`,
    ]);
  });
});

describe('no such warning have', () => {
  test.each<[string, (stack: TerraformStack) => void]>([
    ['roles that need no look-up', client({ ambient: true }, { resolveAwsUniqueIds: false })],
    [
      'credentials whose permissions are listed',
      client({ ambient: true }, { grantedPermissions: ['look-up-users'] }),
    ],
    ['a key that this app grants', client(key)],
    ['a key that Vault keeps', client({ ambient: true, keepsKey: true })],
    [
      'an IAM role that this app grants',
      client(
        (stack, mount) =>
          new VaultIamRole(stack, 'vault_role', { permissionsFor: mount, roleArn }).credentials,
      ),
    ],
  ])('%s', (_, build) => {
    expect(warnings(build)).toEqual([]);
  });
});
