import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthApp } from '../../bin/synth-app';

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

test('good settings are written where cdktf says, with a folder for the state beside it', () => {
  synthApp({ vault: { address: 'https://vault.example.com' } });

  expect(existsSync(join(project, 'cdk.out/stacks/vault-aws-auth/cdk.tf.json'))).toBe(true);
  expect(existsSync(join(project, 'state'))).toBe(true);
});

test('bad settings are a message without a stack trace, exit code 1, and no file', () => {
  synthApp({ vault: { address: 'nowhere', mountPath: '' } });

  expect(process.exitCode).toBe(1);
  expect(printed.mock.calls).toEqual([
    [
      `2 problems found, nothing was written:
  [vault-aws-auth] vault.address: must be Vault's http or https address, such as https://vault.example.com:8200; got 'nowhere'
  [vault-aws-auth/mount] path: must be letters, digits or any of _.- in segments parted by single '/'; got ''`,
    ],
  ]);
  expect(existsSync(join(project, 'cdk.out/stacks/vault-aws-auth'))).toBe(false);
  expect(existsSync(join(project, 'state'))).toBe(false);
});
