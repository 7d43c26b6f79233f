import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { FOLDER_VARIABLE, type SandboxFolder, type SandboxRecord } from '../../../sandbox/sandbox-folder';

/** Leaves each sandbox as the last test left it, with its servers running. */
const KEEP_VARIABLE = 'KEEP_SANDBOX';

const LOGS = ['vault.log', 'moto.log'];
const LINES = 30;

export interface Started {
  readonly folder: SandboxFolder;
  readonly record: SandboxRecord;
  /** Of the stack that was synthesized last. */
  readonly stackFolder: string;
}

/** The sandboxes that a test file has started: what is said of them when a test fails, and what is left of them. */
class Sandboxes {
  private readonly started: Started[] = [];
  /** How long each log was when the test began. */
  private readonly begins = new Map<string, number>();
  private failed = false;

  add(sandbox: Started): void {
    this.started.push(sandbox);
  }

  testBegins(): void {
    for (const log of this.logs()) {
      this.begins.set(log, statSync(log).size);
    }
  }

  /** @returns what a person needs who looks into it */
  testFailed(name: string): string | undefined {
    if (this.started.length === 0) {
      return undefined;
    }
    this.failed = true;
    return [
      'What the test left behind:',
      ...this.logs().map((log) => this.since(log)),
      ...this.started.map(({ stackFolder }) => `The stack and its state: ${stackFolder}`),
      `Alone, with its sandbox kept: ${KEEP_VARIABLE}=1 npx jest ${testFile()} -t ${quoted(name)}`,
    ].join('\n');
  }

  /** What is left of a sandbox at its end: nothing, its files where a test failed, or all if that is asked for. */
  leaves(): 'nothing' | 'files' | 'all' {
    return process.env[KEEP_VARIABLE] ? 'all' : this.failed ? 'files' : 'nothing';
  }

  private logs(): string[] {
    return this.started
      .flatMap(({ folder }) => LOGS.map((log) => join(folder.logs, log)))
      .filter((log) => existsSync(log));
  }

  private since(log: string): string {
    const text = readFileSync(log).subarray(this.begins.get(log) ?? 0);
    const lines = text.toString().split('\n').filter(Boolean);
    const left = lines.length > LINES ? `, the last ${LINES} of ${lines.length} lines` : '';
    const said = lines.length > 0 ? lines.slice(-LINES) : ['(nothing)'];
    return [`${basename(log)} since the test began${left}:`, ...said.map((line) => `  ${line}`)].join('\n');
  }
}

export const sandboxes = new Sandboxes();

/** How a person goes on with a sandbox that was kept. */
export function describeKept({ folder, record }: Started): string {
  const { vault, aws } = record;
  return [
    `The sandbox of ${testFile()} is kept.`,
    `  look:   ${FOLDER_VARIABLE}=${folder.path} npm run sandbox -- exec vault auth list`,
    `  remove: kill ${vault.process.pid} ${aws.process.pid}; rm -r ${folder.path}`,
    '',
  ].join('\n');
}

function testFile(): string {
  return relative('.', expect.getState().testPath!);
}

/** As one word of a shell, and as the regular expression that jest takes. */
function quoted(name: string): string {
  const pattern = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return `'^${pattern.replaceAll("'", String.raw`'\''`)}$'`;
}
