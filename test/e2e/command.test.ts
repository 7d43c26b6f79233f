import { readdirSync } from 'node:fs';
import { execa } from 'execa';
import { type PolicyRule, renderHcl } from '../../lib/policy';

const run = (...args: string[]) => start('node', 'bin/vault-aws-auth.js', ...args);

const start = async (program: string, ...args: string[]) => {
  const { exitCode, stdout, stderr } = await execa(program, args, {
    // No credentials, and a Vault that is not there: the settings' default address.
    env: {
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
    },
    reject: false,
  });
  return { exitCode, stdout, stderr };
};

test('npx vault-aws-auth --help names the commands', async () => {
  const { exitCode, stdout } = await start('npx', 'vault-aws-auth', '--help');

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/verify[^]*check[^]*doctor/);
});

test('check lists what is wide in settings.ts, fails on it where it is strict, and writes nothing', async () => {
  const before = readdirSync('.');
  const lenient = await run('check');
  const strict = await run('check', '--strict', '--json');

  expect(lenient).toMatchObject({ exitCode: 0, stderr: '' });
  expect(lenient.stdout).toContain('(bind-all-principals)');
  expect(strict.exitCode).toBe(1);
  expect(JSON.parse(strict.stdout)).toMatchObject({
    problems: [],
    warnings: [{ id: 'bind-all-principals', path: 'vault-aws-auth/role' }],
    acknowledged: [],
  });
  expect(readdirSync('.')).toEqual(before);
});

test('doctor finds every part that these tests run on', async () => {
  const { exitCode, stdout } = await run('doctor', '--json');

  expect(exitCode).toBe(0);
  const parts = JSON.parse(stdout) as { name: string; status: string }[];
  expect(parts.filter(({ status }) => ['fetch', 'build', 'missing'].includes(status))).toEqual([]);
  expect(parts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['terraform', 'vault', 'provider-vault', 'provider-aws', 'moto']),
  );
});

test('verify without credentials says so, what to do, and ends with 1', async () => {
  const { exitCode, stdout, stderr } = await run('verify');

  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/No AWS credentials were found[^]*What to do: Set AWS_PROFILE/);
  expect(stderr).not.toContain('    at ');
});

test('verify as the test user of a stack that is not deployed says so', async () => {
  const { exitCode, stderr } = await run('verify', '--test-user');

  expect(exitCode).toBe(1);
  expect(stderr).toContain('npx cdktf deploy');
});

test('deployer-policy prints what the stack of settings.ts needs to be applied, or planned, as a policy or as rules', async () => {
  const apply = await run('deployer-policy');
  const rules = JSON.parse((await run('deployer-policy', '--apply', '--json')).stdout) as PolicyRule[];
  const plan = await run('deployer-policy', '--plan');

  expect([apply.exitCode, apply.stderr, plan.exitCode, plan.stderr]).toEqual([0, '', 0, '']);
  expect(apply.stdout.trim()).toBe(renderHcl(rules).trim());
  expect(apply.stdout).toContain('path "sys/auth/aws_test" {');
  expect(plan.stdout).not.toMatch(/sys\/auth|"(?:create|delete|sudo)"/);
});

test('deployer-policy is asked for one of the two', async () => {
  expect(await run('deployer-policy', '--plan', '--apply')).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining("option '--plan' cannot be used with option '--apply'") as string,
  });
});
