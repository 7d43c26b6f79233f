import { PutUserPolicyCommand, UpdateUserCommand } from '@aws-sdk/client-iam';
import { App, TerraformStack } from 'cdktf';
import { SelfRotatingIamUser } from '../../lib/constructs/aws';
import { restoreClient } from '../../lib/operate/runbook';
import { useProviders, useStateBackend } from '../../lib/constructs/stacks';
import {
  AwsAuthClient,
  AwsAuthMount,
  deployerRules,
  type Deployment,
  IamGroups,
} from '../../lib/constructs/vault';
import { adminSide } from './support/admin-side';
import { AuditLog, operations } from './support/audit-log';
import { AwsProxy } from './support/aws-proxy';
import { allow } from './support/fleet';
import { Directory } from './support/groups';
import { TestSandbox } from './support/test-sandbox';

const MOUNT = 'team/aws';
const UserName = 'vault_auth';

let sandbox: TestSandbox;
let audit: AuditLog;
let directory: Directory;
let proxy: AwsProxy;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  audit = await AuditLog.start(sandbox);
  directory = new Directory(sandbox);
  for (const user of ['alice', 'bob', 'carol']) {
    await directory.user(user);
  }
  await directory.group('developers', 'alice', 'bob');
  // moto lacks the one call, without which the user is not deleted; the answer is AWS's to a user that has none.
  const none =
    '<ListServiceSpecificCredentialsResult><ServiceSpecificCredentials/></ListServiceSpecificCredentialsResult>';
  proxy = await AwsProxy.start(sandbox, { answers: { ListServiceSpecificCredentials: none } });
});
afterAll(async () => {
  proxy.stop();
  await sandbox.stop();
});

/** Groups, and a key that Vault replaces: entities, groups of identity, and endpoints that are only written. */
const stackOf =
  (policies: readonly string[], rotation: number) =>
  (app: App): TerraformStack => {
    const stack = new TerraformStack(app, 'beyond');
    useProviders(stack);
    useStateBackend(stack, { kind: 'local' });
    const mount = new AwsAuthMount(stack, 'mount', { path: MOUNT, identity: { iamAlias: 'unique_id' } });
    const { credentials } = new SelfRotatingIamUser(stack, 'vault_user', { permissionsFor: mount, rotation });
    const endpoints = sandbox.awsEndpoints;
    new AwsAuthClient(stack, 'client', { mount, credentials, endpoints, maxRetries: rotation });
    new IamGroups(stack, 'groups', { mount, roleName: 'people', groups: { developers: policies } });
    return stack;
  };

const rulesOf = (deployment: Deployment) =>
  deployerRules(stackOf(['developer'], 1)(new App({ outdir: sandbox.folder.cdkOut })), deployment);

test('the policies for a stack of groups and a rotated key allow what is asked for it, and nothing more', async () => {
  await expect(sandbox.applyStack(stackOf(['developer'], 1))).rejects.toThrow('restore-client');
  const { address: vaultAddress, token } = sandbox.record.vault;
  await restoreClient({ vaultAddress, token, mountPath: MOUNT }, adminSide(sandbox), UserName);
  // moto takes no action of IAM that is allowed on one user for allowed: what our policy says, on all.
  const PolicyDocument = allow(['iam:GetUser', 'iam:CreateAccessKey', 'iam:DeleteAccessKey']);
  await sandbox.iam().send(new PutUserPolicyCommand({ UserName, PolicyName: 'moto', PolicyDocument }));
  await sandbox.applyStack(stackOf(['developer'], 1));
  expect(await sandbox.plannedChanges()).toBeUndefined();

  // An entity's metadata, members, and the policies of the group: made, changed and deleted.
  await sandbox.iam().send(new UpdateUserCommand({ UserName: 'alice', NewUserName: 'alicia' }));
  await directory.leave('developers', 'bob');
  await directory.join('developers', 'carol');
  await sandbox.applyStack((app) => {
    const stack = stackOf(['developer', 'another'], 2)(app);
    stack.addOverride('resource.vault_auth_backend.mount.description', 'Another description');
    return stack;
  });
  expect(await sandbox.plannedChanges()).toBeUndefined();
  Object.assign(sandbox.env, { AWS_ENDPOINT_URL: proxy.url });
  await sandbox.mustSucceed('destroy', '-input=false', '-auto-approve');

  for (const deployment of ['plan', 'apply'] as const) {
    const rules = rulesOf(deployment);
    expect(audit.asked(`deployer-${deployment}`, rules)).toEqual(operations(rules));
  }
});
