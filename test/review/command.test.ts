import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { addReview } from '../../bin/commands/review';
import { runCommand } from '../support/command';
import { planOf, policy, role } from './support/plan';
import { foreign, unchanged, widened } from './support/samples';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-'));
  file('widened.json', planOf(widened));
  file('unchanged.json', planOf(unchanged));
  file('foreign.json', planOf(foreign));
  file('broken.json', planOf(widened).slice(0, -40));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const review = (args: readonly string[], input?: string) =>
  runCommand(addReview, ['review', ...args.map(inFolder)], input);

function inFolder(argument: string): string {
  return /^[\w ]+\.(?:json|md)$/.test(argument) ? join(folder, argument) : argument;
}

describe('a process', () => {
  test('ends with 2 where something is as severe as --fail-on, with 0 where nothing is, with 1 where it failed', async () => {
    const run = async (...args: string[]) => {
      const { exitCode, stdout, stderr } = await execa(
        process.execPath,
        ['--import', 'tsx', 'bin/vault-aws-auth.ts', 'review', ...args.map(inFolder)],
        { reject: false, input: planOf(widened) },
      );
      return { exitCode, stdout, stderr };
    };
    const [found, none, failed] = await Promise.all([
      run('--fail-on', 'medium'),
      run('widened.json', '--fail-on', 'high'),
      run('broken.json', '--fail-on', 'high'),
    ]);

    expect([found.exitCode, none.exitCode, failed.exitCode]).toEqual([2, 0, 1]);
    expect(found.stdout).toMatch(/^Plan review: 1 medium and 1 low\n/);
    expect(found.stderr).toBe('');
    expect(failed.stdout).toBe('');
    expect(failed.stderr).toMatch(/broken\.json is no JSON/);
    expect(failed.stderr).not.toContain('    at ');
  }, 120_000);

  test('ends as it would where nobody reads on', async () => {
    const command = `${process.execPath} --import tsx bin/vault-aws-auth.ts review --fail-on medium`;
    const { exitCode, stderr } = await execa(
      'bash',
      ['-o', 'pipefail', '-c', `${command} "$0" | true`, inFolder('widened.json')],
      {
        reject: false,
      },
    );

    expect([exitCode, stderr]).toEqual([2, '']);
  }, 120_000);

  test('ends at Ctrl-C in the middle of its work, and writes nothing', async () => {
    const policies = Array.from({ length: 30_000 }, (_, index) => ({
      type: 'vault_policy',
      name: `policy_${index}`,
      values: {
        name: `policy-${index}`,
        policy: `path "secret/data/${index}/*" { capabilities = ["read"] }`,
      },
    }));
    const long = file('long.json', planOf({ after: policies }));
    const out = join(folder, 'unfinished.md');
    const run = execa(
      process.execPath,
      ['--import', 'tsx', 'bin/vault-aws-auth.ts', 'review', long, '--out', out],
      { reject: false },
    );
    // It says that this will take a while.
    run.stderr.once('data', () => run.kill('SIGINT'));

    expect((await run).signal).toBe('SIGINT');
    expect(existsSync(out)).toBe(false);
  }, 120_000);
});

test('without --fail-on nothing that is found fails', async () => {
  expect(await review(['widened.json'])).toMatchObject({ exitCode: 0, failure: undefined, stderr: '' });
});

test('a baseline accepts what it names, and one with problems fails with all of them', async () => {
  const entry = {
    rule: 'access-gained',
    about: 'vault_aws_auth_backend_role.dev',
    reason: 'agreed',
    until: '2999-12-31',
  };
  file('baseline.json', JSON.stringify([entry]));
  file('bad.json', JSON.stringify([{ ...entry, reason: '', until: 'soon' }]));
  const accepted = await review(['widened.json', '--fail-on', 'medium', '--baseline', 'baseline.json']);
  const refused = await review(['widened.json', '--fail-on', 'medium', '--baseline', 'bad.json']);

  expect(accepted).toMatchObject({ exitCode: 0, failure: undefined });
  expect(accepted.stdout).toMatch(/^Plan review: 1 low, 1 accepted\n/);
  expect(refused.failure).toMatch(/2 problems in .*bad\.json/);
  expect(refused.stdout).toBe('');
});

test('it reads several files, and standard input where there is none or for -', async () => {
  const several = await review(['unchanged.json', 'foreign.json', '--format', 'json']);
  const dash = await review(['-', 'unchanged.json'], planOf(foreign));
  const { plans } = JSON.parse(several.stdout) as { plans: { name: string; reviewed: boolean }[] };

  expect(plans.map(({ name, reviewed }) => [name, reviewed])).toEqual([
    ['unchanged', true],
    ['foreign', false],
  ]);
  expect(dash.stdout).toContain("- plan 'standard input': not reviewed,");
});

test('a policy that one file has not is taken from another, which is named', async () => {
  const before = [policy('app', 'path "secret/data/app" { capabilities = ["read"] }')];
  const after = [policy('app', 'path "secret/data/app" { capabilities = ["read", "update"] }')];
  const dev = [role('dev', ['arn:aws:iam::123456789012:user/alice'], ['app'])];
  file('roles.json', planOf({ before: dev, after: dev }));
  file('policies.json', planOf({ before, after }));

  const text = await review(['roles.json', 'policies.json']);
  const json = await review(['roles.json', 'policies.json', '--format', 'json']);

  expect(text.stdout.replace(/\s+/g, ' ')).toContain(
    'user/alice gains update on secret/data/app through role dev (app from the plan policies, if both use the same Vault)',
  );
  expect(text.stdout).toContain('app is taken from policies, if both use the same Vault');
  const { plans } = JSON.parse(json.stdout) as { plans: { access: unknown[] }[] };
  expect(plans[0]!.access).toMatchObject([{ ofOthers: [{ policy: 'app', plan: 'policies' }] }]);
});

test('--out writes the file, and says so', async () => {
  const { exitCode, stdout, stderr } = await review([
    'widened.json',
    '--format',
    'markdown',
    '--out',
    'review.md',
    '--fail-on',
    'low',
  ]);

  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(`Plan review: 1 medium and 1 low: written to ${join(folder, 'review.md')}`);
  expect(readFileSync(join(folder, 'review.md'), 'utf8')).toMatch(/^## Plan review: 1 medium and 1 low\n/);
});

test('a plan of another provider alone is not taken for a good one', async () => {
  const { exitCode, stdout } = await review(['foreign.json', '--fail-on', 'info']);

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Plan review: nothing was reviewed\n/);
});

describe('what is no whole plan is a message, and never a report:', () => {
  const plan = (fields: Record<string, unknown>) => planOf({ ...unchanged, plan: fields });
  test.each([
    ['broken JSON', () => planOf(widened).slice(0, -40), /is no JSON \(\d+ characters/],
    ['nothing at all', () => '', /is no JSON \(0 characters/],
    [
      'another format_version',
      () => plan({ format_version: '2.0' }),
      /has format_version '2\.0', and only 1\.x/,
    ],
    ['no format_version', () => '{"resource_changes":[]}', /it has no format_version/],
    ['a plan that failed', () => plan({ errored: true }), /is of a plan that failed/],
    ['a state', () => '{"format_version":"1.0","values":{}}', /a state is for `vault-aws-auth access`/],
    [
      'a change without its actions',
      () => plan({ resource_changes: [{ address: 'a' }] }),
      /without address, type or actions/,
    ],
  ])(
    '%s',
    async (name, content, message) => {
      const path = file(`${name}.json`, content());
      // Beside a good one too.
      const { failure, stdout } = await review(['unchanged.json', path]);

      expect(failure).toMatch(message);
      expect(failure).toContain(path);
      expect(stdout).toBe('');
    },
    60_000,
  );

  test.each([
    ['a file that is not there', 'nowhere.json', /nowhere\.json is not there/],
    ['a folder', '.', /is a folder: name the plan file in it/],
  ])(
    '%s',
    async (_, path, message) => {
      const { failure, stdout } = await review([path]);

      expect(failure).toMatch(message);
      expect(stdout).toBe('');
    },
    60_000,
  );
});

test('fields that are not known change nothing, nor does a byte order mark', async () => {
  const path = file(
    'newer.json',
    `\ufeff${planOf({ ...widened, plan: { format_version: '1.99', novel: { a: [1] } } })}`,
  );
  const { exitCode, stdout } = await review([path, '--fail-on', 'medium']);

  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/^Plan review: 1 medium and 1 low\n/);
});

test('a plan file on standard input is refused: it is shown in its folder', async () => {
  expect((await review([], 'PK\u0003\u0004')).failure).toMatch(
    /standard input is a plan file[^]*name the file/,
  );
});

test('a plan file in a folder that is not initialised is refused, and what to do is said', async () => {
  const path = file('plan', Buffer.from('PK\u0003\u0004'));

  expect((await review([path])).failure).toMatch(/is initialised: run `\w+ init` in the stack's folder/);
});
