import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import { TerraformStack } from 'cdktf';
import { useProviders, useStateBackend } from '../../lib/constructs/stacks';
import { AwsAuthMount, BoundPrincipal, IamAuthRole, kv2, VaultPolicy } from '../../lib/constructs';
import { refusal } from './support/ec2-login';
import { methodStack, MOUNT } from './support/method-stack';
import { TestSandbox } from './support/test-sandbox';
import { loginFields, signIdentityRequest } from '../../lib/operate/verify/signed-request';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  sandbox.synthStack(
    methodStack(sandbox, () => {}, {
      identity: { iamAlias: 'unique_id' },
      permissionsFor: ['look-up-users'],
    }),
  );
  await sandbox.init();
  await sandbox.mustSucceed('apply', '-input=false', '-auto-approve');
});
afterAll(() => sandbox.stop());

const teamStack = (path: string) => (app: ConstructorParameters<typeof TerraformStack>[0]) => {
  const stack = new TerraformStack(app, 'team');
  useProviders(stack);
  useStateBackend(stack, { kind: 'local' });
  // A second provider of the same Vault: the names below are its own.
  const provider = new VaultProvider(stack, 'other', { alias: 'other' });
  const mount = AwsAuthMount.fromPath(stack, 'mount', {
    path,
    identity: { iamAlias: 'unique_id' },
    provider,
  });
  const policy = new VaultPolicy(stack, 'policy', {
    policyName: 'team',
    provider,
    rules: kv2.read('secret', `${mount.iamAliasMetadata.template('account_id')}/*`),
  });
  new IamAuthRole(stack, 'role', {
    mount,
    roleName: 'team',
    boundPrincipals: [BoundPrincipal.user('alice')],
    policies: [policy],
  });
  return stack;
};

test('a team adds a role to a mount that another app owns, and a user logs in by it', async () => {
  const key = await sandbox.createUser('alice');
  sandbox.synthStack(teamStack(MOUNT));
  await sandbox.init();
  await sandbox.mustSucceed('apply', '-input=false', '-auto-approve');

  const body = { role: 'team', ...loginFields(await signIdentityRequest(key, {})) };
  const { auth } = await sandbox.vault<{ auth: { token_policies: string[] } }>(
    'POST',
    `auth/${MOUNT}/login`,
    body,
    '',
  );
  expect(auth.token_policies).toEqual(['default', 'team']);
  expect((await sandbox.terraform('plan', '-input=false')).output).toContain('No changes.');

  await sandbox.mustSucceed('destroy', '-input=false', '-auto-approve');
  expect(await sandbox.vault('GET', 'sys/auth')).toHaveProperty(`${MOUNT}/`);
  await expect(sandbox.vault('POST', `auth/${MOUNT}/login`, body, '')).rejects.toMatchObject(
    refusal('entry for role team not found'),
  );
});

test('a mount that is not there, or of another method, stops the plan', async () => {
  await sandbox.vault('POST', 'sys/auth/people', { type: 'userpass' });
  for (const [path, message] of [
    ['nowhere', 'nowhere'],
    ['people', "must be a mount of the AWS auth method; got 'people' of type userpass"],
  ] as const) {
    sandbox.synthStack(teamStack(path));
    await sandbox.init();
    const { exitCode, output } = await sandbox.terraform('plan', '-input=false');

    expect(exitCode).toBe(1);
    expect(output.replace(/[\s│]+/g, ' ')).toContain(message);
  }
});
