import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { AccessKey } from '../../sandbox/servers';
import { allow } from './support/fleet';
import { GUIDE_IAM_POLICY, vault } from './support/guide-by-hand';
import { Project } from './support/project';
import { ACCOUNT, TestSandbox } from './support/test-sandbox';

// A method that grew: nothing of it has the guide's names, and much is beside what the stack can have.
let sandbox: TestSandbox;
let project: Project;
let vaultKey: AccessKey;
let oldKeyId: string;
const tester = { UserName: 'tester' };
const owner = { UserName: 'vault-prod' };
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  project = new Project(sandbox);
  const iam = sandbox.iam();
  const Tags = [{ Key: 'team', Value: 'platform' }];
  const { Policy } = await iam.send(
    new CreatePolicyCommand({
      PolicyName: 'vault-lookups',
      Path: '/vault/',
      Description: 'What Vault looks up',
      PolicyDocument: allow(['iam:GetUser']),
      Tags,
    }),
  );
  // The version in force is not the first one.
  await iam.send(
    new CreatePolicyVersionCommand({
      PolicyArn: Policy!.Arn,
      PolicyDocument: JSON.stringify(GUIDE_IAM_POLICY),
      SetAsDefault: true,
    }),
  );
  await iam.send(new CreateUserCommand({ ...owner, Path: '/services/', Tags }));
  await iam.send(new AttachUserPolicyCommand({ ...owner, PolicyArn: Policy!.Arn }));
  await iam.send(
    new PutUserPolicyCommand({
      ...owner,
      PolicyName: 'extra',
      PolicyDocument: JSON.stringify(GUIDE_IAM_POLICY),
    }),
  );
  await iam.send(new CreateGroupCommand({ GroupName: 'services' }));
  await iam.send(new AddUserToGroupCommand({ ...owner, GroupName: 'services' }));
  const { AccessKey: old } = await iam.send(new CreateAccessKeyCommand(owner));
  oldKeyId = old!.AccessKeyId!;
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand(owner));
  vaultKey = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  await iam.send(new CreateUserCommand(tester));

  const { endpoint } = sandbox.record.aws;
  await vault(sandbox, [
    'auth',
    'enable',
    '-path=prod/aws',
    '-description=ours',
    '-max-lease-ttl=48h',
    'aws',
  ]);
  await sandbox.vault('POST', 'auth/prod/aws/config/client', {
    access_key: vaultKey.accessKeyId,
    secret_key: vaultKey.secretAccessKey,
    iam_endpoint: endpoint,
    sts_endpoint: endpoint,
    sts_region: 'us-east-1',
    iam_server_id_header_value: 'vault.test',
    max_retries: 3,
  });
  await sandbox.vault('POST', 'auth/prod/aws/config/identity', { iam_alias: 'unique_id' });
  await sandbox.vault('POST', 'auth/prod/aws/config/sts/222222222222', {
    sts_role: 'arn:aws:iam::222222222222:role/vault',
  });
  await sandbox.vault('POST', 'sys/policies/acl/app', {
    policy: 'path "secret/data/app" { capabilities = ["read"] }',
  });
  await sandbox.vault('POST', 'sys/policies/acl/json', {
    policy: '{"path": {"secret/data/json": {"capabilities": ["read"]}}}',
  });
  await sandbox.vault('POST', 'auth/prod/aws/role/app', {
    auth_type: 'iam',
    bound_iam_principal_arn: [`arn:aws:iam::${ACCOUNT}:user/tester`, `arn:aws:iam::222222222222:role/app`],
    resolve_aws_unique_ids: false,
    token_policies: ['json', 'app', 'gone'],
    token_ttl: 1200,
    token_max_ttl: 5400,
    token_explicit_max_ttl: 7200,
    token_num_uses: 9,
    token_bound_cidrs: ['127.0.0.0/8'],
    token_type: 'service',
  });
  await sandbox.vault('POST', 'auth/prod/aws/role/fleet', {
    auth_type: 'ec2',
    bound_region: 'us-east-1',
  });
});
afterAll(() => sandbox.stop());

const adopt = (...args: string[]) =>
  project.run('vault-aws-auth.ts', ['adopt', '--mount=prod/aws', '--force', ...args]);

test('what the stack can not have is named, each with its place', async () => {
  const { exitCode, stdout, stderr } = await adopt('--test-user=tester', '--json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { findings } = JSON.parse(stdout) as { findings: { place: string; what: string }[] };

  expect(findings.map(({ place, what }) => `${place}: ${what}`)).toEqual([
    'Vault policy app: the stack manages one policy, json; this one stays with the role by its name',
    'Vault policy gone: the role names it and Vault has none of this name; the name stays with the role',
    expect.stringMatching(`^access key ${vaultKey.accessKeyId}: its secret is only in Vault`),
    'auth/prod/aws/tune max_lease_ttl: the stack does not tune the mount',
    'auth/prod/aws/config/identity iam_alias: the stack has no identity configuration',
    'auth/prod/aws/role/fleet: a role of type ec2; the stack has one role, of type iam',
    'auth/prod/aws/config/sts/222222222222: the stack trusts no other account',
    `IAM user vault-prod: the stack has one access key; the user also has ${oldKeyId}`,
    'IAM user vault-prod: the stack has no inline policies; the user has extra',
    'IAM user vault-prod: the stack puts the user in no group; the user is in services',
    'IAM user tester: it has no active access key, and the test user of the stack has one: it is left out',
  ]);
});

test('the plan imports the rest and changes nothing, and is empty after the apply', async () => {
  await project.synth();
  sandbox.use('vault-aws-auth');
  await sandbox.init();

  expect(await sandbox.plannedChanges()).toContain('Plan: 8 to import, 0 to add, 0 to change, 0 to destroy.');

  await sandbox.mustSucceed('apply', '-input=false', '-auto-approve');
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('what was left is as it was', async () => {
  const read = async (path: string) => (await sandbox.vault<{ data: object }>('GET', path)).data;

  expect(await read('sys/mounts/auth/prod/aws/tune')).toMatchObject({ max_lease_ttl: 172_800 });
  expect(await read('auth/prod/aws/config/identity')).toMatchObject({ iam_alias: 'unique_id' });
  expect(await read('auth/prod/aws/role/fleet')).toMatchObject({ bound_region: ['us-east-1'] });
});

describe('adopt refuses, and writes nothing, where', () => {
  const refused = async (...args: string[]) => {
    const before = project.read('settings.ts');
    const { exitCode, stderr } = await adopt(...args);
    expect(exitCode).toBe(1);
    expect(project.read('settings.ts')).toBe(before);
    return stderr;
  };

  test('two roles would fit and none is chosen', async () => {
    await sandbox.vault('POST', 'auth/prod/aws/role/other', {
      auth_type: 'iam',
      bound_iam_principal_arn: `arn:aws:iam::${ACCOUNT}:user/*`,
    });

    expect(await refused()).toContain(
      'auth/prod/aws/role: the stack has one role; choose it with --role; got app, other',
    );
  });

  test('the role has a bind that Vault never matches', async () => {
    await sandbox.vault('POST', 'auth/prod/aws/role/root', {
      auth_type: 'iam',
      bound_iam_principal_arn: `arn:aws:iam::${ACCOUNT}:root`,
      resolve_aws_unique_ids: false,
    });

    expect(await refused('--role=root')).toMatch(
      /Nothing was written, because this can't be adopted:\n {2}\[vault-aws-auth\/role\] bound principal: the root user of an account never matches/,
    );
  });

  test('the role is of another type', async () => {
    expect(await refused('--role=fleet')).toContain('got one of type ec2');
  });

  test('the client configuration has headers that the settings have no word for', async () => {
    await sandbox.vault('POST', 'auth/prod/aws/config/client', { allowed_sts_header_values: 'X-Own' });

    expect(await refused('--role=app')).toContain(
      'auth/prod/aws/config/client: the settings have no allowed_sts_header_values; got X-Own',
    );
  });

  test('no IAM user has the key that Vault has', async () => {
    await sandbox.iam().send(new DeleteAccessKeyCommand({ ...owner, AccessKeyId: vaultKey.accessKeyId }));

    expect(await refused('--role=app')).toContain(
      `access key ${vaultKey.accessKeyId}: Vault has it, and AWS finds no IAM user with it`,
    );
  });

  test('the mount has no client configuration', async () => {
    const { address: vaultAddress, token } = sandbox.record.vault;
    await fetch(`${vaultAddress}/v1/auth/prod/aws/config/client`, {
      method: 'DELETE',
      headers: { 'X-Vault-Token': token },
    });

    expect(await refused('--role=app')).toContain('auth/prod/aws/config/client: there is no access key');
  });
});
