import { join } from 'node:path';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { GroupsStack } from '../../examples/groups/stack';
import { GuideStack } from '../../examples/guide/stack';
import { Ec2Stack } from '../../examples/ec2/stack';
import { IdentityCenterStack } from '../../examples/identity-center/stack';
import { InferenceStack } from '../../examples/inference/stack';
import { KeylessStack } from '../../examples/keyless/stack';
import { PoliciesStack } from '../../examples/policies/stack';
import { RotationStack } from '../../examples/rotation/stack';
import { readPolicyFile } from '../../lib/constructs';
import { loginFields, signIdentityRequest } from '../../lib/operate/verify/signed-request';
import { SANDBOX_REGION } from '../../sandbox/region';
import { ec2Login, inferredLogin } from './support/ec2-login';
import { Directory } from './support/groups';
import { identityDocument, type Instance, runInstance, tagInstance } from './support/instance';
import { IdentityAuthority } from './support/instance-identity';
import { assumeRole, EVERYBODY, withoutEnforcement } from './support/other-account';
import { TestSandbox } from './support/test-sandbox';
import { VaultSession } from './support/vault-session';

let sandbox: TestSandbox;
const session = new VaultSession();
beforeAll(async () => (sandbox = await TestSandbox.start()));
afterAll(async () => {
  await sandbox.stop();
  session.remove();
});

const serverIdHeader = 'vault.example.com';
const logIn = async (mount: string, role: string, credentials: Parameters<typeof signIdentityRequest>[0]) => {
  const fields = loginFields(await signIdentityRequest(credentials, { serverIdHeader }));
  const body = { role, ...fields };
  return (
    await sandbox.vault<{ auth: { client_token: string; token_policies: string[] } }>(
      'POST',
      `auth/${mount}/login`,
      body,
      '',
    )
  ).auth;
};

test('guide: its test user logs in', async () => {
  await sandbox.applyStack((app) => new GuideStack(app, 'guide', { awsEndpoints: sandbox.awsEndpoints }));

  const state = JSON.parse(await sandbox.mustSucceed('show', '-json')) as {
    values: { root_module: { resources: { address: string; values: { id: string; secret: string } }[] } };
  };
  const { values } = state.values.root_module.resources.find(({ address }) =>
    address.startsWith('aws_iam_access_key.test_user'),
  )!;
  const auth = await logIn('aws_guide', 'guide', { accessKeyId: values.id, secretAccessKey: values.secret });
  expect(auth.token_policies).toEqual(['default', 'guide']);
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('ec2: an instance logs in, and a tag narrows what it gets', async () => {
  const authority = new IdentityAuthority();
  const instance = await runInstance(sandbox, { name: 'web' });
  await sandbox.applyStack(
    (app) =>
      new Ec2Stack(app, 'ec2', {
        awsEndpoints: sandbox.awsEndpoints,
        amiIds: [instance.imageId],
        vpcId: instance.vpcId,
        certificate: authority.certificate,
      }),
  );
  const logInAs = (instance: Instance) => {
    const document = identityDocument(instance);
    const identity = { document, signature: authority.sign(document) };
    return ec2Login(sandbox, { mountPath: 'aws_ec2', role: 'web', identity, nonce: 'n' });
  };

  // The role asks for a tag, and there is none yet.
  await expect(logInAs(instance)).rejects.toMatchObject({
    errors: [expect.stringContaining('missing tag with key "vault-role"')],
  });
  const outputs = JSON.parse(await sandbox.mustSucceed('output', '-json')) as Record<
    string,
    { value: string }
  >;
  await tagInstance(sandbox, instance, 'vault-role', outputs.pages_only_tag!.value);

  expect((await logInAs(instance)).token_policies).toEqual(['default', 'web-pages']);
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('inference: an instance logs in by its profile, and the role’s other sessions do not', async () => {
  const instance = await runInstance(sandbox, { name: 'worker' });
  await sandbox.applyStack(
    (app) =>
      new InferenceStack(app, 'inference', {
        awsEndpoints: sandbox.awsEndpoints,
        instanceRoleName: 'worker',
        region: SANDBOX_REGION,
        vpcId: instance.vpcId,
      }),
  );
  const login = { mountPath: 'aws_inference', role: 'worker', instance, serverIdHeader };

  const auth = await inferredLogin(sandbox, login);
  expect(auth).toMatchObject({
    token_policies: ['default', 'worker'],
    metadata: { inferred_entity_id: instance.instanceId },
  });
  await expect(inferredLogin(sandbox, { ...login, sessionName: 'laptop' })).rejects.toThrow();
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('policies: each principal reads its own folder, and the file is unchanged in Vault', async () => {
  const operators = await readPolicyFile(join(__dirname, '../../examples/policies/operators.hcl'));
  await sandbox.applyStack(
    (app) => new PoliciesStack(app, 'policies', { awsEndpoints: sandbox.awsEndpoints, operators }),
  );

  const { data } = await sandbox.vault<{ data: { policy: string } }>('GET', 'sys/policies/acl/operators');
  expect(data.policy).toBe(operators.text);

  const secret = { data: { word: 'hello' } };
  await sandbox.vault('POST', 'secret/data/accounts/123456789012/shared', secret);
  await sandbox.vault('POST', 'secret/data/accounts/222222222222/shared', secret);
  const alice = await logIn('aws_policies', 'people', await sandbox.createUser('alice'));
  const token = alice.client_token;
  expect(
    await sandbox.vault('GET', 'secret/data/accounts/123456789012/shared', undefined, token),
  ).toMatchObject({ data: secret });
  await expect(
    sandbox.vault('GET', 'secret/data/accounts/222222222222/shared', undefined, token),
  ).rejects.toThrow('permission denied');
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('groups: members log in by one role, and get what their groups get', async () => {
  const directory = new Directory(sandbox);
  const dora = await directory.user('dora', '/teams/');
  await directory.group('developers', 'dora');
  await directory.group('operators');
  await sandbox.applyStack((app) => new GroupsStack(app, 'groups', { awsEndpoints: sandbox.awsEndpoints }));

  const { client_token, entity_id, identity_policies } = await directory.logIn(
    dora,
    'member',
    'aws_groups',
    serverIdHeader,
  );
  expect(identity_policies).toEqual(['own-folder', 'read-app']);
  const own = `secret/data/people/${entity_id}/note`;
  await sandbox.vault('POST', own, { data: { word: 'hello' } }, client_token);
  await expect(
    sandbox.vault('POST', 'secret/data/people/another/note', { data: {} }, client_token),
  ).rejects.toThrow('permission denied');
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('identity-center: each person gets what the lists say, and the permission set alone the handbook', async () => {
  const path = 'aws-reserved/sso.amazonaws.com/eu-central-1/';
  const roleName = 'AWSReservedSSO_Developer_0123456789abcdef';
  await sandbox.iam().send(
    new CreateRoleCommand({
      RoleName: roleName,
      Path: `/${path}`,
      AssumeRolePolicyDocument: EVERYBODY,
    }),
  );
  await sandbox.applyStack(
    (app) =>
      new IdentityCenterStack(app, 'identity-center', {
        awsEndpoints: sandbox.awsEndpoints,
        permissionSet: 'Developer',
        region: 'eu-central-1',
        developers: ['alice@example.com', 'bob@example.com'],
        operators: ['bob@example.com'],
      }),
  );

  const directory = new Directory(sandbox);
  const logInAs = async (person: string, role: string) =>
    directory.logIn(
      await assumeRole(sandbox, `${path}${roleName}`, undefined, person),
      role,
      'aws_people',
      serverIdHeader,
    );
  expect((await logInAs('alice@example.com', 'person')).identity_policies).toEqual(['people-read-app']);
  expect((await logInAs('bob@example.com', 'person')).identity_policies).toEqual([
    'people-read-app',
    'people-write-infrastructure',
  ]);
  expect((await logInAs('carol@example.com', 'reader')).token_policies).toEqual([
    'default',
    'people-read-handbook',
  ]);
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('keyless: Vault looks a user up by the role that it has where it runs', async () => {
  await sandbox.applyStack((app) => new KeylessStack(app, 'keyless', { awsEndpoints: sandbox.awsEndpoints }));
  const person = await sandbox.createUser('keyless-person');
  await expect(logIn('aws_keyless', 'people', person)).rejects.toThrow('NoCredentialProviders');

  // As EC2 does for an instance with the profile: nobody else may become the role.
  session.become(await withoutEnforcement(sandbox, () => assumeRole(sandbox, 'vault_keyless')));
  await sandbox.vault('POST', 'auth/aws_keyless/config/client', { max_retries: -1 });

  const auth = await logIn('aws_keyless', 'people', person);
  expect(auth.token_policies).toEqual(['default', 'keyless']);
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('rotation: the key is replaced when its number is counted up', async () => {
  const keyInVault = async () =>
    (await sandbox.vault<{ data: { access_key: string } }>('GET', 'auth/aws_rotation/config/client')).data
      .access_key;
  const person = await sandbox.createUser('rotation-person');
  const apply = (accessKeyGeneration: number) =>
    sandbox.applyStack(
      (app) =>
        new RotationStack(app, 'rotation', { awsEndpoints: sandbox.awsEndpoints, accessKeyGeneration }),
    );
  await apply(1);
  const before = await keyInVault();

  await apply(2);

  expect(await keyInVault()).not.toBe(before);
  expect((await logIn('aws_rotation', 'people', person)).token_policies).toEqual(['default', 'rotation']);
  expect(await sandbox.plannedChanges()).toBeUndefined();
});
