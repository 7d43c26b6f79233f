import { DeleteAccessKeyCommand, DeleteUserCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { TerraformOutput } from 'cdktf';
import { TestUser } from '../../lib/constructs/aws';
import { loginFields, signIdentityRequest } from '../../lib/operate/verify/signed-request';
import type { AccessKey } from '../../sandbox/servers';
import {
  type AwsAuthMount,
  AwsCertificate,
  BoundPrincipal,
  IamAuthRole,
  StsRole,
} from '../../lib/constructs/vault';
import { allow } from './support/fleet';
import { IdentityAuthority } from './support/instance-identity';
import { methodStack, MOUNT } from './support/method-stack';
import { assumeRole, createRole, withoutEnforcement } from './support/other-account';
import { TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => (sandbox = await TestSandbox.start()));
afterAll(() => sandbox.stop());

const bindTo = (mount: AwsAuthMount, principal: BoundPrincipal) =>
  new IamAuthRole(mount.node.scope!, 'role', { mount, roleName: 'app', boundPrincipals: [principal] });

const logIn = async (key: AccessKey) =>
  sandbox.vault<{ auth: object }>(
    'POST',
    `auth/${MOUNT}/login`,
    { role: 'app', ...loginFields(await signIdentityRequest(key)) },
    '',
  );

const deleteUser = async (UserName: string, { accessKeyId: AccessKeyId }: AccessKey) => {
  await sandbox.iam().send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
  await sandbox.iam().send(new DeleteUserCommand({ UserName }));
};

const REFUSED = { errors: [expect.stringContaining('does not belong to the role')] };

describe('a principal that was deleted and made again logs in after one apply', () => {
  test('if this app makes it, no matter who deleted it', async () => {
    const declare = methodStack(sandbox, (mount, stack) => {
      const user = new TestUser(stack, 'user', { userName: 'alice' });
      bindTo(mount, BoundPrincipal.of(user.user));
      new TerraformOutput(stack, 'accessKeyId', { value: user.accessKeyId, staticId: true });
      new TerraformOutput(stack, 'secretAccessKey', {
        value: user.secretAccessKey,
        sensitive: true,
        staticId: true,
      });
    });
    const key = async () => {
      const outputs = JSON.parse(await sandbox.mustSucceed('output', '-json')) as {
        [name in keyof AccessKey]: { value: string };
      };
      return { accessKeyId: outputs.accessKeyId.value, secretAccessKey: outputs.secretAccessKey.value };
    };
    await sandbox.applyStack(declare);
    await logIn(await key());

    await deleteUser('alice', await key());
    await sandbox.applyStack(declare);

    await logIn(await key());
    expect(await sandbox.plannedChanges()).toBeUndefined();
  });

  test.each([true, false])('where the app looks it up (and not where it does not): %s', async (looksUp) => {
    const name = looksUp ? 'bob' : 'carol';
    const principal = looksUp ? BoundPrincipal.userFromLookup(name) : BoundPrincipal.user(name);
    const declare = methodStack(sandbox, (mount) => bindTo(mount, principal));
    const before = await sandbox.createUser(name);
    await sandbox.applyStack(declare);
    await logIn(before);

    await deleteUser(name, before);
    const after = await sandbox.createUser(name);
    await expect(logIn(after)).rejects.toMatchObject(REFUSED);
    await sandbox.applyStack(declare);

    if (looksUp) {
      await logIn(after);
      expect(await sandbox.plannedChanges()).toBeUndefined();
      return;
    }
    // What the docs say to run.
    await expect(logIn(after)).rejects.toMatchObject(REFUSED);
    await sandbox.mustSucceed(
      'apply',
      '-input=false',
      '-auto-approve',
      '-replace=vault_aws_auth_backend_role.role',
    );
    await logIn(after);
  });

  test('where the app looks an IAM role up', async () => {
    await createRole({ iam: sandbox.iam() }, 'worker');
    const declare = methodStack(sandbox, (mount) => bindTo(mount, BoundPrincipal.roleFromLookup('worker')));
    await sandbox.applyStack(declare);

    expect(await sandbox.plannedChanges()).toBeUndefined();
  });
});

test('an STS role whose account changed leaves nothing at the old path', async () => {
  const stsRole = (accountId: string) =>
    methodStack(sandbox, (mount, stack) => {
      const roleArn = `arn:aws:iam::${accountId}:role/vault`;
      new StsRole(stack, 'other', { mount, accountId, roleArn });
    });
  await sandbox.applyStack(stsRole('222222222222'));

  await sandbox.applyStack(stsRole('333333333333'));

  const { data } = await sandbox.vault<{ data: { keys: string[] } }>(
    'GET',
    `auth/${MOUNT}/config/sts?list=true`,
  );
  expect(data.keys).toEqual(['333333333333']);
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('a bind into another account resolves by the STS role, which is written first', async () => {
  const accountId = '444444444444';
  await withoutEnforcement(sandbox, async () => {
    const iam = sandbox.iam(await assumeRole(sandbox, 'outsider', accountId));
    await createRole({ iam }, 'vault');
    await createRole({ iam }, 'app');
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'vault',
        PolicyName: 'lookups',
        PolicyDocument: allow(['iam:GetRole']),
      }),
    );
  });

  await sandbox.applyStack(
    methodStack(sandbox, (mount, stack) => {
      bindTo(mount, BoundPrincipal.arn(`arn:aws:iam::${accountId}:role/app`));
      new StsRole(stack, 'other', { mount, accountId, roleArn: `arn:aws:iam::${accountId}:role/vault` });
    }),
  );

  const { data } = await sandbox.vault<{ data: { bound_iam_principal_id: string[] } }>(
    'GET',
    `auth/${MOUNT}/role/app`,
  );
  expect(data.bound_iam_principal_id).toHaveLength(1);
});

test('a certificate of any length plans no change the second time', async () => {
  await sandbox.applyStack(
    methodStack(sandbox, (mount, stack) => {
      for (const remainder of [0, 1, 2] as const) {
        new AwsCertificate(stack, `certificate_${remainder}`, {
          mount,
          certificateName: `length-${remainder}`,
          pem: IdentityAuthority.withPemLength(remainder).certificate,
        });
      }
    }),
  );

  expect(await sandbox.plannedChanges()).toBeUndefined();
});
