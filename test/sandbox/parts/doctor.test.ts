import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createContext } from '../../../sandbox/parts/context';
import { renderDoctor } from '../../../sandbox/parts/doctor';
import { inspectParts, missing, nodeReport, type PartReport } from '../../../sandbox/parts/inspect';
import { releaseServer } from './support/release-server';
import { shellProgram } from './support/shell-program';
import { temporaryFolder } from './support/temporary-folder';

const PROJECT = resolve(__dirname, '../../..');

const folder = temporaryFolder();
const cacheDir = () => join(folder(), 'cache');
const bin = () => join(folder(), 'bin');
const { platform } = createContext({});
/** The discard port: nothing listens there. */
const UNREACHABLE = 'http://127.0.0.1:9';

const says = (name: string, line: string) => shellProgram(join(bin(), name), `echo '${line}'`);

async function inspect(releasesUrl = UNREACHABLE) {
  const reports = await inspectParts({ cacheDir: cacheDir(), releasesUrl, env: { PATH: bin() } });
  return Object.fromEntries(reports.map((report) => [report.name, report]));
}

describe('The inspection', () => {
  it('lists all that is missing at once, with what to do', async () => {
    const reports = Object.values(await inspect());
    const cant = "not in the cache; http://127.0.0.1:9 can't be reached (connect ECONNREFUSED 127.0.0.1:9); ";
    const mirror = 'name a mirror of the releases in VAULT_AWS_AUTH_RELEASES_URL.';
    expect(missing(reports).map(({ name, problem, advice }) => [name, problem, advice])).toEqual([
      [
        'python',
        'not on PATH',
        'Install Python 3.10 or newer with its venv module (Debian and Ubuntu: python3-venv).',
      ],
      ['go', 'not on PATH', 'Install Go 1.25 or newer: https://go.dev/dl.'],
      [
        'terraform',
        `${cant}Go 1.25 or newer is not on PATH`,
        `Install Terraform 1.5 or newer, or OpenTofu 1.6 or newer, or see go, or ${mirror}`,
      ],
      [
        'vault',
        `${cant}Go 1.25 or newer is not on PATH`,
        `Install Vault 1.21.0 or newer (a community release), or see go, or ${mirror}`,
      ],
      ['provider-vault', `${cant}Go 1.25 or newer is not on PATH`, `See go, or ${mirror}`],
      ['provider-aws', `${cant}Go 1.25 or newer is not on PATH`, `See go, or ${mirror}`],
      ['moto', 'not in the cache; Python 3.10 or newer is not on PATH', 'See python.'],
    ]);
  });

  it('finds programs on PATH, and says which it passed over', async () => {
    const path = says('terraform', 'Terraform v1.11.4');
    const old = says('vault', 'Vault v1.15.0');
    const { terraform, vault } = await inspect();
    expect(terraform).toEqual({
      name: 'terraform',
      status: 'found',
      product: 'terraform',
      version: '1.11.4',
      path,
    });
    expect(vault?.passedOver).toEqual([`${old} is 1.15.0, older than 1.21.0`]);
  });

  it('finds what is in the cache', async () => {
    const path = shellProgram(join(cacheDir(), 'opentofu/1.12.6', platform, 'tofu'));
    const { terraform } = await inspect();
    expect(terraform).toEqual({
      name: 'terraform',
      status: 'cached',
      product: 'tofu',
      version: '1.12.6',
      path,
    });
  });

  it('does not count an environment whose Python has gone', async () => {
    shellProgram(join(cacheDir(), 'moto/5.2.1', platform, 'bin/moto_server'));
    expect((await inspect()).moto?.status).toBe('missing');
  });

  it('builds where nothing can be downloaded and Go is there', async () => {
    says('go', 'go version go1.25.0 linux/amd64');
    const { vault, go } = await inspect();
    expect(go).toEqual({ name: 'go', status: 'found', version: '1.25.0', path: join(bin(), 'go') });
    expect(vault).toEqual({
      name: 'vault',
      status: 'build',
      product: 'vault',
      version: '1.21.1',
      source: 'sandbox/tools/vault with Go',
      typicalSeconds: 660,
    });
  });

  it('downloads where the release host answers for the part, and only that part', async () => {
    says('go', 'go version go1.25.0 linux/amd64');
    const server = await releaseServer({
      product: 'vault',
      version: '1.21.1',
      platform,
      zip: Buffer.alloc(1),
    });
    const { vault, terraform } = await inspect(server.url);
    await server.close();
    expect(vault).toMatchObject({ status: 'fetch', source: server.archiveUrl });
    expect(terraform).toMatchObject({ status: 'build', product: 'tofu' });
    expect(server.downloads()).toEqual([]);
  });

  it('needs a Go or a Python only where something is made with it', async () => {
    says('terraform', 'Terraform v1.11.4');
    says('vault', 'Vault v1.21.1');
    for (const type of ['vault/4.4.0', 'aws/6.34.0']) {
      const [name, version] = type.split('/');
      const inMirror = `registry.terraform.io/hashicorp/${type}/${platform}/terraform-provider-${name}_v${version}_x5`;
      shellProgram(join(cacheDir(), `provider-${type}`, platform, inMirror));
    }
    shellProgram(join(cacheDir(), 'moto/5.2.1', platform, 'bin/moto_server'));
    shellProgram(join(cacheDir(), 'moto/5.2.1', platform, 'bin/python'));
    const reports = await inspect();
    expect(reports.go).toEqual({ name: 'go', status: 'unneeded' });
    expect(reports.python).toEqual({ name: 'python', status: 'unneeded' });
    expect(missing(Object.values(reports))).toEqual([]);
  });

  it.each([
    ['20.11.0', 'found'],
    ['24.1.0', 'found'],
    ['20.10.9', 'missing'],
    ['18.20.4', 'missing'],
  ])('of Node.js %s says %s', (version, status) => {
    expect(nodeReport(version).status).toBe(status);
  });

  it('asks for the Node.js that package.json and the README name', () => {
    const { engines } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
      engines: { node: string };
    };
    const [, least] = /^>=(\d+\.\d+)$/.exec(engines.node)!;

    expect(nodeReport('18.0.0')).toMatchObject({
      problem: `this is Node.js 18.0.0, older than ${least}.0`,
      advice: `Install Node.js ${least}.0 or newer: https://nodejs.org.`,
    });
    expect(readFileSync(join(PROJECT, 'README.md'), 'utf8')).toContain(`You need Node ${least} or later`);
  });
});

describe('The doctor', () => {
  const reports: PartReport[] = [
    { name: 'node', status: 'found', version: '20.9.0', path: '/usr/bin/node' },
    { name: 'go', status: 'unneeded' },
    { name: 'terraform', status: 'cached', product: 'tofu', version: '1.12.6', path: '/c/tofu' },
    {
      name: 'vault',
      status: 'build',
      product: 'vault',
      version: '1.21.1',
      source: 'sandbox/tools/vault with Go',
      typicalSeconds: 660,
      passedOver: ['/usr/bin/vault is 1.15.0, older than 1.21.0'],
    },
  ];
  const lines = [
    '✓ node       20.9.0       at /usr/bin/node',
    '✓ go         not needed',
    '✓ terraform  tofu 1.12.6  in the cache: /c/tofu',
    '↓ vault      1.21.1       to be built from sandbox/tools/vault with Go, about 11 min on two cores',
    '             passed over: /usr/bin/vault is 1.15.0, older than 1.21.0',
  ];

  it('lines the reports up and says how long the first start takes', () => {
    expect(renderDoctor(reports, { colour: false }).split('\n')).toEqual([
      ...lines,
      '',
      'npm run sandbox can start. It first gets what is missing, about 11 min on two cores.',
    ]);
  });

  it('says that all is there', () => {
    expect(renderDoctor(reports.slice(0, 3), { colour: false })).toMatch(/\n\nnpm run sandbox can start\.$/);
  });

  it('says what is missing, why, and what to do', () => {
    const lacking: PartReport = {
      name: 'moto',
      status: 'missing',
      problem: 'no Python',
      advice: 'See python.',
    };
    expect(renderDoctor([...reports, lacking], { colour: false }).split('\n')).toEqual([
      ...lines,
      '✗ moto       missing      no Python',
      '             See python.',
      '',
      "npm run sandbox can't start: moto missing.",
    ]);
  });

  it('colours only where it is asked to', () => {
    expect(renderDoctor(reports, { colour: true })).toContain('\u001b[32m✓');
    expect(renderDoctor(reports, { colour: false })).not.toContain('\u001b');
  });
});
