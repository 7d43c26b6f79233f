import { writeCliConfig } from './cli-config';
import { createContext, type PartsOptions } from './context';
import { missing, type PartReport, reportAll } from './inspect';
import { install } from './install';
import { locate, type Location, PARTS } from './locate';
import type { Context, Installed, Part, PartName } from './part';
import { providerAws } from './provider-aws';
import { providerVault } from './provider-vault';

/** The real parts, ready to run. */
export interface Parts {
  /** `flavour` says which of the two it is: cdktf needs TERRAFORM_BINARY_NAME for tofu. */
  terraform: { path: string; flavour: 'terraform' | 'tofu'; version: string };
  vault: { path: string; version: string };
  /** `path` is that of the program `moto_server`. */
  moto: { path: string; version: string };
  /** For TF_CLI_CONFIG_FILE: takes the two providers from the cache, and asks no registry. */
  cliConfigFile: string;
}

/**
 * Gets the real parts of the sandbox: on PATH, else from the cache, else downloaded, else built.
 *
 * @throws Error that lists everything that is missing, before anything is downloaded or built; or why one part could
 * not
 * be got; the signal's reason on an abort
 */
export async function getParts(options: PartsOptions = {}): Promise<Parts> {
  const context = createContext(options);
  const { terraform, vault, moto } = await getEach(PARTS, context, "The sandbox can't start");
  return {
    terraform: {
      path: terraform.path,
      flavour: terraform.product === 'tofu' ? 'tofu' : 'terraform',
      version: terraform.version,
    },
    vault: { path: vault.path, version: vault.version },
    moto: { path: moto.path, version: moto.version },
    cliConfigFile: await writeCliConfig([providerAws.build, providerVault.build], context),
  };
}

/**
 * Gets a program that the sandbox does not need, in the same way.
 *
 * @throws Error as {@link getParts} does
 */
export async function getTool(part: Part, options: PartsOptions = {}): Promise<Installed> {
  const found = await getEach([part], createContext(options), `${part.name} is not available`);
  return found[part.name];
}

/** @param consequence what follows if something is missing, as the beginning of a sentence */
async function getEach(
  wanted: readonly Part[],
  context: Context,
  consequence: string,
): Promise<Record<PartName, Installed>> {
  const locations = await Promise.all(
    wanted.map((part) => {
      context.onProgress({ part: part.name, phase: 'find', message: 'looking for it' });
      return locate(part, context);
    }),
  );
  context.signal?.throwIfAborted();
  const lacking = missing(await reportAll(locations, context));
  if (lacking.length > 0) throw new Error(allMissing(lacking, consequence));
  const parts = {} as Record<PartName, Installed>;
  // One after the other: a build uses all processors, and a download the whole connection.
  for (const location of locations) {
    parts[location.part.name] = await get(location, context);
  }
  return parts;
}

async function get(location: Location, context: Context): Promise<Installed> {
  const { name } = location.part;
  const installed =
    location.state === 'obtainable' ? await install(name, location.recipe, context) : inPlace(location);
  const message = `${installed.product} ${installed.version} at ${installed.path}`;
  context.onProgress({ part: name, phase: 'ready', message });
  return installed;
}

function inPlace(location: Exclude<Location, { state: 'obtainable' }>): Installed {
  if (location.state === 'missing') throw new Error(`${location.part.name} is missing`);
  return location.installed;
}

function allMissing(lacking: readonly PartReport[], consequence: string): string {
  const lines = lacking.map(({ name, problem, advice }) => `- ${name}: ${problem}. ${advice}`);
  const things = lacking.length === 1 ? 'one thing is' : `${lacking.length} things are`;
  return [`${consequence}: ${things} missing, and nothing was started.`, ...lines].join('\n');
}
