/**
 * The real parts that the sandbox is made of. `terraform` may be OpenTofu. `actionlint` and `hcl-oracle` are not parts
 * of the sandbox: only the tests use them.
 */
export type PartName =
  'terraform' | 'vault' | 'provider-vault' | 'provider-aws' | 'moto' | 'actionlint' | 'hcl-oracle';

/** What happens to a part while the sandbox gets it. Sent at each change, and at least every two seconds. */
export interface PartEvent {
  part: PartName;
  phase: 'find' | 'fetch' | 'build' | 'ready';
  /** One line for a person. */
  message: string;
  /** How much of a download is here, 0 to 100; absent if the end is not known. */
  percent?: number;
  /** Seconds since this part's download or build began. */
  elapsedSeconds?: number;
  /** What the whole step takes on two cores (build) or a line of 50 Mbit/s (fetch). */
  typicalSeconds?: number;
}

/** Where a part is, and which one it is. */
export interface Installed {
  /** The program's name: terraform or tofu. */
  product: string;
  /** Absolute path of the program. */
  path: string;
  /** Semantic version. */
  version: string;
}

/** What a search on PATH gave. */
export interface PathSearch {
  installed?: Installed;
  /** Programs that were there and are not accepted, each with the reason. */
  passedOver: string[];
}

/** What the search for a part needs to know: the cache, the server of the releases, and the machine. */
export interface Context {
  /** The cache's root. */
  cacheDir: string;
  /** Base URL of the layout of releases.hashicorp.com, without a trailing slash. */
  releasesUrl: string;
  /** The operating system and processor as releases name them: `linux_amd64`. */
  platform: string;
  /** The environment that programs are looked up and run in. */
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  onProgress: (event: PartEvent) => void;
  /** The Go tool chain; searched once. */
  go: () => Promise<PathSearch>;
  /** A Python that can make virtual environments; searched once. */
  python: () => Promise<PathSearch>;
}

/** What a recipe works with. The caller removes all folders in any case. */
export interface Job {
  /** An empty folder: what is in it at the end becomes the part. */
  into: string;
  /** The folder for downloads. It survives a failure, so that a download can go on. */
  downloads: string;
  /** A folder that does not exist yet, for files that the part doesn't need. */
  scratch: string;
  signal: AbortSignal;
  say: (message: string, percent?: number) => void;
}

/** One way to put a part, by download or by build, into the cache. */
export interface Recipe {
  phase: 'fetch' | 'build';
  product: string;
  version: string;
  /** Folder of the part and version in the cache: two recipes that make the same thing share it. */
  folder: string;
  /** Paths in the finished folder that must be executable; the first is the part's program. */
  programs: (platform: string) => [string, ...string[]];
  typicalSeconds: number;
  /** The source of the part: a URL, or the recipe. */
  source: (context: Context) => string;
  /** Why it can't work on this machine; undefined if it can. */
  obstacle: (context: Context) => Promise<string | undefined>;
  make: (job: Job, context: Context) => Promise<void>;
}

/** One real part: looked for on PATH, else fetched as a release, else built. */
export interface Part {
  name: PartName;
  find: (context: Context) => Promise<PathSearch>;
  fetch?: Recipe;
  build: Recipe;
  /** What to do if no recipe works here, other than making one work. An imperative. */
  advice?: string;
}
