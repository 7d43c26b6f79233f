import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { getTool } from '../../../sandbox/parts';
import { goBuild, TOOLS } from '../../../sandbox/parts/go';
import type { Part } from '../../../sandbox/parts/part';
import type { Answer } from '../../hcl/compare-with-library';

const MODULE = 'hcl-oracle';

/** Its own source is its version: the cache has another one for each. */
const version = sourceHash();

/**
 * What Vault's own Go libraries make of a text. No part of the sandbox: the tests alone have it, when one asks for it.
 * It is nowhere to be had but here, so it is always built.
 */
const hclOracle: Part = {
  name: 'hcl-oracle',
  find: () => Promise.resolve({ passedOver: [] }),
  build: goBuild({
    product: MODULE,
    version,
    folder: `${MODULE}/${version}`,
    programs: () => [MODULE],
    module: MODULE,
    package: '.',
    typicalSeconds: 20,
  }),
};

function sourceHash(): string {
  const folder = join(TOOLS, MODULE);
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** The answer to each text. */
export async function askLibrary(texts: readonly string[]): Promise<Answer[]> {
  const { path } = await getTool(hclOracle);
  const { stdout } = await execa(path, [], { input: JSON.stringify(texts), maxBuffer: 1024 ** 3 });
  return JSON.parse(stdout) as Answer[];
}
