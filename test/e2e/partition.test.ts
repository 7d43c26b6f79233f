import { TerraformStack } from 'cdktf';
import { VaultIamUser } from '../../lib/constructs/aws';
import { useProviders, useStateBackend } from '../../lib/constructs/stacks';
import { AwsAuthClient, AwsAuthMount, BoundPrincipal, IamAuthRole } from '../../lib/constructs/vault';
import { TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
});
afterAll(() => sandbox.stop());

/** A whole method, whose AWS provider has its region from the environment: us-east-1. */
const synth = (arn: string) =>
  sandbox.synthStack((app) => {
    const stack = new TerraformStack(app, 'method');
    useProviders(stack);
    useStateBackend(stack, { kind: 'local' });
    const mount = new AwsAuthMount(stack, 'mount', { path: 'aws_partition' });
    const { credentials } = new VaultIamUser(stack, 'vault_user', { permissionsFor: mount });
    new AwsAuthClient(stack, 'client', {
      mount,
      credentials,
      // An emulator has the region of the stack, so only the bind tells the partition.
      endpoints: { iam: sandbox.record.aws.endpoint },
      useStsRegionFromClient: true,
    });
    const boundPrincipals = [BoundPrincipal.arn(arn)];
    new IamAuthRole(stack, 'role', { mount, roleName: 'app', boundPrincipals });
    return stack;
  });

test('a bind of another partition than that of the credentials stops before anything is made', async () => {
  synth('arn:aws-cn:iam::123456789012:user/*');
  await sandbox.init();

  const { exitCode, output } = await sandbox.terraform('apply', '-input=false', '-auto-approve');

  expect(exitCode).toBe(1);
  expect(output.replace(/[\s│]+/g, ' ')).toContain(
    "the region of the AWS provider must be of the partition 'aws-cn', as these are: boundPrincipals[0] of 'method/role': 'arn:aws-cn:iam::123456789012:user/*'; got 'aws'",
  );
  expect((await sandbox.terraform('state', 'list')).output).not.toContain('vault_');
  expect(await sandbox.vault('GET', 'sys/auth')).not.toHaveProperty('aws_partition/');
});

test('a bind of the partition of the credentials is applied', async () => {
  synth('arn:aws:iam::123456789012:user/*');
  await sandbox.init();

  await sandbox.mustSucceed('apply', '-input=false', '-auto-approve');
  expect(await sandbox.vault('GET', 'sys/auth')).toHaveProperty(['aws_partition/']);
});
