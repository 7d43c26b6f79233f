import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { createContext, type PartsOptions } from '../../../sandbox/parts/context';
import { install } from '../../../sandbox/parts/install';
import type { PartEvent } from '../../../sandbox/parts/part';
import { releaseDownload } from '../../../sandbox/parts/release';
import { vault } from '../../../sandbox/parts/vault';
import { type Behaviour, releaseServer } from './support/release-server';
import { shellProgram } from './support/shell-program';
import { temporaryFolder } from './support/temporary-folder';
import { zipOf } from './support/zip';

const way = vault.fetch!;
const { version } = way;
const cacheDir = temporaryFolder();
const { platform } = createContext({});
const SCRIPT = `#!/bin/sh\necho 'Vault v${version}'\n${'#'.repeat(400_000)}\n`;
const zip = zipOf('vault', SCRIPT);

let server: Awaited<ReturnType<typeof releaseServer>> | undefined;
afterEach(() => server?.close());

async function serve(behaviour: Behaviour = {}, archive: Buffer = zip) {
  server = await releaseServer({ product: 'vault', version, platform, zip: archive }, behaviour);
  return server;
}

function getVault(options: PartsOptions = {}) {
  return install('vault', way, createContext({ cacheDir: cacheDir(), releasesUrl: server!.url, ...options }));
}

const home = () => join(cacheDir(), 'vault', version);
const place = () => join(home(), platform, 'vault');
const partial = () => join(home(), `vault_${version}_${platform}.zip.partial`);
const filesLeft = () => readdirSync(home()).sort();

describe('A release', () => {
  it('is downloaded, checked, extracted with its permissions, and alone in its place', async () => {
    const { downloads } = await serve();
    expect(await getVault()).toEqual({ product: 'vault', path: place(), version });
    expect(readFileSync(place(), 'utf8')).toBe(SCRIPT);
    expect(statSync(place()).mode & 0o777).toBe(0o755);
    expect(filesLeft()).toEqual([platform]);
    expect(downloads()).toHaveLength(1);
  });

  it('is taken from the cache the second time', async () => {
    const { downloads } = await serve();
    await getVault();
    await getVault();
    expect(downloads()).toHaveLength(1);
  });

  it('tells its progress up to the whole', async () => {
    await serve();
    const events: PartEvent[] = [];
    await getVault({ onProgress: (event) => events.push(event) });
    expect(events.every(({ part, phase }) => part === 'vault' && phase === 'fetch')).toBe(true);
    expect(events.map(({ percent }) => percent)).toContain(100);
    expect(events.at(-1)).toMatchObject({ message: `extracting vault_${version}_${platform}.zip` });
  });

  it('replaces what lies in its place and is not whole', async () => {
    await serve();
    mkdirSync(join(home(), platform), { recursive: true });
    writeFileSync(place(), 'half a program');
    await getVault();
    expect(readFileSync(place(), 'utf8')).toBe(SCRIPT);
  });
});

describe('A release of another layout', () => {
  it('is taken from where it is published, and a tar archive is extracted too', async () => {
    const tool = shellProgram(join(cacheDir(), 'tool'), 'echo 1.0.0');
    const { stdout: tar } = await execa('tar', ['-czf', '-', '-C', cacheDir(), 'tool'], {
      encoding: 'buffer',
    });
    const archive = 'tool_1.0.0.tar.gz';
    const published = { product: 'tool', version: '1.0.0', platform, zip: Buffer.from(tar), name: archive };
    const { archiveUrl, sumsUrl } = (server = await releaseServer(published));
    const download = releaseDownload({
      product: 'tool',
      version: '1.0.0',
      folder: 'tools/1.0.0',
      programs: () => ['tool'],
      typicalSeconds: 1,
      files: () => ({ archive, url: archiveUrl, sums: sumsUrl }),
    });

    const { path } = await install('actionlint', download, createContext({ cacheDir: cacheDir() }));
    expect(readFileSync(path)).toEqual(readFileSync(tool));
    expect(statSync(path).mode & 0o777).toBe(0o755);
  });
});

describe('A checksum', () => {
  it('that is another deletes the file, and both sums are named', async () => {
    const listed = '0'.repeat(64);
    const { archiveUrl, sha256 } = await serve({ sums: `${listed}  vault_${version}_${platform}.zip\n` });
    await expect(getVault()).rejects.toThrow(
      `The file at ${archiveUrl} is not the one that its release lists: expected SHA-256 ${listed}, got ${sha256}. ` +
        'It was deleted. Run the command again. If that does not help, a proxy or a mirror alters the file.',
    );
    expect(filesLeft()).toEqual([]);
  });

  it.each([
    ['is not in the list', `${'0'.repeat(64)}  vault_${version}_plan9_mips.zip\n`],
    ['is no SHA-256', `1234  vault_${version}_${platform}.zip\n`],
  ])('that %s keeps the file from being downloaded', async (_, sums) => {
    const { sumsUrl, downloads } = await serve({ sums });
    await expect(getVault()).rejects.toThrow(
      `${sumsUrl} lists no SHA-256 for vault_${version}_${platform}.zip, so the file can't be checked and is not ` +
        'downloaded. Put the program on PATH instead, or use a mirror that holds the release for this platform.',
    );
    expect(downloads()).toEqual([]);
  });
});

describe('A connection that is cut', () => {
  it('is taken up again where it ended', async () => {
    const { downloads } = await serve({ cutAfter: 150_000 });
    await getVault();
    expect(downloads().map(({ range }) => range)).toStrictEqual([undefined, 'bytes=150000-']);
    expect(readFileSync(place(), 'utf8')).toBe(SCRIPT);
  });

  it('starts over where the server knows no ranges', async () => {
    const { downloads } = await serve({ cutAfter: 150_000, ignoresRange: true });
    await getVault();
    expect(downloads()).toHaveLength(2);
    expect(readFileSync(place(), 'utf8')).toBe(SCRIPT);
  });

  it('again and again, with nothing gained, ends the download, and what is here stays', async () => {
    const { archiveUrl } = await serve({ cutAfter: 0, cuts: 9 });
    mkdirSync(home(), { recursive: true });
    writeFileSync(partial(), zip.subarray(0, 1000));
    await expect(getVault()).rejects.toThrow(`The download of ${archiveUrl} failed 3 times in a row: `);
    expect(filesLeft()).toEqual([`vault_${version}_${platform}.zip.partial`]);
  });
});

describe('A download of an earlier run', () => {
  it('goes on where that one was interrupted', async () => {
    const { downloads } = await serve();
    mkdirSync(home(), { recursive: true });
    writeFileSync(partial(), zip.subarray(0, 1000));
    await getVault();
    expect(downloads().map(({ range }) => range)).toStrictEqual(['bytes=1000-']);
    expect(filesLeft()).toEqual([platform]);
  });

  it('that was whole already is used', async () => {
    const { downloads } = await serve();
    mkdirSync(home(), { recursive: true });
    writeFileSync(partial(), zip);
    await getVault();
    expect(downloads().map(({ range }) => range)).toStrictEqual([`bytes=${zip.length}-`]);
    expect(readFileSync(place(), 'utf8')).toBe(SCRIPT);
  });

  it('that is longer than the file is thrown away', async () => {
    await serve();
    mkdirSync(home(), { recursive: true });
    writeFileSync(partial(), Buffer.concat([zip, zip]));
    await getVault();
    expect(readFileSync(place(), 'utf8')).toBe(SCRIPT);
  });
});

describe('An abort', () => {
  it('in the middle stops at once, leaves only what can be resumed, and the next run resumes it', async () => {
    const { downloads } = await serve({ slow: 500 });
    const abort = new AbortController();
    const reason = new Error('the person has had enough');
    const aborted = getVault({
      signal: abort.signal,
      onProgress: ({ percent }) => void (percent && abort.abort(reason)),
    });
    await expect(aborted).rejects.toBe(reason);
    expect(filesLeft()).toEqual([`vault_${version}_${platform}.zip.partial`]);
    const { size } = statSync(partial());
    expect(size).toBeGreaterThan(0);
    await getVault();
    expect(downloads().map(({ range }) => range)).toStrictEqual([undefined, `bytes=${size}-`]);
  });
});

describe('An abort before the download has begun', () => {
  it('gives its reason', async () => {
    const { downloads } = await serve();
    const abort = new AbortController();
    const reason = new Error('the person has had enough');
    const aborted = getVault({ signal: abort.signal, onProgress: () => abort.abort(reason) });
    await expect(aborted).rejects.toBe(reason);
    expect(downloads()).toEqual([]);
    expect(filesLeft()).toEqual([]);
  });
});

describe('A full disk', () => {
  // Every write to this device fails as on a disk without space; it is a device of Linux.
  (process.platform === 'linux' ? it : it.skip)('is named, with what to do, and leaves nothing', async () => {
    await serve();
    mkdirSync(home(), { recursive: true });
    symlinkSync('/dev/full', partial());
    await expect(getVault()).rejects.toThrow(
      `The disk is full: vault ${version} could not be put into ${home()}. Nothing of it was left there. ` +
        'Free some space, or name another place with XDG_CACHE_HOME, and run the command again.',
    );
    expect(filesLeft()).toEqual([]);
    expect(existsSync('/dev/full')).toBe(true);
  });
});

describe('A server that does not have it', () => {
  it('is quoted with its answer, without another attempt', async () => {
    const { archiveUrl, seen } = await releaseServerWithout();
    await expect(getVault()).rejects.toThrow(
      new Error(
        `${archiveUrl} answered 404 Not Found. The release has no such file, or the server does not give it.`,
      ),
    );
    expect(seen.filter(({ path }) => archiveUrl.endsWith(path))).toHaveLength(1);
  });

  it('of checksums is quoted too', async () => {
    const { url, sumsUrl } = await serve();
    const releasesUrl = `${url}/elsewhere`;
    await expect(getVault({ releasesUrl })).rejects.toThrow(
      `${sumsUrl.replace(url, releasesUrl)} answered 404 Not Found. Check the base URL of the releases (VAULT_AWS_AUTH_RELEASES_URL).`,
    );
  });

  /** Lists the archive of this machine, and holds that of another. */
  async function releaseServerWithout() {
    const sums = `${'0'.repeat(64)}  vault_${version}_${platform}.zip\n`;
    server = await releaseServer({ product: 'vault', version, platform: 'plan9_mips', zip }, { sums });
    return { ...server, archiveUrl: server.archiveUrl.replace('plan9_mips', platform) };
  }
});

describe('An archive', () => {
  it('without the program is not put in place', async () => {
    const { archiveUrl } = await serve({}, zipOf('LICENSE.txt', 'words'));
    await expect(getVault()).rejects.toThrow(
      `${archiveUrl} did not give the program vault, so vault ${version} was not put in place. ` +
        'Put the program on PATH instead.',
    );
    expect(filesLeft()).toEqual([]);
  });

  it('whose names lead out of the folder is refused', async () => {
    await serve({}, zipOf('../../../vault', 'evil'));
    await expect(getVault()).rejects.toThrow('invalid relative path: ../../../vault');
    expect(filesLeft()).toEqual([]);
  });
});
