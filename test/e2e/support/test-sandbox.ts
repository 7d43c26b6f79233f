import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { App, type TerraformStack } from 'cdktf';
import type { AwsEndpoints } from '../../../lib/constructs/aws';
import { callVault, type VaultRequest } from '../../../lib/vault-api/vault-client';
import { sandboxEnvironment } from '../../../sandbox/environment';
import { getParts } from '../../../sandbox/parts';
import { SANDBOX_REGION } from '../../../sandbox/region';
import { SandboxFolder, type SandboxRecord } from '../../../sandbox/sandbox-folder';
import { sandboxSettings } from '../../../sandbox/sandbox-settings';
import { stopServers } from '../../../sandbox/running';
import type { AccessKey } from '../../../sandbox/servers';
import { stopServer } from '../../../sandbox/servers/server-process';
import { startServers } from '../../../sandbox/servers/start';
import { type Settings, VaultAwsAuthStack } from '../../../lib/constructs/stacks';
import { synth } from '../../../lib/constructs/checks';
import { Deployers } from './deployers';
import { type Ended, type InStack, initStack, runTerraform } from './terraform';
import { describeKept, sandboxes } from './sandboxes';
import { timed, timedNow } from './times';

/** The settings of the guide; the sandbox puts its addresses on top. */
export const GUIDE: Settings = { vault: { address: 'https://replaced-by-the-sandbox' } };

/** The account that moto makes everything in unless it is told otherwise. */
export const ACCOUNT = '123456789012';

/** A real Vault and moto for one test file, and Terraform on the guide's stack in them. */
export class TestSandbox {
  static async start(): Promise<TestSandbox> {
    const folder = new SandboxFolder(join(mkdtempSync(join(tmpdir(), 'e2e-')), 'sandbox'));
    const parts = await getParts();
    return new TestSandbox(folder, await timed('start servers', () => startServers(folder, parts)));
  }

  /** The stack that was synthesized last. */
  private stack = '';

  private readonly deployers = new Deployers(this);

  /** The environment of an administrator of both sides. */
  readonly env: Record<string, string>;

  private constructor(
    readonly folder: SandboxFolder,
    readonly record: SandboxRecord,
  ) {
    this.env = sandboxEnvironment(folder, record);
    sandboxes.add(this);
  }

  async stop(): Promise<void> {
    const leaves = sandboxes.leaves();
    if (leaves === 'all') {
      process.stderr.write(describeKept(this));
      return;
    }
    const { vault, aws } = this.record;
    if (leaves === 'files') {
      await Promise.all([stopServer(vault.process), stopServer(aws.process)]);
      return;
    }
    await timed('stop servers', () => stopServers(this.folder, this.record));
    rmSync(dirname(this.folder.path), { recursive: true });
  }

  get stackFolder(): string {
    return join(this.folder.cdkOut, 'stacks', this.stack);
  }

  /** Where the sandbox's Vault reaches its AWS. */
  get awsEndpoints(): AwsEndpoints {
    const { endpoint } = this.record.aws;
    return { iam: endpoint, sts: { url: endpoint, region: SANDBOX_REGION }, ec2: endpoint };
  }

  /** Synthesizes the stack of these settings, with the sandbox's addresses on top unless they are given whole. */
  synth(settings: Settings = GUIDE, whole = false): void {
    this.synthStack(
      (app) =>
        new VaultAwsAuthStack(
          app,
          'vault-aws-auth',
          whole ? settings : sandboxSettings(settings, this.record),
        ),
    );
  }

  /** Synthesizes any stack; what follows is about it. */
  synthStack(declare: (app: App) => TerraformStack): void {
    const app = new App({ outdir: this.folder.cdkOut });
    const stack = declare(app);
    this.stack = stack.node.id;
    timedNow('synth', () => synth(app));
    this.deployers.add(stack);
  }

  /** What follows is about the stack of this name, which something else synthesized into the sandbox's folder. */
  use(stack: string): void {
    this.stack = stack;
    this.deployers.leave();
  }

  /**
   * Runs terraform on the synthesized stack, with a token that may do what the stack needs of Vault and no more.
   * @returns its exit code and all that it printed
   */
  async terraform(...args: string[]): Promise<Ended> {
    return this.terraformAs(await this.deployers.token(args[0] === 'plan' ? 'plan' : 'apply'), ...args);
  }

  /** The same with another token. */
  async terraformAs(token: string, ...args: string[]): Promise<Ended> {
    return runTerraform(this.inStack(token), args);
  }

  /** Initialises the synthesized stack, unless it is for what it needs. @throws with what terraform printed */
  async init(): Promise<void> {
    const { exitCode, output } = await initStack(this.inStack(await this.deployers.token('apply')));
    if (exitCode !== 0) {
      throw new Error(`terraform init failed:\n${output}`);
    }
  }

  private inStack(token: string): InStack {
    return {
      program: this.record.parts.terraform.path,
      cwd: this.stackFolder,
      env: { ...this.env, VAULT_TOKEN: token, TF_CLI_ARGS: '-no-color' },
    };
  }

  /** Synthesizes and applies. @throws with what terraform printed */
  async apply(settings: Settings = GUIDE, whole = false): Promise<string> {
    this.synth(settings, whole);
    return this.applySynthesized();
  }

  /** Synthesizes any stack and applies it. @throws with what terraform printed */
  async applyStack(declare: (app: App) => TerraformStack): Promise<string> {
    this.synthStack(declare);
    return this.applySynthesized();
  }

  private async applySynthesized(): Promise<string> {
    await this.init();
    return this.mustSucceed('apply', '-input=false', '-auto-approve');
  }

  /** What a plan would change: nothing, or what terraform printed. */
  async plannedChanges(): Promise<string | undefined> {
    const { exitCode, output } = await this.terraform('plan', '-input=false', '-detailed-exitcode');
    if (exitCode === 1) {
      throw new Error(output);
    }
    return exitCode === 0 ? undefined : output;
  }

  async mustSucceed(...args: string[]): Promise<string> {
    const { exitCode, output } = await this.terraform(...args);
    if (exitCode !== 0) {
      throw new Error(`terraform ${args.join(' ')} failed:\n${output}`);
    }
    return output;
  }

  /** Asks Vault, as root unless another token is given. */
  async vault<T = Record<string, unknown>>(
    method: VaultRequest['method'],
    path: string,
    body?: object,
    token = this.record.vault.token,
  ): Promise<T> {
    const request = { method, path, body, token };
    return (await callVault({ vaultAddress: this.record.vault.address }, request)) as T;
  }

  /** A client of moto's IAM. @param key whose @default the administrator's */
  iam(key: AccessKey & { sessionToken?: string } = this.record.aws.admin): IAMClient {
    return new IAMClient({ endpoint: this.record.aws.endpoint, region: SANDBOX_REGION, credentials: key });
  }

  /** Makes an IAM user without any policy. */
  async createUser(UserName: string, iam = this.iam(), Path = '/'): Promise<AccessKey> {
    await iam.send(new CreateUserCommand({ UserName, Path }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  }
}
