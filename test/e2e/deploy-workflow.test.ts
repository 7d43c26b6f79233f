import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListUsersCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { renderHcl } from '../../lib/policy';
import { cdktfArguments } from '../../sandbox/cdktf';
import { SANDBOX_REGION } from '../../sandbox/region';
import { sandboxSettings } from '../../sandbox/sandbox-settings';
import { VaultAwsAuthStack } from '../../lib/constructs/stacks';
import { deployerRules } from '../../lib/constructs/vault';
import { settings } from '../../settings';
import { testApp } from '../support/app';
import { type Claims, GitHub, ON_MAIN, ON_PULL_REQUEST } from './support/github';
import { assumeRole, createRole, withoutEnforcement } from './support/other-account';
import { TestSandbox } from './support/test-sandbox';
import { WorkflowJob } from './support/workflow';

const DEPLOYMENTS = ['plan', 'apply'] as const;
type Deployment = (typeof DEPLOYMENTS)[number];

const { repository, ref } = ON_MAIN;
const ROLES = { plan: { repository }, apply: { repository, ref } };

/** What README.md lists, and for a plan the reading of it. */
const IN_AWS = {
  plan: ['iam:Get*', 'iam:List*'],
  apply: ['iam:*User*', 'iam:*AccessKey*', 'iam:*Policy*'],
};

/** The account of the workflow file. */
const ACCOUNT = '111111111111';

let sandbox: TestSandbox;
let github: GitHub;
beforeAll(async () => {
  [sandbox, github] = await Promise.all([TestSandbox.start(), GitHub.start()]);
  await trustInVault();
  await withoutEnforcement(sandbox, trustInAws);
});
afterAll(async () => {
  github.stop();
  await sandbox.stop();
});

/** The commands of the workflow's comment, but for the key, which Vault gets from GitHub there. */
async function trustInVault(): Promise<void> {
  const stack = new VaultAwsAuthStack(testApp(), 'vault-aws-auth', sandboxSettings(settings, sandbox.record));
  await sandbox.vault('POST', 'sys/auth/github', { type: 'jwt' });
  await sandbox.vault('POST', 'auth/github/config', {
    jwt_validation_pubkeys: [github.publicKey],
    bound_issuer: GitHub.issuer,
  });
  for (const deployment of DEPLOYMENTS) {
    const name = `vault-aws-auth-${deployment}`;
    const policy = renderHcl(deployerRules(stack, deployment));
    await sandbox.vault('POST', `sys/policies/acl/${name}`, { policy });
    await sandbox.vault('POST', `auth/github/role/${name}`, {
      role_type: 'jwt',
      user_claim: 'repository',
      bound_audiences: [sandbox.record.vault.address],
      bound_claims: ROLES[deployment],
      token_policies: [name],
      token_no_default_policy: true,
      token_ttl: '15m',
      token_max_ttl: '15m',
    });
  }
}

async function trustInAws(): Promise<void> {
  const iam = sandbox.iam(await assumeRole(sandbox, 'administrator', ACCOUNT));
  for (const deployment of DEPLOYMENTS) {
    const RoleName = `vault-aws-auth-${deployment}`;
    await createRole({ iam }, RoleName);
    const Statement = [{ Effect: 'Allow', Action: IN_AWS[deployment], Resource: '*' }];
    await iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: 'deployer',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
      }),
    );
  }
}

describe('the steps of deploy.yml', () => {
  let job: WorkflowJob;
  beforeEach(() => {
    job = new WorkflowJob('deploy.yml', 'deploy');
  });
  afterEach(() => job.remove());

  /** What the job finds in its environment: no credentials of the sandbox's administrator, on neither side. */
  function environment(deployment: Deployment): Record<string, string> {
    const foreign = /^(?:VAULT_TOKEN|AWS_(?:ACCESS|SECRET)\w*)$/;
    const env = Object.entries(sandbox.env).filter(([name]) => !foreign.test(name));
    return { ...Object.fromEntries(env), ...github.env, DEPLOYMENT: deployment, CI: 'true' };
  }

  function logIn(deployment: Deployment, claims: Claims) {
    github.job = claims;
    return job.run('Log in to Vault', environment(deployment));
  }

  /**
   * What aws-actions/configure-aws-credentials does, which runs at GitHub only. moto knows no call without a signature,
   * and looks at neither the token nor the trust policy.
   */
  async function becomeRole(deployment: Deployment): Promise<Record<string, string>> {
    const { 'role-to-assume': role } = job.step('Become the role in AWS').with!;
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = github.env;
    const answer = await fetch(`${url}&audience=sts.amazonaws.com`, {
      headers: { Authorization: `Bearer ${bearer}` },
    });
    const { value } = (await answer.json()) as { value: string };
    const sts = new STSClient({ endpoint: sandbox.record.aws.endpoint, region: SANDBOX_REGION });
    const { Credentials: credentials } = await withoutEnforcement(sandbox, () =>
      sts.send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn: role!.replace('${{ env.DEPLOYMENT }}', deployment),
          RoleSessionName: 'GitHubActions',
          WebIdentityToken: value,
        }),
      ),
    );
    return {
      AWS_ACCESS_KEY_ID: credentials!.AccessKeyId!,
      AWS_SECRET_ACCESS_KEY: credentials!.SecretAccessKey!,
      AWS_SESSION_TOKEN: credentials!.SessionToken!,
    };
  }

  async function deploy(deployment: Deployment, claims: Claims, step: 'Plan' | 'Apply') {
    expect(await logIn(deployment, claims)).toMatchObject({ exitCode: 0 });
    const identity = await becomeRole(deployment);
    // The lock step asks the registry even where a mirror has all providers.
    const where = ['--skip-provider-lock', '--no-color', ...cdktfArguments(sandbox.folder)];
    return job.run(step, { ...environment(deployment), ...identity }, where);
  }

  test('apply on main, into the account of the role', async () => {
    const { exitCode, output } = await deploy('apply', ON_MAIN, 'Apply');

    expect([exitCode, output]).toEqual([0, expect.stringContaining('Apply complete!')]);
    const iam = sandbox.iam(await assumeRole(sandbox, 'vault-aws-auth-apply', ACCOUNT));
    const { Users } = await iam.send(new ListUsersCommand({}));
    expect(Users).not.toEqual([]);
  });

  test('plan on a pull request, with other roles, and after the apply there is nothing to change', async () => {
    const { exitCode, output } = await deploy('plan', ON_PULL_REQUEST, 'Plan');

    expect([exitCode, output]).toEqual([0, expect.stringContaining('No changes.')]);
  });

  test('mask what is secret as soon as it is known, and print nothing else', async () => {
    const { output } = await logIn('plan', ON_PULL_REQUEST);
    const { VAULT_TOKEN: token } = job.handedOn;

    expect(token).toMatch(/^hvs\./);
    expect(output.split('\n')).toEqual([
      expect.stringMatching(/^::add-mask::ey\S+$/),
      `::add-mask::${token}`,
    ]);
  });

  test('stop at a login that is refused, and hand no token on', async () => {
    const { exitCode, output } = await logIn('apply', ON_PULL_REQUEST);

    expect([exitCode, output]).toEqual([22, expect.stringContaining('400')]);
    expect(job.handedOn).toEqual({});
  });
});

describe('Vault', () => {
  const logIn = async (deployment: Deployment, claims: Claims) => {
    const jwt = github.sign({ ...ON_MAIN, aud: sandbox.record.vault.address, ...claims });
    const body = { role: `vault-aws-auth-${deployment}`, jwt };
    return sandbox.vault<{ auth: object }>('POST', 'auth/github/login', body, '');
  };

  test('gives a token that lasts for a quarter of an hour, and holds the one policy', async () => {
    expect((await logIn('apply', {})).auth).toMatchObject({
      token_policies: ['vault-aws-auth-apply'],
      lease_duration: 900,
    });
  });

  test.each<[string, Deployment, Claims]>([
    ['another branch', 'apply', { ref: 'refs/heads/feature' }],
    ['another repository', 'plan', { repository: 'example/fork' }],
    ['another issuer', 'plan', { iss: 'https://issuer.example.com' }],
    ['a token for another audience', 'plan', { aud: 'https://other.example.com' }],
    ['a token that is over', 'plan', { nbf: 1_600_000_000, iat: 1_600_000_000, exp: 1_600_000_300 }],
  ])('refuses %s', async (_, deployment, claims) => {
    await expect(logIn(deployment, claims)).rejects.toMatchObject({ status: 400 });
  });
});

test('the workflow’s comment has the roles that were tried here', () => {
  const workflow = readFileSync(join(__dirname, '../../examples/workflows/deploy.yml'), 'utf8');

  for (const [role, claims] of Object.entries(ROLES)) {
    expect(workflow).toContain(`auth/github/role/vault-aws-auth-${role}`);
    expect(workflow).toContain(
      `"bound_claims": ${JSON.stringify(claims).replaceAll('":"', '": "').replaceAll(',', ', ')}`,
    );
  }
});
