import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context, Job, Recipe } from './part';
import { download } from './download';
import { request } from './request';
import { run } from './run';
import { unzip } from './unzip';

/** Names the base URL of the releases in the environment. */
export const MIRROR_VARIABLE = 'VAULT_AWS_AUTH_RELEASES_URL';

/** A release host that answers at all answers a HEAD within this. */
const ANSWER_WITHIN_MS = 4_000;

/** An archive and the list of checksums that it is in. */
export interface ReleaseFiles {
  /** The archive's name in the list; `.tar.gz`, or `.zip`. */
  archive: string;
  url: string;
  sums: string;
}

/** A part that is published as an archive with checksums. */
export interface Release {
  product: string;
  version: string;
  folder: string;
  programs: Recipe['programs'];
  typicalSeconds: number;
  /** Where it is published. Default: in the layout of releases.hashicorp.com, at the context's URL. */
  files?: (context: Context) => ReleaseFiles;
  /** Adds to the folder what the archive lacks. */
  complete?: (into: string, context: Context) => Promise<void>;
}

/**
 * The recipe that fetches a part from the server of its releases: the archive is checked against the SHA-256 in the
 * release's list.
 *
 * Source: https://releases.hashicorp.com
 */
export function releaseDownload(release: Release): Recipe {
  const names =
    release.files ??
    ((context: Context) => {
      const { product, version } = release;
      const base = `${context.releasesUrl}/${product}/${version}/`;
      const archive = `${product}_${version}_${context.platform}.zip`;
      return { archive, url: base + archive, sums: `${base}${product}_${version}_SHA256SUMS` };
    });
  return {
    phase: 'fetch',
    ...release,
    source: (context) => names(context).url,
    obstacle: (context) => unanswered(names(context).sums, context),
    make: async (job, context) => {
      const { archive, url, sums } = names(context);
      const to = join(job.downloads, archive);
      job.say(`downloading ${url}`);
      const sha256 = listedSum(await textAt(sums, job.signal), archive, sums);
      await download({ url, to, sha256, signal: job.signal, onBytes: percentTo(job, url) });
      job.say(`extracting ${archive}`);
      const folder = dirname(join(job.into, release.programs(context.platform)[0]));
      try {
        await mkdir(folder, { recursive: true });
        await (archive.endsWith('.zip') ? unzip(to, folder, job.signal) : untar(to, folder, job, context));
      } finally {
        await rm(to);
      }
      await release.complete?.(job.into, context);
    },
  };
}

/** With the system's tar, which every Linux and macOS has. */
async function untar(archive: string, into: string, job: Job, { env }: Context): Promise<void> {
  await run('tar', ['-xzf', archive, '--no-same-owner'], { cwd: into, env, signal: job.signal });
}

async function unanswered(url: string, context: Context): Promise<string | undefined> {
  const short = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const signal = context.signal ? AbortSignal.any([context.signal, short]) : short;
  try {
    const response = await request(url, { method: 'HEAD', signal });
    return response.ok ? undefined : `${url} answered ${response.status}`;
  } catch (error) {
    context.signal?.throwIfAborted();
    const why = short.aborted
      ? `no answer in ${ANSWER_WITHIN_MS / 1000} s`
      : (error as Error).message.replace(/^.*reason: /, '');
    return `${new URL(url).origin} can't be reached (${why})`;
  }
}

async function textAt(url: string, signal: AbortSignal): Promise<string> {
  const response = await request(url, { signal });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(
      `${url} answered ${response.status} ${response.statusText}. Check the base URL of the releases (${MIRROR_VARIABLE}).`,
    );
  }
  return text;
}

/**
 * The SHA-256 that a release lists for one of its files.
 *
 * @throws Error if the list has none for it
 */
export function listedSum(list: string, file: string, listUrl: string): string {
  for (const line of list.split('\n')) {
    const [sum, name] = line.trim().split(/\s+\*?/);
    if (name === file && sum !== undefined && /^[0-9a-f]{64}$/.test(sum)) return sum;
  }
  throw new Error(
    `${listUrl} lists no SHA-256 for ${file}, so the file can't be checked and is not downloaded. ` +
      'Put the program on PATH instead, or use a mirror that holds the release for this platform.',
  );
}

/** A line of progress at each full percent. */
function percentTo(job: Job, url: string): (received: number, total: number | undefined) => void {
  let last = -1;
  return (received, total) => {
    if (total === undefined) return;
    const percent = Math.floor((100 * received) / total);
    if (percent !== last) job.say(`downloading ${url}`, (last = percent));
  };
}
