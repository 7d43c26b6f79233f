import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addCheck } from '../../../bin/commands/check';
import { CHECK_VARIABLE, synthApp, VaultAwsAuthStack } from '../../../lib/constructs/stacks';
import { runCommand } from '../../support/command';

const ROOT = resolve(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'check-own-app-'));
afterAll(() => rmSync(folder, { recursive: true }));

let number = 0;
/** Runs check on an app that prints or does this. */
const check = (lines: string[], ...args: string[]) => {
  const file = join(folder, `app-${(number += 1)}.mjs`);
  writeFileSync(file, lines.join('\n'));
  return runCommand(addCheck, ['check', '--app', `node ${file}`, ...args]);
};
const REPORT = {
  problems: ["[mine/role] roleName: must be lower-case; got 'App'"],
  warnings: [{ id: 'long-ttl', path: 'mine/role', message: 'a long one' }],
  acknowledged: [],
  unused: [],
};
const printed = (report: object) =>
  `console.log(${JSON.stringify(JSON.stringify({ vaultAwsAuthCheck: report }))});`;

describe('check --app', () => {
  test('has the problems and warnings of the app, and what the app prints apart', async () => {
    const { stdout, stderr, exitCode } = await check(["console.log('building');", printed(REPORT)], '--json');

    expect(JSON.parse(stdout)).toEqual(REPORT);
    expect([stderr, exitCode]).toEqual(['building\n', 1]);
  });

  test('ends with 0 if there are warnings only, and with 1 if it is strict', async () => {
    const warned = [printed({ ...REPORT, problems: [] })];

    expect((await check(warned)).exitCode).toBe(0);
    expect((await check(warned, '--strict')).exitCode).toBe(1);
  });

  test('says that an app without synthApp can’t be checked, and what to write', async () => {
    const { failure, stdout } = await check(["console.log('{}');"]);

    expect(stdout).toBe('');
    expect(failure).toMatch(
      /^The app can't be checked, because it calls synthApp not at all: declare all stacks in/,
    );
  });

  test('says that an app with two synthApps can’t be checked', async () => {
    expect((await check([printed(REPORT), printed(REPORT)])).failure).toContain('it calls synthApp 2 times');
  });

  test('says how an app failed', async () => {
    const { failure } = await check(["console.error('no such region'); process.exit(3);"]);

    expect(failure).toMatch(/because it failed: Command failed with exit code 3[^]*no such region$/);
  });

  test('leaves nothing of an app that writes where cdktf says', async () => {
    const file = JSON.stringify(join(folder, 'where'));
    await check([
      "import { writeFileSync } from 'node:fs';",
      `writeFileSync(${file}, process.env.CDKTF_OUTDIR); writeFileSync(process.env.CDKTF_OUTDIR + '/a', '');`,
      printed(REPORT),
    ]);

    const written = readFileSync(join(folder, 'where'), 'utf8');
    expect(written).toMatch(/check-app-/);
    expect(existsSync(written)).toBe(false);
  });

  test('checks the app of this project', async () => {
    const app = `node --import tsx ${join(ROOT, 'bin/app.ts')}`;
    const { stdout, failure } = await runCommand(addCheck, ['check', '--app', app, '--json']);

    expect(failure).toBeUndefined();
    expect(JSON.parse(stdout)).toMatchObject({ problems: expect.any(Array) as unknown });
  });
});

describe('synthApp with the variable of the check', () => {
  const before = process.cwd();
  let printed: jest.SpiedFunction<typeof console.log>;
  beforeEach(() => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    process.chdir(join(folder, 'empty'));
    process.env[CHECK_VARIABLE] = '1';
    printed = jest.spyOn(console, 'log').mockImplementation();
  });
  afterEach(() => {
    process.chdir(before);
    delete process.env[CHECK_VARIABLE];
    printed.mockRestore();
  });

  const report = () =>
    JSON.parse(printed.mock.calls[0]![0] as string) as { vaultAwsAuthCheck: typeof REPORT };

  test('prints problems and warnings as a line, and writes nothing', () => {
    synthApp((app) => new VaultAwsAuthStack(app, 'mine', { vault: { address: 'nowhere' } }));

    expect(report().vaultAwsAuthCheck.problems).toEqual([
      expect.stringContaining('[mine] vault.address: must be'),
    ]);
    expect(report().vaultAwsAuthCheck.warnings.map(({ id }) => id)).toContain('bind-all-principals');
    expect([readdirSync('.'), process.exitCode ?? 0]).toEqual([[], 0]);
  });

  test('prints the problems of a value of another type, which ends the declaration', () => {
    const wrong = { vault: { address: 'https://v' }, login: { role: { roleName: 1 as unknown as string } } };
    synthApp((app) => new VaultAwsAuthStack(app, 'mine', wrong));

    expect(report().vaultAwsAuthCheck.problems).toEqual([
      '[mine/role] roleName: must be a text; got a number',
    ]);
  });
});
