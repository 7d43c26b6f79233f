import semver from 'semver';
import packageJson from '../../package.json' with { type: 'json' };
import { createContext, type PartsOptions } from './context';
import { GO_ADVICE } from './go';
import { locate, type Location, PARTS } from './locate';
import type { Context, PartName, PathSearch } from './part';
import { PYTHON_ADVICE } from './python';
import { MIRROR_VARIABLE } from './release';

/** The least Node.js that the project runs on: what npm asks for, too. */
const NODE_AT_LEAST = semver.minVersion(packageJson.engines.node)!.version;

/** What is known of a part, or of something that the machine must have, before anything is started. */
export interface PartReport {
  name: PartName | 'node' | 'python' | 'go';
  /**
   * `found` on PATH, `cached`, to be had by `fetch` or `build`, `missing`, or `unneeded` since all that would need
   * it is there or can be downloaded.
   */
  status: 'found' | 'cached' | 'fetch' | 'build' | 'missing' | 'unneeded';
  /** The program, if it matters which one it is. */
  product?: string;
  version?: string;
  /** Where it is. */
  path?: string;
  /** Where it would come from. */
  source?: string;
  /** How long getting it takes. */
  typicalSeconds?: number;
  /** Why it is missing, in one line. */
  problem?: string;
  /** What to do if it is missing. */
  advice?: string;
  /** Programs on PATH that will not do, each with the reason. */
  passedOver?: string[];
}

/**
 * Looks what is there and how the rest would be had. Nothing is downloaded, built or changed.
 *
 * @throws Error if the machine's operating system or processor has no parts
 */
export async function inspectParts(options: PartsOptions = {}): Promise<PartReport[]> {
  const context = createContext(options);
  return reportAll(await Promise.all(PARTS.map((part) => locate(part, context))), context);
}

/** What keeps the sandbox from starting. */
export function missing(reports: readonly PartReport[]): PartReport[] {
  return reports.filter(({ status }) => status === 'missing');
}

/** The reports of the machine and of all parts that were looked for. */
export async function reportAll(locations: readonly Location[], context: Context): Promise<PartReport[]> {
  const byPip = locations.filter(({ part }) => part.name === 'moto');
  const byGo = locations.filter(({ part }) => part.name !== 'moto');
  return [
    nodeReport(process.versions.node),
    toolReport('python', byPip.some(isBuilt) ? await context.python() : undefined, PYTHON_ADVICE),
    toolReport('go', byGo.some(isBuilt) ? await context.go() : undefined, GO_ADVICE),
    ...locations.map((location) => partReport(location, context)),
  ];
}

/** Whether a part has to be built, be it possible or not. */
function isBuilt(location: Location): boolean {
  return (
    location.state === 'missing' || (location.state === 'obtainable' && location.recipe.phase === 'build')
  );
}

/** What the report says of a Node.js of this version. */
export function nodeReport(version: string): PartReport {
  if (semver.gte(version, NODE_AT_LEAST)) {
    return { name: 'node', status: 'found', version, path: process.execPath };
  }
  const problem = `this is Node.js ${version}, older than ${NODE_AT_LEAST}`;
  const advice = `Install Node.js ${NODE_AT_LEAST} or newer: https://nodejs.org.`;
  return { name: 'node', status: 'missing', problem, advice };
}

/** @param finding undefined if nothing needs the tool, and it was not looked for */
function toolReport(name: 'python' | 'go', finding: PathSearch | undefined, advice: string): PartReport {
  if (finding === undefined) return { name, status: 'unneeded' };
  const { installed, passedOver } = finding;
  if (installed) return { name, status: 'found', version: installed.version, path: installed.path };
  return { name, status: 'missing', problem: ['not on PATH', ...passedOver].join('; '), advice };
}

function partReport(location: Location, context: Context): PartReport {
  const { part, passedOver, state } = location;
  const common = { name: part.name, ...(passedOver.length > 0 && { passedOver }) };
  switch (state) {
    case 'found':
    case 'cached':
      return { ...common, status: state, ...location.installed };
    case 'obtainable': {
      const { phase, product, version, typicalSeconds, source } = location.recipe;
      return { ...common, status: phase, product, version, source: source(context), typicalSeconds };
    }
    case 'missing': {
      const problem = ['not in the cache', ...location.obstacles].join('; ');
      const mirrored = part.fetch?.source(context).startsWith(context.releasesUrl);
      const advice = [
        part.advice,
        ...(part.fetch ? ['see go'] : []),
        ...(mirrored ? [`name a mirror of the releases in ${MIRROR_VARIABLE}`] : []),
      ]
        .filter(Boolean)
        .join(', or ');
      return { ...common, status: state, problem, advice: `${advice[0]?.toUpperCase()}${advice.slice(1)}.` };
    }
  }
}
