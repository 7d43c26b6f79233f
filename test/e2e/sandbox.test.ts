import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { SandboxFolder, type SandboxRecord } from '../../sandbox/sandbox-folder';
import { whatRuns } from '../../sandbox/running';
import { until } from '../support/until';

const folder = new SandboxFolder(join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'sandbox'));

const options = {
  env: {
    VAULT_AWS_AUTH_SANDBOX: folder.path,
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    VAULT_ADDR: 'http://127.0.0.1:9',
  },
  all: true,
  reject: false,
  stdin: 'ignore',
  // A process group of its own, as on a terminal.
  detached: true,
} as const;

const printed: string[] = [];

/** Runs `npm run sandbox -- ARGS`, as a person does. */
async function sandbox(...args: string[]): Promise<{ exitCode: number; all: string }> {
  const { exitCode, all } = await execa('npm', ['run', '--silent', 'sandbox', '--', ...args], options);
  printed.push(all);
  return { exitCode: exitCode ?? -1, all };
}

afterAll(async () => {
  await sandbox('down');
  rmSync(dirname(folder.path), { recursive: true });
});

describe('one run after the other', () => {
  let first: SandboxRecord;
  const secrets: string[] = [];

  test('npm run sandbox deploys by cdktf, shows a verified login, and leaves all running', async () => {
    const { exitCode, all } = await sandbox();

    expect(exitCode).toBe(0);
    expect(all).toContain('arn:aws:iam::123456789012:user/dev_account');
    expect(all).toMatch(/^Verified:/m);
    first = folder.read()!;
    expect(all).toContain(first.vault.address);
    expect(all).toContain('npm run sandbox -- down');
    expect(await whatRuns(first)).toEqual({ vault: true, moto: true });
  });

  test('status says so, for machines too and without a secret', async () => {
    const { exitCode, all } = await sandbox('status', '--json');

    expect(exitCode).toBe(0);
    expect(JSON.parse(all)).toEqual({
      started: true,
      vault: { running: true, address: first.vault.address, pid: first.vault.process.pid },
      moto: { running: true, endpoint: first.aws.endpoint, pid: first.aws.process.pid },
      folder: folder.path,
    });
  });

  test('a second run uses what runs', async () => {
    const { exitCode, all } = await sandbox();

    expect(exitCode).toBe(0);
    expect(all).toMatch(/^Verified:/m);
    expect(folder.read()).toEqual(first);
  });

  test('verify can be asked alone, and answers in JSON', async () => {
    const { exitCode, all } = await sandbox('verify', '--json');

    expect(exitCode).toBe(0);
    expect(JSON.parse(all)).toMatchObject({ ok: true, role: 'dev_role' });
  });

  test('exec gives a command the sandbox’s addresses, and its exit code back', async () => {
    expect((await sandbox('exec', 'vault', 'list', 'auth/aws_test/role')).all).toContain('dev_role');
    expect((await sandbox('exec', 'vault', 'read', 'auth/aws_test/role/none')).exitCode).toBe(2);
    expect((await sandbox('exec', 'no-such-command')).all).toContain("'no-such-command' is not on PATH");
  });

  test('the login command among the outputs works unchanged, with the key from the environment', async () => {
    const outputs = JSON.parse(
      (
        await sandbox(
          'exec',
          'sh',
          '-c',
          `cd ${folder.cdkOut}/stacks/vault-aws-auth && terraform output -json`,
        )
      ).all.trim(),
    ) as Record<string, { value: string }>;
    secrets.push(outputs.test_user_secret_access_key!.value);
    printed.pop();

    const { all } = await sandbox(
      'exec',
      'env',
      `AWS_ACCESS_KEY_ID=${outputs.test_user_access_key_id!.value}`,
      `AWS_SECRET_ACCESS_KEY=${outputs.test_user_secret_access_key!.value}`,
      'VAULT_TOKEN=',
      `HOME=${dirname(folder.path)}`,
      ...outputs.login_command!.value.split(' '),
    );
    // The command shows the token of this login to whoever runs it.
    printed.pop();

    expect(all).toMatch(/token_policies\s+\["default" "dev_policy"\]/);
  });

  test('cdktf diff works on it by hand, and sees no change', async () => {
    const { exitCode, all } = await sandbox('exec', 'cdktf', 'diff');

    expect(all).toContain('No changes');
    expect(exitCode).toBe(0);
  });

  test('no secret is in what was printed, in the logs, or in cdk.out', async () => {
    const { vault, aws } = folder.read()!;
    const state = JSON.parse(readFileSync(join(folder.path, 'state/vault-aws-auth.tfstate'), 'utf8')) as {
      resources: { type: string; instances: { attributes: { secret?: string } }[] }[];
    };
    secrets.push(
      vault.token,
      aws.admin.secretAccessKey,
      ...state.resources
        .filter(({ type }) => type === 'aws_iam_access_key')
        .map(({ instances }) => instances[0]!.attributes.secret!),
    );
    const texts = new Map([['what was printed', printed.join('\n')]]);
    for (const place of [folder.cdkOut, folder.logs]) {
      for (const file of readdirSync(place, { recursive: true, withFileTypes: true })) {
        // The providers are links to the parts.
        if (file.isFile() && !file.parentPath.includes('.terraform/providers')) {
          texts.set(join(file.parentPath, file.name), await textOf(join(file.parentPath, file.name)));
        }
      }
    }

    expect(secrets).toHaveLength(5);
    expect(texts.size).toBeGreaterThan(4);
    const leaks = [...texts].filter(([, text]) => secrets.some((secret) => text.includes(secret)));
    expect(leaks.map(([place]) => place)).toEqual([]);
  });

  test('its files are for their owner only', () => {
    expect(statSync(folder.path).mode & 0o077).toBe(0);
  });

  test('down destroys the stack, stops both servers, and leaves no file', async () => {
    const { exitCode, all } = await sandbox('down');

    expect(all).toContain('Nothing is left of the sandbox.');
    expect(exitCode).toBe(0);
    expect(await whatRuns(first)).toEqual({ vault: false, moto: false });
    expect(existsSync(folder.path)).toBe(false);
  });

  test('without a sandbox, each command says so', async () => {
    expect(await sandbox('down')).toEqual({ exitCode: 0, all: 'No sandbox runs here.' });
    expect(await sandbox('status')).toMatchObject({
      exitCode: 1,
      all: expect.stringContaining('No sandbox runs here') as string,
    });
    expect(await sandbox('verify')).toMatchObject({
      exitCode: 1,
      all: expect.stringContaining('npm run sandbox') as string,
    });
  });
});

/** A file's text; of a plan, which is a zip, that of all its entries. */
async function textOf(file: string): Promise<string> {
  const bytes = readFileSync(file);
  return bytes.subarray(0, 2).toString() === 'PK'
    ? (
        await execa(
          'python3',
          [
            '-c',
            'import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nfor n in z.namelist(): sys.stdout.buffer.write(z.read(n))',
            file,
          ],
          { encoding: 'buffer' },
        )
      ).stdout.toString()
    : bytes.toString('latin1');
}

describe('when a run goes wrong', () => {
  test('Ctrl-C in the middle stops what was started and leaves no file', async () => {
    // Without npm, which would end by the signal itself and hide the exit code.
    const run = execa(process.execPath, ['--import', 'tsx', 'bin/sandbox.ts'], options);
    await new Promise<void>((resolve) =>
      run.all.on('data', (text: Buffer) => text.includes('cdktf deploy') && resolve()),
    );
    // In the middle of it.
    await until(() => existsSync(join(folder.cdkOut, 'manifest.json')));
    const started = folder.read()!;

    // As a terminal does: to all of its processes.
    process.kill(-run.pid!, 'SIGINT');
    const { exitCode } = await run;

    expect(exitCode).toBe(130);

    expect(await whatRuns(started)).toEqual({ vault: false, moto: false });
    expect(existsSync(folder.path)).toBe(false);
  });

  test('a second start at the same time is refused, and the first goes on', async () => {
    const results = await Promise.all([sandbox(), sandbox()]);

    expect(results.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
    expect(results.find(({ exitCode }) => exitCode === 1)!.all.trim()).toBe(
      `Another command is at work on the sandbox in ${folder.path}. Wait until it ends.`,
    );
    expect((await sandbox('down')).exitCode).toBe(0);
    expect(existsSync(`${folder.path}.lock`)).toBe(false);
  });

  test('down says that Vault is gone already, and drops the state', async () => {
    await sandbox();
    const { vault, aws } = folder.read()!;
    process.kill(vault.process.pid, 'SIGKILL');
    await until(async () => !(await whatRuns({ vault, aws } as SandboxRecord)).vault);

    const { exitCode, all } = await sandbox('down');

    expect(all).toContain(
      'Vault is gone already, with everything that the stack made in it: dropping its state',
    );
    expect(exitCode).toBe(0);
    expect(await whatRuns({ vault, aws } as SandboxRecord)).toEqual({ vault: false, moto: false });
    expect(existsSync(folder.path)).toBe(false);
  });

  test('--ephemeral does it all and leaves nothing', async () => {
    const { exitCode, all } = await sandbox('--ephemeral');

    expect(all).toMatch(/^Verified:/m);
    expect(exitCode).toBe(0);
    expect(existsSync(folder.path)).toBe(false);
  });
});
