import { readdirSync } from 'node:fs';
import { mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { createContext } from '../../../sandbox/parts/context';
import { install } from '../../../sandbox/parts/install';
import { vault } from '../../../sandbox/parts/vault';
import { releaseServer } from './support/release-server';
import { temporaryFolder } from './support/temporary-folder';
import { zipOf } from './support/zip';

const { version } = vault.fetch!;
const { platform } = createContext({});
const cacheDir = temporaryFolder();
const archive = { product: 'vault', version, platform, zip: zipOf('vault', '#!/bin/sh\n') };

describe('Two processes that want the same part', () => {
  it('download it once, and both have it', async () => {
    const server = await releaseServer(archive, { slow: 700 });
    const program = join(__dirname, 'support/install-vault.ts');
    const start = () => execa(process.execPath, ['--import', 'tsx', program, cacheDir(), server.url]);
    const outputs = (await Promise.all([start(), start()])).map(({ stdout }) => stdout);
    await server.close();
    const path = join(cacheDir(), 'vault', version, platform, 'vault');
    expect(outputs).toEqual([path, path]);
    expect(server.downloads()).toHaveLength(1);
    expect(readdirSync(join(cacheDir(), 'vault', version))).toEqual([platform]);
  }, 20_000);
});

describe('The lock of a process that was killed', () => {
  it('does not keep another from its work', async () => {
    const server = await releaseServer(archive);
    const lock = join(cacheDir(), 'vault', version, `${platform}.lock`);
    const longAgo = new Date(Date.now() - 60_000);
    await mkdir(lock, { recursive: true });
    await utimes(lock, longAgo, longAgo);
    await install('vault', vault.fetch!, createContext({ cacheDir: cacheDir(), releasesUrl: server.url }));
    await server.close();
    expect(server.downloads()).toHaveLength(1);
  });
});

describe('Waiting for another process', () => {
  it('is told, and can be given up', async () => {
    const lock = join(cacheDir(), 'vault', version, `${platform}.lock`);
    await mkdir(lock, { recursive: true });
    const messages: string[] = [];
    const abort = new AbortController();
    const context = createContext({
      cacheDir: cacheDir(),
      signal: abort.signal,
      onProgress: ({ message }) => {
        messages.push(message);
        abort.abort(new Error('given up'));
      },
    });
    await expect(install('vault', vault.fetch!, context)).rejects.toThrow('given up');
    expect(messages).toEqual(['waiting for another process that is getting it']);
  });
});
