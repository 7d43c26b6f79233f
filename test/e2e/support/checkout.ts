import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { App } from 'cdktf';
import { execa } from 'execa';
import { renderHcl } from '../../../lib/policy';
import { deployerRules } from '../../../lib/constructs/vault';
import { type Claims, GitHub, ON_MAIN, ON_PULL_REQUEST } from './github';
import { Directory } from './groups';
import { assumeRole, createRole } from './other-account';
import { Platform } from './platform';
import { ReviewedStack } from './reviewed-stack';
import { runTerraform } from './terraform';
import { TestSandbox } from './test-sandbox';
import { timed } from './times';
import { WorkflowJob } from './workflow';

export type Deployment = 'plan' | 'apply';

export const STACK = 'people';
/** Another one, which is not deployed. */
export const OTHER_STACK = 'audit';
export const COMMIT = '1f0c2d3e4b5a69788796a5b4c3d2e1f001122334';

const { repository } = ON_MAIN;

/** What the workflows' comments say that Vault's roles are bound to. */
export const BOUND_CLAIMS: Readonly<Record<Deployment, Claims>> = {
  plan: { repository: repository! },
  apply: { repository: repository!, environment: 'production' },
};

/** What the workflows' comments and README.md say that the roles in AWS may do. */
const IN_AWS: Readonly<Record<Deployment, readonly string[]>> = {
  plan: ['iam:Get*', 'iam:List*'],
  apply: ['iam:*User*', 'iam:*AccessKey*', 'iam:*Policy*', 'iam:GetGroup'],
};

/** A repository whose stack is deployed in a sandbox, and the platform that runs its workflows. */
export class Checkout {
  static async start(): Promise<Checkout> {
    const [sandbox, github, platform] = await Promise.all([
      TestSandbox.start(),
      GitHub.start(),
      Platform.start(),
    ]);
    const checkout = new Checkout(sandbox, github, platform);
    try {
      await checkout.trust();
      const directory = new Directory(sandbox);
      for (const [group, user] of [
        ['developers', 'alice'],
        ['operators', 'bob'],
      ] as const) {
        await directory.user(user);
        await directory.group(group, user);
      }
      return checkout;
    } catch (error) {
      // Nobody else can: there is nothing that was started.
      await checkout.stop();
      throw error;
    }
  }

  readonly path: string;
  private readonly jobs: WorkflowJob[] = [];

  private constructor(
    readonly sandbox: TestSandbox,
    readonly github: GitHub,
    readonly platform: Platform,
  ) {
    this.path = join(sandbox.folder.path, '../checkout');
    mkdirSync(join(this.path, '.github'), { recursive: true });
    for (const path of ['bin', 'settings.ts', 'package.json', 'tsconfig.json', 'tsconfig.app.json']) {
      cpSync(path, join(this.path, path), { recursive: true });
    }
    for (const path of ['lib', 'node_modules']) {
      symlinkSync(resolve(path), join(this.path, path));
    }
    const config = JSON.parse(readFileSync('cdktf.json', 'utf8')) as object;
    const app = `node --import tsx ${resolve('test/e2e/fixtures/reviewed-app.ts')}`;
    writeFileSync(join(this.path, 'cdktf.json'), JSON.stringify({ ...config, app }));
    // The stand-in alone, not the folder that it is in.
    mkdirSync(join(this.path, '.tools'));
    copyFileSync(join(__dirname, 'gh'), join(this.path, '.tools/gh'));
  }

  async stop(): Promise<void> {
    this.jobs.forEach((job) => job.remove());
    this.github.stop();
    this.platform.stop();
    await this.sandbox.stop();
  }

  /** Deploys the stack, as its administrator. */
  async deploy(): Promise<void> {
    const { env, record } = this.sandbox;
    await timed('cdktf synth', async () =>
      execa('npx', ['cdktf', 'synth'], { cwd: this.path, env, extendEnv: false }),
    );
    const inStack = { program: record.parts.terraform.path, cwd: this.stackFolder, env };
    for (const args of [['init'], ['apply', '-auto-approve']]) {
      const { exitCode, output } = await runTerraform(inStack, [...args, '-input=false']);
      if (exitCode !== 0) {
        throw new Error(`terraform ${args[0]} failed:\n${output}`);
      }
    }
  }

  get stackFolder(): string {
    return join(this.path, 'cdk.out/stacks', STACK);
  }

  /** What the repository's state holds in clear, which is what nobody may see. */
  secrets(): string[] {
    const state = readFileSync(join(this.path, 'state', `${STACK}.tfstate`), 'utf8');
    return [...state.matchAll(/"secret": "([^"]+)"/g)].map(([, secret]) => secret!);
  }

  /** Puts a file into the checkout, as an artifact that was downloaded. */
  write(path: string, content: Buffer): void {
    writeFileSync(join(this.path, path), content);
  }

  /** Takes away what a job leaves behind. */
  clean(): void {
    const left = [
      'cdk.out',
      'review.md',
      'review.sarif',
      'comment.md',
      'note.md',
      '.aws-id-token',
      'plan.cms',
    ];
    for (const path of left) {
      rmSync(join(this.path, path), { recursive: true, force: true });
    }
  }

  /** A new job, on a fresh checkout. */
  job(file: string, name: string, expressions: Readonly<Record<string, string>> = {}): WorkflowJob {
    this.clean();
    const job = new WorkflowJob(file, name, {
      cwd: this.path,
      expressions: { 'github.token': 'token-of-the-job', ...expressions },
    });
    this.jobs.push(job);
    return job;
  }

  /** What a job finds in its environment: no credentials of the sandbox's administrator, on neither side. */
  environment(proposed: boolean): Record<string, string> {
    const foreign = /^(?:VAULT_TOKEN|AWS_(?:ACCESS|SECRET)\w*)$/;
    const env = Object.entries(this.sandbox.env).filter(([name]) => !foreign.test(name));
    return {
      ...Object.fromEntries(env),
      ...this.github.env,
      PATH: [join(this.path, '.tools'), this.sandbox.env.PATH].join(delimiter),
      CI: 'true',
      GITHUB_API_URL: this.platform.url,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: String(repository),
      GITHUB_REF_NAME: 'main',
      GITHUB_SHA: COMMIT,
      GITHUB_RUN_ID: '42',
      STACK,
      STACKS: STACK,
      PROPOSED: String(proposed),
    };
  }

  /** Logs in to both sides: in Vault by the job's own step, in AWS as aws-actions/configure-aws-credentials would. */
  async logIn(job: WorkflowJob, deployment: Deployment, proposed: boolean): Promise<Record<string, string>> {
    this.github.job = deployment === 'plan' ? ON_PULL_REQUEST : { ...ON_MAIN, environment: 'production' };
    const env = this.environment(proposed);
    const { exitCode, output } = await job.run('Log in to Vault', env);
    if (exitCode !== 0) {
      throw new Error(output);
    }
    const arn = job.step('Become the role in AWS').with!['role-to-assume']!;
    const session = await assumeRole(this.sandbox, arn.split('/')[1]!);
    return {
      ...env,
      AWS_ACCESS_KEY_ID: session.accessKeyId,
      AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
      AWS_SESSION_TOKEN: session.sessionToken,
    };
  }

  /** What the workflows' comments say to set up. */
  private async trust(): Promise<void> {
    const { sandbox, github } = this;
    await sandbox.vault('POST', 'sys/auth/github', { type: 'jwt' });
    await sandbox.vault('POST', 'auth/github/config', {
      jwt_validation_pubkeys: [github.publicKey],
      bound_issuer: GitHub.issuer,
    });
    const app = new App({ outdir: sandbox.folder.cdkOut });
    const { awsEndpoints } = sandbox;
    // To plan what is proposed, the policy of what is there does.
    const declared = {
      plan: new ReviewedStack(app, 'before', { awsEndpoints, proposed: false }),
      apply: new ReviewedStack(app, 'after', { awsEndpoints, proposed: true }),
    };
    for (const deployment of ['plan', 'apply'] as const) {
      const name = `vault-aws-auth-${deployment}`;
      const policy = renderHcl(deployerRules(declared[deployment], deployment));
      await sandbox.vault('POST', `sys/policies/acl/${name}`, { policy });
      await sandbox.vault('POST', `auth/github/role/${name}`, {
        role_type: 'jwt',
        user_claim: 'repository',
        bound_audiences: [sandbox.record.vault.address],
        bound_claims: BOUND_CLAIMS[deployment],
        token_policies: [name],
        token_no_default_policy: true,
        token_ttl: '15m',
        token_max_ttl: '15m',
      });
      await createRole({ iam: sandbox.iam() }, name);
      const Statement = [{ Effect: 'Allow', Action: IN_AWS[deployment], Resource: '*' }];
      await sandbox.iam().send(
        new PutRolePolicyCommand({
          RoleName: name,
          PolicyName: 'deployer',
          PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
        }),
      );
    }
  }
}
