import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, defaultCacheDir, platformOf } from '../../../sandbox/parts/context';
import { describeProgress, getParts, getTool, type PartEvent } from '../../../sandbox/parts';
import type { Part } from '../../../sandbox/parts/part';
import { releaseDownload } from '../../../sandbox/parts/release';
import { vault } from '../../../sandbox/parts/vault';
import { shellProgram } from './support/shell-program';
import { temporaryFolder } from './support/temporary-folder';

const folder = temporaryFolder();
const cacheDir = () => join(folder(), 'cache');
const bin = () => join(folder(), 'bin');
const { platform } = createContext({});

describe('getParts', () => {
  it('gives what is there, and a configuration with the two mirrors and no registry', async () => {
    const tofu = shellProgram(join(bin(), 'tofu'), "echo 'OpenTofu v1.12.6'");
    const vault = shellProgram(join(bin(), 'vault'), "echo 'Vault v1.21.1 (abc)'");
    const motoServer = shellProgram(join(cacheDir(), 'moto/5.2.1', platform, 'bin/moto_server'));
    shellProgram(join(cacheDir(), 'moto/5.2.1', platform, 'bin/python'));
    const mirrors = ['aws/6.34.0', 'vault/4.4.0'].map((type) => {
      const [name, version] = type.split('/');
      const mirror = join(cacheDir(), `provider-${type}`, platform);
      const program = `terraform-provider-${name}_v${version}_x5`;
      shellProgram(join(mirror, 'registry.terraform.io/hashicorp', type, platform, program));
      return mirror;
    });
    const events: PartEvent[] = [];
    const parts = await getParts({
      cacheDir: cacheDir(),
      env: { PATH: bin() },
      onProgress: (event) => events.push(event),
    });
    expect(parts).toEqual({
      terraform: { path: tofu, flavour: 'tofu', version: '1.12.6' },
      vault: { path: vault, version: '1.21.1' },
      moto: { path: motoServer, version: '5.2.1' },
      cliConfigFile: join(
        cacheDir(),
        `terraform-cli/provider-aws-6.34.0-provider-vault-4.4.0-${platform}.tfrc`,
      ),
    });
    expect(readFileSync(parts.cliConfigFile, 'utf8')).toBe(
      'disable_checkpoint = true\nprovider_installation {\n' +
        mirrors.map((path) => `  filesystem_mirror {\n    path = "${path}"\n  }\n`).join('') +
        '}\n',
    );
    expect(events.filter(({ phase }) => phase === 'ready').map(({ part }) => part)).toEqual([
      'terraform',
      'vault',
      'provider-vault',
      'provider-aws',
      'moto',
    ]);
  });

  it('names all that is missing in one error, before anything begins', async () => {
    const options = { cacheDir: cacheDir(), releasesUrl: 'http://127.0.0.1:9', env: { PATH: bin() } };
    shellProgram(join(bin(), 'terraform'), "echo 'Terraform v1.11.4'");
    shellProgram(join(bin(), 'python3'), "echo 'Python 3.11.0'");
    await expect(getParts(options)).rejects.toThrow(
      /^The sandbox can't start: 4 things are missing, and nothing was started\.\n- go: not on PATH\. Install Go.*\n- vault: .*\n- provider-vault: .*\n- provider-aws: [^\n]*$/,
    );
    expect(existsSync(cacheDir())).toBe(false);
  });
});

describe('getTool', () => {
  const moved = releaseDownload({
    product: 'actionlint',
    version: '1.0.0',
    folder: 'actionlint/1.0.0',
    programs: () => ['actionlint'],
    typicalSeconds: 1,
    files: () => ({ archive: 'a.zip', url: 'http://127.0.0.1:9/a.zip', sums: 'http://127.0.0.1:9/sums' }),
  });

  it('says what is missing, and names no mirror of releases that are published elsewhere', async () => {
    const tool: Part = {
      ...vault,
      name: 'actionlint',
      find: () => Promise.resolve({ passedOver: [] }),
      fetch: moved,
      advice: 'install actionlint',
    };
    await expect(getTool(tool, { cacheDir: cacheDir(), env: { PATH: bin() } })).rejects.toThrow(
      /^actionlint is not available: 2 things are missing, and nothing was started\.\n- go: [^\n]*\n- actionlint: .*\. Install actionlint, or see go\.$/,
    );
    expect(existsSync(cacheDir())).toBe(false);
  });
});

describe('The cache', () => {
  it.each([
    [{ XDG_CACHE_HOME: '/var/cache/me', HOME: '/home/me' }, '/var/cache/me/vault-aws-auth'],
    [{ XDG_CACHE_HOME: '', HOME: '/home/me' }, '/home/me/.cache/vault-aws-auth'],
    [{ XDG_CACHE_HOME: 'relative', HOME: '/home/me' }, '/home/me/.cache/vault-aws-auth'],
    [{ HOME: '/home/me' }, '/home/me/.cache/vault-aws-auth'],
  ])('of %j is %s', (env, expected) => {
    expect(defaultCacheDir(env)).toBe(expected);
  });
});

describe('The base URL of the releases', () => {
  it.each([
    ['the official host by default', {}, undefined, 'https://releases.hashicorp.com'],
    [
      'the mirror in the environment',
      { VAULT_AWS_AUTH_RELEASES_URL: 'https://m.corp/r/' },
      undefined,
      'https://m.corp/r',
    ],
    [
      'the option before that',
      { VAULT_AWS_AUTH_RELEASES_URL: 'https://m.corp' },
      'https://o.corp',
      'https://o.corp',
    ],
    [
      'the official host where the variable is empty',
      { VAULT_AWS_AUTH_RELEASES_URL: '' },
      undefined,
      'https://releases.hashicorp.com',
    ],
  ])('is %s', (_, env, releasesUrl, expected) => {
    expect(createContext({ env, releasesUrl }).releasesUrl).toBe(expected);
  });
});

describe('The platform', () => {
  it.each([
    ['linux', 'x64', 'linux_amd64'],
    ['darwin', 'arm64', 'darwin_arm64'],
  ])('of %s on %s is %s', (os, arch, expected) => {
    expect(platformOf(os, arch)).toBe(expected);
  });

  it.each([
    ['win32', 'x64'],
    ['linux', 's390x'],
  ])('of %s on %s is refused', (os, arch) => {
    expect(() => platformOf(os, arch)).toThrow(
      `The sandbox's parts are for Linux and macOS on amd64 or arm64, and this is ${os} on ${arch}: ` +
        'run the sandbox in a container or, on Windows, in WSL.',
    );
  });
});

describe('A line of progress', () => {
  const common = { part: 'vault', message: 'compiling', elapsedSeconds: 14 } as const;
  it.each<[string, PartEvent]>([
    [
      'vault: compiling, 14 s (takes about 11 min on two cores)',
      { ...common, phase: 'build', typicalSeconds: 660 },
    ],
    [
      'vault: compiling, 30 %, 14 s (takes about 40 s)',
      { ...common, phase: 'fetch', percent: 30, typicalSeconds: 40 },
    ],
    ['vault: looking for it', { part: 'vault', phase: 'find', message: 'looking for it' }],
  ])('reads %s', (line, event) => {
    expect(describeProgress(event)).toBe(line);
  });
});
