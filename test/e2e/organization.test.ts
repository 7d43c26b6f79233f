import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import type { App } from 'cdktf';
import { TRUSTED } from '../../examples/organization/accounts';
import { organization } from '../../examples/organization/stacks';
import { loginFields, signIdentityRequest } from '../../lib/operate/verify/signed-request';
import { BoundPrincipal, IamAuthRole } from '../../lib/constructs/vault';
import { methodStack } from './support/method-stack';
import { assumeRole, createRole, withoutEnforcement } from './support/other-account';
import { ACCOUNT, TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  // What an account has before: the role of its deployers, and its applications'.
  await withoutEnforcement(sandbox, async () => {
    for (const { accountId } of Object.values(TRUSTED)) {
      const iam = sandbox.iam(await assumeRole(sandbox, 'outsider', accountId));
      for (const name of ['deployer', 'invoices', 'shop']) {
        await createRole({ iam }, name);
      }
      await iam.send(
        new PutRolePolicyCommand({ RoleName: 'deployer', PolicyName: 'iam', PolicyDocument: IAM_ROLES }),
      );
    }
  });
});
afterAll(() => sandbox.stop());

const IAM_ROLES = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['iam:*Role*', 'iam:ListInstanceProfilesForRole'], Resource: '*' }],
});

const declare = (app: App) =>
  organization(app, { vaultAccount: ACCOUNT, awsEndpoints: sandbox.awsEndpoints });

const logIn = async (role: string, credentials: Parameters<typeof signIdentityRequest>[0]) => {
  const serverIdHeader = 'vault.example.com';
  const body = { role, ...loginFields(await signIdentityRequest(credentials, { serverIdHeader })) };
  const path = 'auth/aws_organization/login';
  return (await sandbox.vault<{ auth: { token_policies: string[] } }>('POST', path, body, '')).auth;
};

describe('an organization of three accounts', () => {
  let pipeline: Parameters<typeof logIn>[1];
  const states: string[] = [];

  beforeAll(async () => {
    pipeline = await sandbox.createUser('pipeline');
    for (const index of [0, 1]) {
      await sandbox.applyStack((app) => declare(app).accounts[index]!);
      expect(await sandbox.plannedChanges()).toBeUndefined();
      states.push(await sandbox.mustSucceed('state', 'pull'));
    }
    await sandbox.applyStack((app) => declare(app).vault);
  });

  test.each(['invoices', 'shop'])('an application of another account logs in: %s', async (name) => {
    const { accountId } = TRUSTED[name === 'shop' ? 'web' : 'billing'];

    const auth = await logIn(name, await assumeRole(sandbox, name, accountId));
    expect(auth.token_policies).toEqual(['default', name]);
  });

  test('a role of the same name in the other account is refused', async () => {
    await expect(
      logIn('invoices', await assumeRole(sandbox, 'invoices', TRUSTED.web.accountId)),
    ).rejects.toThrow('does not belong to the role');
  });

  test('a user of Vault’s own account logs in', async () => {
    expect((await logIn('pipeline', pipeline)).token_policies).toEqual(['default', 'pipeline']);
  });

  test('the next plan changes nothing', async () => {
    expect(await sandbox.plannedChanges()).toBeUndefined();
  });

  test('the states of the accounts hold no secret, and the stacks hand nothing out', () => {
    for (const state of states) {
      const { outputs, resources } = JSON.parse(state) as { outputs: object; resources: { type: string }[] };
      expect(outputs).toEqual({});
      expect(resources.map(({ type }) => type).sort()).toEqual([
        'aws_caller_identity',
        'aws_iam_role',
        'aws_iam_role_policy',
        'aws_partition',
      ]);
    }
  });
});

test("a bind into an account that Vault can't reach stops before it is written", async () => {
  const arn = `arn:aws:iam::${TRUSTED.web.accountId}:role/shop`;
  sandbox.synthStack(
    methodStack(sandbox, (mount, stack) => {
      const boundPrincipals = [BoundPrincipal.arn(arn)];
      new IamAuthRole(stack, 'role', { mount, roleName: 'shop', boundPrincipals });
    }),
  );
  await sandbox.init();

  const { exitCode, output } = await sandbox.terraform('plan', '-input=false');
  expect(exitCode).toBe(1);
  const said = output.replace(/[\s│]+/g, ' ');
  expect(said).toContain(
    `Vault can't look up in account ${TRUSTED.web.accountId}: its own account is ${ACCOUNT}, and the mount has no StsRole`,
  );
  expect(said).toMatch(/; bound by boundPrincipals\[0\] of '[^']*role' to 'arn:aws:iam::\d+:role\/shop'/);
});
