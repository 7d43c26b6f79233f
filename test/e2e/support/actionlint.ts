import { execa } from 'execa';
import { getTool } from '../../../sandbox/parts';
import { findOnPath } from '../../../sandbox/parts/find-on-path';
import { goBuild } from '../../../sandbox/parts/go';
import type { Part } from '../../../sandbox/parts/part';
import { releaseDownload } from '../../../sandbox/parts/release';

const VERSION = '1.7.12';
const made = {
  product: 'actionlint',
  version: VERSION,
  folder: `actionlint/${VERSION}`,
  programs: (): [string] => ['actionlint'],
};

/** The linter of GitHub's workflow files. No part of the sandbox: the tests alone have it, when one asks for it. */
export const actionlint: Part = {
  name: 'actionlint',
  find: ({ env }) =>
    findOnPath(
      [
        {
          product: 'actionlint',
          names: ['actionlint'],
          args: ['-version'],
          version: /^v?(\d\S*)/,
          // An older one does not know the runners of today.
          atLeast: VERSION,
        },
      ],
      env,
    ),
  fetch: releaseDownload({
    ...made,
    typicalSeconds: 5,
    files: ({ platform }) => {
      const base = `https://github.com/rhysd/actionlint/releases/download/v${VERSION}/actionlint_${VERSION}`;
      const archive = `actionlint_${VERSION}_${platform}.tar.gz`;
      return { archive, url: `${base}_${platform}.tar.gz`, sums: `${base}_checksums.txt` };
    },
  }),
  build: goBuild({
    ...made,
    module: 'actionlint',
    package: 'github.com/rhysd/actionlint/cmd/actionlint',
    ldflags: `-X github.com/rhysd/actionlint.version=${VERSION}`,
    typicalSeconds: 45,
  }),
  advice: `install actionlint ${VERSION} or newer`,
};

/** What actionlint finds in a workflow, a problem a line; the same on every machine, whatever else is installed. */
export async function lint(workflow: string): Promise<string[]> {
  const { path } = await getTool(actionlint);
  const { exitCode, stdout, stderr } = await execa(
    path,
    ['-shellcheck=', '-pyflakes=', '-no-color', '-oneline', '-'],
    { input: workflow, reject: false },
  );
  // 1: problems were found. Beyond it, it could not work.
  if (exitCode !== 0 && exitCode !== 1) {
    throw new Error(`actionlint ended with ${exitCode}: ${stderr}`);
  }
  return stdout.split('\n').filter((line) => line !== '');
}
