import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthApp } from '../../../lib/constructs/stacks/synth-app';
import { type Settings, VaultAwsAuthStack } from '../../../lib/constructs/stacks';

let project: string;
let printed: jest.SpiedFunction<typeof console.error>;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'app-'));
  process.env.CDKTF_OUTDIR = join(project, 'cdk.out');
  printed = jest.spyOn(console, 'error').mockImplementation();
});
afterEach(() => {
  process.exitCode = 0;
  delete process.env.CDKTF_OUTDIR;
  printed.mockRestore();
  rmSync(project, { recursive: true });
});

const synthSettings = (settings: Settings, strict = false) =>
  synthApp((app) => new VaultAwsAuthStack(app, 'vault-aws-auth', settings), { strict });

test('good settings are written where cdktf says, with a folder for the state next to it', () => {
  synthSettings({ vault: { address: 'https://vault.example.com' } });

  expect(existsSync(join(project, 'cdk.out/stacks/vault-aws-auth/cdk.tf.json'))).toBe(true);
  expect(existsSync(join(project, 'state'))).toBe(true);
});

test('bad settings are a message without a stack trace, exit code 1, and no file', () => {
  synthSettings({ vault: { address: 'nowhere', mountPath: '' } });

  expect(process.exitCode).toBe(1);
  expect(printed.mock.calls).toEqual([
    [
      `2 problems found, nothing was written:
  [vault-aws-auth] vault.address: must be Vault's http or https address, such as https://vault.example.com:8200; got 'nowhere'
  [vault-aws-auth/mount] path: must be letters, digits or any of _.- in segments with a single '/' between them, and no segment of dots only; got ''`,
    ],
  ]);
  expect(existsSync(join(project, 'cdk.out/stacks/vault-aws-auth'))).toBe(false);
  expect(existsSync(join(project, 'state'))).toBe(false);
});

describe('a warning', () => {
  const vault = { address: 'http://127.0.0.1:8200' };
  const reason = 'a test account';

  test('fails a strict synth, which says how to acknowledge it', () => {
    synthSettings({ vault }, true);

    expect(process.exitCode).toBe(1);
    expect(printed.mock.calls).toEqual([
      [
        `1 problem found, nothing was written:
  [vault-aws-auth/role] bound principal: all IAM users of the account may log in, present and future; got 'user/*' (bind-all-principals); narrow it, or write down the reason: acknowledge: { 'bind-all-principals': 'reason' }`,
      ],
    ]);
    expect(existsSync(join(project, 'cdk.out/stacks/vault-aws-auth'))).toBe(false);
  });

  test('fails nothing once it is acknowledged', () => {
    synthSettings({ vault, acknowledge: { 'bind-all-principals': reason } }, true);

    expect(process.exitCode).not.toBe(1);
  });

  test('fails no synth that is not strict', () => {
    synthSettings({ vault });

    expect(process.exitCode).not.toBe(1);
  });
});
