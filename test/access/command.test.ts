import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { addAccess } from '../../bin/commands/access';
import { runCommand } from '../support/command';

// What the command reads and writes by default is in the folder that it runs in.
const project = process.cwd();
const outdir = process.env.CDKTF_OUTDIR;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'access-'));
  process.chdir(folder);
  delete process.env.CDKTF_OUTDIR;
});
afterAll(() => {
  process.chdir(project);
  Object.assign(process.env, outdir === undefined ? {} : { CDKTF_OUTDIR: outdir });
  rmSync(folder, { recursive: true });
});

const access = (...args: readonly string[]) => runCommand(addAccess, ['access', ...args]);

function file(name: string, content: unknown): string {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

const stack = (role: string) => ({
  terraform: {},
  resource: {
    vault_policy: { p: { name: 'app', policy: 'path "secret/data/*" { capabilities = ["read"] }' } },
    vault_aws_auth_backend_role: {
      r: {
        backend: 'aws',
        role,
        auth_type: 'iam',
        bound_iam_principal_arns: ['arn:aws:iam::123456789012:user/alice'],
        token_policies: ['app', 'elsewhere'],
      },
    },
    vault_aws_auth_backend_client: { c: { secret_key: 'a-secret-key' } },
  },
});

test('a process without a stack says what to run, and ends with 1', async () => {
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [
      '--import',
      join(project, 'node_modules/tsx/dist/loader.mjs'),
      join(project, 'bin/vault-aws-auth.ts'),
      'access',
    ],
    { reject: false },
  );

  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toContain('cdk.out has no synthesized stack: run `npx cdktf synth` first');
  expect(stderr).not.toContain('    at ');
});

test('every stack in cdk.out is shown, by its name, without what a terminal would obey', async () => {
  mkdirSync(join(folder, 'cdk.out/stacks/one'), { recursive: true });
  mkdirSync(join(folder, 'cdk.out/stacks/two'), { recursive: true });
  file('cdk.out/stacks/one/cdk.tf.json', stack('dev'));
  file('cdk.out/stacks/two/cdk.tf.json', stack('\u001b[2Jops'));
  file('cdk.out/manifest.json', {
    stacks: { one: { workingDirectory: 'stacks/one' }, two: { workingDirectory: 'stacks/two' } },
  });
  const { exitCode, stdout, stderr } = await access();

  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain('by the synthesized stacks one, two');
  expect(stdout).toMatch(/one +│ arn:aws:iam::123456789012:user\/alice │ role dev at auth\/aws/);
  expect(stdout).toMatch(/two .* │ role \\u\{1b\}\[2Jops at auth\/aws/);
  expect(stdout).toContain('secret/data/*: read');
  expect(stdout).toContain('what elsewhere gives is not known: its text is not here');
  expect(stdout).not.toContain('a-secret-key');
  rmSync(join(folder, 'cdk.out'), { recursive: true });
});

test('a policy of another file is shown, with whose it is, in the table and on the page', async () => {
  const elsewhere = { name: 'elsewhere', policy: 'path "kv/elsewhere" { capabilities = ["list"] }' };
  const names = [
    file('logins.json', stack('dev')),
    file('policies.json', { terraform: {}, resource: { vault_policy: { e: elsewhere } } }),
  ];
  const { stdout } = await access(...names);
  await access(...names, '--html', 'page.html');

  expect(stdout).toContain('kv/elsewhere: list');
  expect(stdout).toContain('elsewhere is taken from policies, if both use the same Vault');
  expect(readFileSync(join(folder, 'page.html'), 'utf8').replace(/\s+/g, ' ')).toContain(
    '<code>elsewhere</code> is taken from policies, if both use the same Vault',
  );
});

test('a file is asked for a principal and a path; nobody found is 2', async () => {
  const name = file('stack.tf.json', stack('dev'));
  const ask = (path: string, arn: string) => access(name, '--json', '--path', path, '--principal', arn);
  const found = await ask('secret/data/app', 'arn:aws:iam::123456789012:user/alice');
  const none = await ask('secret/data/app', 'arn:aws:iam::123456789012:user/bob');

  expect(found.exitCode).toBe(0);
  expect(JSON.parse(found.stdout)).toMatchObject({
    from: 'synthesized stack',
    sources: ['stack.tf'],
    rows: [
      {
        principal: 'arn:aws:iam::123456789012:user/alice',
        through: 'role dev at auth/aws',
        paths: [{ path: 'secret/data/app', capabilities: ['read'] }],
      },
    ],
  });
  expect(none.exitCode).toBe(2);
  expect(JSON.parse(none.stdout)).toMatchObject({ rows: [] });
});

test('the page is written to a file', async () => {
  const name = file('stack.tf.json', stack('dev'));
  const { exitCode, stdout, stderr } = await access(name, '--html', 'page.html', '--principal', 'ALICE');

  expect([exitCode, stdout, stderr]).toEqual([0, '', 'Written to page.html.\n']);
  expect(readFileSync(join(folder, 'page.html'), 'utf8')).toContain(
    '<title>What ALICE can do, by the synthesized stack stack.tf</title>',
  );
  expect((await access(name, '--html', 'page.html', '--json')).failure).toContain('cannot be used with');
});

test.each<[string, unknown, string]>([
  ['a plan', { format_version: '1.2', resource_changes: [] }, 'is a plan: see what it changes with'],
  ['the raw state', { version: 4, lineage: 'x' }, 'is the raw state: give it what'],
  ['no JSON', 'a-secret-key {', 'is no JSON: name the cdk.tf.json'],
  [
    'JSON of another form',
    { resource: { vault_policy: 3, x: null } },
    'has a part of another form than Terraform writes',
  ],
  ['a list', [], 'is no synthesized stack'],
])('%s is refused, without quoting it', async (_, content, message) => {
  const { failure, stdout, stderr } = await access(file('input.json', content));

  expect([stdout, stderr]).toEqual(['', '']);
  expect(failure).toContain(message);
  expect(failure).not.toContain('a-secret-key');
});

test('a file that is not there, and --state together with a file, are errors', async () => {
  expect((await access('nowhere.json')).failure).toContain("nowhere.json can't be read (ENOENT)");
  expect((await access('nowhere.json', '--state')).failure).toContain('--state is for the stacks in cdk.out');
});
