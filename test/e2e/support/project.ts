import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import type { Settings } from '../../../lib/constructs/stacks';
import type { TestSandbox } from './test-sandbox';
import { timed } from './times';

/** This project with a settings.ts of its own, beside the sandbox. */
export class Project {
  readonly path: string;

  constructor(private readonly sandbox: TestSandbox) {
    this.path = join(sandbox.folder.path, '../project');
    mkdirSync(this.path);
    // What names settings.ts must be in the folder itself.
    for (const path of ['bin', 'settings.ts', 'package.json', 'tsconfig.json', 'tsconfig.app.json']) {
      cpSync(path, join(this.path, path), { recursive: true });
    }
    for (const path of ['lib', 'node_modules']) {
      symlinkSync(resolve(path), join(this.path, path));
    }
    symlinkSync(sandbox.folder.cdkOut, join(this.path, 'cdk.out'));
  }

  /** Starts a program of bin/ with the sandbox in its environment. */
  start(program: string, args: readonly string[] = [], env: Record<string, string | undefined> = {}) {
    return execa('node', ['--import', 'tsx', `bin/${program}`, ...args], {
      cwd: this.path,
      env: { ...this.sandbox.env, CDKTF_OUTDIR: this.sandbox.folder.cdkOut, ...env },
      extendEnv: false,
      reject: false,
    });
  }

  /** Runs it to its end. */
  async run(...program: Parameters<Project['start']>) {
    const { exitCode, stdout, stderr } = await timed('command', async () => this.start(...program));
    return { exitCode, stdout, stderr };
  }

  /** From now on its settings.ts says this. */
  writeSettings(settings: Settings): void {
    const text = `export const settings = ${JSON.stringify(settings, null, 2)};\n`;
    writeFileSync(join(this.path, 'settings.ts'), text);
  }

  /** The text of one of its files. */
  read(path: string): string {
    return readFileSync(join(this.path, path), 'utf8');
  }

  /** Synthesizes the stack of its settings; what the sandbox's terraform runs on then. */
  async synth(): Promise<void> {
    const { exitCode, stderr } = await this.run('app.ts');
    if (exitCode !== 0) {
      throw new Error(stderr);
    }
  }
}
