import { join } from 'node:path';
import { findOnPath } from '../../../sandbox/parts/find-on-path';
import { createContext } from '../../../sandbox/parts/context';
import { GO } from '../../../sandbox/parts/go';
import type { Part } from '../../../sandbox/parts/part';
import { PYTHON } from '../../../sandbox/parts/python';
import { terraform } from '../../../sandbox/parts/terraform';
import { vault } from '../../../sandbox/parts/vault';
import { shellProgram } from './support/shell-program';
import { temporaryFolder } from './support/temporary-folder';

const folder = temporaryFolder();
const find = (part: Part, path: string) => part.find(createContext({ env: { PATH: path } }));
const says = (name: string, line: string, under = '') =>
  shellProgram(join(folder(), under, name), `echo '${line}'`);

describe('A program on PATH', () => {
  it.each([
    ['Terraform v1.11.4', terraform, 'terraform', 'terraform', '1.11.4'],
    ['Terraform v1.5.0', terraform, 'terraform', 'terraform', '1.5.0'],
    ['OpenTofu v1.6.0', terraform, 'tofu', 'tofu', '1.6.0'],
    ['OpenTofu v1.12.6', terraform, 'terraform', 'tofu', '1.12.6'],
    ['Vault v1.21.0 (818ca8b3575d), built 2025-10-21', vault, 'vault', 'vault', '1.21.0'],
    ['Vault v2.0.0', vault, 'vault', 'vault', '2.0.0'],
  ])('that says %s is new enough', async (line, part, name, product, version) => {
    const path = says(name, line);
    expect((await find(part, folder())).installed).toEqual({ product, path, version });
  });

  it.each([
    ['Vault v1.20.4', vault, 'is 1.20.4, older than 1.21.0'],
    ['Vault v1.21.0-rc1', vault, 'is 1.21.0-rc1, older than 1.21.0'],
    [
      'Vault v1.21.1+ent',
      vault,
      'is 1.21.1+ent, an Enterprise version, which does not start without a licence',
    ],
    ['something else', vault, 'prints no version that can be read'],
    ['OpenTofu v1.5.9', terraform, 'is 1.5.9, older than 1.6.0'],
  ])('that says %s is passed over', async (line, part, reason) => {
    const path = says(part === vault ? 'vault' : 'tofu', line);
    expect(await find(part, folder())).toEqual({ passedOver: [`${path} ${reason}`] });
  });

  it('that does not run is passed over with its last words', async () => {
    const path = shellProgram(join(folder(), 'vault'), 'echo "no such shim" >&2', 'exit 127');
    expect(await find(vault, folder())).toEqual({ passedOver: [`${path} does not run (no such shim)`] });
  });

  it('that is too old does not hide a good one behind it', async () => {
    const old = says('vault', 'Vault v1.15.0', 'old');
    const good = says('vault', 'Vault v1.21.3', 'good');
    const finding = await find(vault, `${join(folder(), 'old')}:${join(folder(), 'good')}`);
    expect(finding.installed?.path).toBe(good);
    expect(finding.passedOver).toEqual([`${old} is 1.15.0, older than 1.21.0`]);
  });

  it('is preferred as Terraform where both are there', async () => {
    says('tofu', 'OpenTofu v1.12.6');
    says('terraform', 'Terraform v1.5.7');
    expect((await find(terraform, folder())).installed?.product).toBe('terraform');
  });

  it('is not looked for in the working folder, which an empty entry means', async () => {
    says('vault', 'Vault v1.21.1');
    const before = process.cwd();
    process.chdir(folder());
    try {
      expect(await find(vault, ':/nowhere')).toEqual({ passedOver: [] });
    } finally {
      process.chdir(before);
    }
  });

  it('is not disturbed by a leftover TF_CLI_CONFIG_FILE', async () => {
    shellProgram(join(folder(), 'terraform'), 'test -z "$TF_CLI_CONFIG_FILE" && echo "Terraform v1.11.4"');
    const env = { PATH: folder(), TF_CLI_CONFIG_FILE: '/gone' };
    expect((await terraform.find(createContext({ env }))).installed?.version).toBe('1.11.4');
  });
});

describe('A tool of the machine', () => {
  it.each([
    ['go version go1.25.0 linux/amd64', GO, 'go', '1.25.0'],
    ['go version go1.26.8 darwin/arm64', GO, 'go', '1.26.8'],
    ['Python 3.10.0', PYTHON, 'python3', '3.10.0'],
    ['Python 3.12.4', PYTHON, 'python3.12', '3.12.4'],
  ])('that says %s is found', async (line, command, name, version) => {
    says(name, line);
    expect((await findOnPath([command], { PATH: folder() })).installed?.version).toBe(version);
  });

  it.each([
    ['go version go1.24.9 linux/amd64', GO, 'go', 'is 1.24.9, older than 1.25.0'],
    ['Python 3.9.20', PYTHON, 'python3', 'is 3.9.20, older than 3.10.0'],
  ])('that says %s is too old', async (line, command, name, reason) => {
    const path = says(name, line);
    expect((await findOnPath([command], { PATH: folder() })).passedOver).toEqual([`${path} ${reason}`]);
  });
});
