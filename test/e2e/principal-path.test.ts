import { CreateAccessKeyCommand, CreateUserCommand } from '@aws-sdk/client-iam';
import { loginFields, signIdentityRequest } from '../../lib/operate/verify/signed-request';
import { BoundPrincipal, IamAuthRole } from '../../lib/constructs/vault';
import { methodStack, MOUNT } from './support/method-stack';
import { ACCOUNT, TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => (sandbox = await TestSandbox.start()));
afterAll(() => sandbox.stop());

// Vault compares a name that it does not resolve with the ARN without the path, and a wildcard with the whole ARN.
test('a user with a path logs in, however it is bound, resolved or not', async () => {
  const user = { UserName: 'alice', Path: '/teams/blue/' };
  await sandbox.iam().send(new CreateUserCommand(user));
  const { AccessKey } = await sandbox.iam().send(new CreateAccessKeyCommand({ UserName: 'alice' }));
  const key = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  const binds = {
    name: BoundPrincipal.user('alice', '/teams/blue/'),
    lookup: BoundPrincipal.userFromLookup('alice'),
    arn: BoundPrincipal.arn(`arn:aws:iam::${ACCOUNT}:user/teams/blue/alice`),
    wildcard: BoundPrincipal.arn(`arn:aws:iam::${ACCOUNT}:user/teams/*`),
  };
  const roles = Object.entries(binds).flatMap(([bind, principal]) =>
    [true, false].map((resolve) => ({ roleName: `${bind}_${resolve}`, principal, resolve })),
  );

  await sandbox.applyStack(
    methodStack(sandbox, (mount, stack) => {
      for (const { roleName, principal, resolve } of roles) {
        new IamAuthRole(stack, roleName, {
          mount,
          roleName,
          boundPrincipals: [principal],
          resolveAwsUniqueIds: resolve,
        });
      }
    }),
  );

  for (const { roleName: role } of roles) {
    const fields = loginFields(await signIdentityRequest(key));
    await sandbox.vault('POST', `auth/${MOUNT}/login`, { role, ...fields }, '');
  }
  expect(roles).toHaveLength(8);
  expect(await sandbox.plannedChanges()).toBeUndefined();
});
