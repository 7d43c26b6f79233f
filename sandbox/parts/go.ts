import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from './find-on-path';
import type { Context, Job, Recipe } from './part';
import { run } from './run';

/**
 * The Go tool chain that the modules under sandbox/tools/ need; it gets a newer one by itself if a go.mod requires it.
 */
export const GO: Command = {
  product: 'go',
  names: ['go'],
  args: ['version'],
  version: /\bgo(\d+\.\d+\.\d+)/,
  atLeast: '1.25.0',
};

/** What to do if there is none. */
export const GO_ADVICE = 'Install Go 1.25 or newer: https://go.dev/dl.';

/** The folder of the Go modules and of moto's requirements. */
export const TOOLS = join(import.meta.dirname, '../tools');

/** A part that one Go module under sandbox/tools/ builds. */
export interface GoProgram {
  product: string;
  version: string;
  folder: string;
  programs: Recipe['programs'];
  /** Folder under sandbox/tools/ with the go.mod. */
  module: string;
  /** Import path of the program. */
  package: string;
  /** Linker flags in addition to `-s -w`. */
  ldflags?: string;
  typicalSeconds: number;
  /** Prepares a module other than the one under tools/. @returns its folder, and the flags that `go build` needs */
  prepare?: (job: Job, context: Context) => Promise<{ cwd: string; flags: string[] }>;
  /** Adds to the folder what is needed in addition to the program. */
  complete?: (into: string, context: Context) => Promise<void>;
}

/** The recipe that builds a part from its Go module. */
export function goBuild(program: GoProgram): Recipe {
  return {
    phase: 'build',
    ...program,
    source: () => `sandbox/tools/${program.module} with Go`,
    obstacle: async (context) => {
      const { installed, passedOver } = await context.go();
      return installed ? undefined : ['Go 1.25 or newer is not on PATH', ...passedOver].join('; ');
    },
    make: async (job, context) => {
      const { cwd, flags } = (await program.prepare?.(job, context)) ?? {
        cwd: join(TOOLS, program.module),
        flags: ['-mod=readonly'],
      };
      const output = join(job.into, program.programs(context.platform)[0]);
      await mkdir(dirname(output), { recursive: true });
      job.say(`compiling ${program.product} ${program.version}`);
      const ldflags = ['-s -w', program.ldflags].filter(Boolean).join(' ');
      await runGo(['build', ...flags, '-trimpath', '-ldflags', ldflags, '-o', output, program.package], {
        cwd,
        job,
        context,
      });
      await program.complete?.(job.into, context);
    },
  };
}

/** Runs the Go tool chain that was found. */
export async function runGo(
  args: string[],
  { cwd, job, context }: { cwd: string; job: Job; context: Context },
): Promise<void> {
  const { installed } = await context.go();
  await run(installed?.path ?? 'go', args, {
    cwd,
    // The user's build flags or workspace would change the build, or make it fail.
    env: { ...context.env, GOFLAGS: undefined, GOWORK: 'off' },
    signal: job.signal,
  });
}
