import { existsSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { execa } from 'execa';
import { SandboxFolder } from '../../sandbox/sandbox-folder';
import { stopServers, whatRuns } from '../../sandbox/running';

/** Runs jest on a test file that fails. @returns what it printed, and the folder of the sandbox that it names */
async function failing(env: Record<string, string> = {}, args: readonly string[] = []) {
  // The configuration says which files are tests; the fixture is none.
  const file = resolve('jest.config.cjs');
  const { projects } = (await import(file)) as { projects: { displayName: string }[] };
  const e2e = projects.find(({ displayName }) => displayName === 'e2e');
  const testMatch = [resolve(__dirname, 'fixtures/failing.ts')];
  const config = JSON.stringify({ ...e2e, rootDir: resolve('.'), testMatch, globalSetup: undefined });
  const { all = '' } = await execa('jest', ['--config', config, ...args], {
    preferLocal: true,
    env,
    all: true,
    reject: false,
  });
  return {
    printed: all,
    folder: new SandboxFolder(/\/\S*\/sandbox(?=\/cdk\.out\/stacks\/vault-aws-auth)/.exec(all)![0]),
  };
}

test('a failing test leaves its stack, and says what the servers said and how to run it alone', async () => {
  const { printed, folder } = await failing();
  try {
    expect(printed).toContain('Tests:       1 failed, 1 passed');
    expect(printed).toMatch(/vault\.log since the test began:\n.*of-the-failing-test/);
    expect(printed).toMatch(/moto\.log since the test began:\n.*POST/);
    expect(printed).toContain(
      String.raw`KEEP_SANDBOX=1 npx jest test/e2e/fixtures/failing.ts -t '^what isn'\''t so fails \(always\)$'`,
    );
    expect(existsSync(`${folder.cdkOut}/stacks/vault-aws-auth/cdk.tf.json`)).toBe(true);
    expect(await whatRuns(folder.read()!)).toEqual({ vault: false, moto: false });
  } finally {
    rmSync(dirname(folder.path), { recursive: true });
  }
});

test('that line runs one test, and its sandbox goes on', async () => {
  const { printed, folder } = await failing({ KEEP_SANDBOX: '1' }, [
    '-t',
    String.raw`^what isn't so fails \(always\)$`,
  ]);
  const record = folder.read()!;
  try {
    expect(printed).toContain('Tests:       1 failed, 1 skipped');
    expect(await whatRuns(record)).toEqual({ vault: true, moto: true });
    expect(printed).toContain(`VAULT_AWS_AUTH_SANDBOX=${folder.path} npm run sandbox -- exec`);
    expect(printed).toContain(
      `kill ${record.vault.process.pid} ${record.aws.process.pid}; rm -r ${folder.path}`,
    );
  } finally {
    await stopServers(folder, record);
    rmSync(dirname(folder.path), { recursive: true });
  }
});
