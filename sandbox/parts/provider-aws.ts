import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { goBuild, runGo, TOOLS } from './go';
import {
  CLIENT_LIST,
  keepClients,
  keepServices,
  KEPT_CLIENTS,
  KEPT_SERVICES,
  SERVICE_LIST,
} from './lean-provider';
import type { Context, Job, Part } from './part';
import { providerFolder } from './provider';
import { releaseDownload } from './release';

const MODULE = 'github.com/hashicorp/terraform-provider-aws';
const made = providerFolder('aws', '6.34.0');

/**
 * The Terraform provider hashicorp/aws. It is built with three of its 250 services, because a whole build takes
 * half an hour and 9 GB of memory. A download is the whole provider.
 */
export const providerAws: Part = {
  name: 'provider-aws',
  find: () => Promise.resolve({ passedOver: [] }),
  fetch: releaseDownload({ ...made, typicalSeconds: 40 }),
  build: goBuild({
    ...made,
    module: 'provider-aws',
    package: MODULE,
    typicalSeconds: 240,
    prepare: vendorLean,
  }),
};

/** A copy of the module with its dependencies in it, because Go refuses an overlay on the module cache. */
async function vendorLean(job: Job, context: Context): Promise<{ cwd: string; flags: string[] }> {
  const cwd = job.scratch;
  await mkdir(cwd);
  for (const file of ['go.mod', 'go.sum']) {
    await copyFile(join(TOOLS, 'provider-aws', file), join(cwd, file));
  }
  job.say('gathering the source of the AWS provider');
  await runGo(['mod', 'vendor'], { cwd, job, context });
  const overlay = {
    ...(await replace(cwd, SERVICE_LIST, (source) => keepServices(source, KEPT_SERVICES))),
    ...(await replace(cwd, CLIENT_LIST, (source) => keepClients(source, KEPT_CLIENTS))),
  };
  await writeFile(join(cwd, 'overlay.json'), JSON.stringify({ Replace: overlay }));
  return { cwd, flags: ['-mod=vendor', '-overlay', 'overlay.json'] };
}

/** Writes the filtered copy of a vendored file. @returns the entry of the overlay */
async function replace(
  cwd: string,
  file: string,
  filter: (source: string) => string,
): Promise<Record<string, string>> {
  const path = join(cwd, 'vendor', MODULE, file);
  const copy = join(cwd, file.replaceAll('/', '-'));
  await writeFile(copy, filter(await readFile(path, 'utf8')));
  return { [path]: copy };
}
