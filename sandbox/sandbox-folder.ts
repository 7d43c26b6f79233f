import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Parts } from './parts';
import type { MotoServer } from './servers/moto-server';
import type { VaultServer } from './servers/vault-server';

/** What runs, and how to reach it. It has secrets: only its owner can read the file. */
export interface SandboxRecord {
  readonly vault: VaultServer;
  readonly aws: MotoServer;
  readonly parts: Parts;
}

/** Names the sandbox's folder for the app that cdktf runs. */
export const FOLDER_VARIABLE = 'VAULT_AWS_AUTH_SANDBOX';

/** The files of one sandbox, in a folder that only its owner can read. */
export class SandboxFolder {
  readonly path: string;

  /** @param path the folder @default `.sandbox` here, or what VAULT_AWS_AUTH_SANDBOX names */
  constructor(path = process.env[FOLDER_VARIABLE] ?? '.sandbox') {
    this.path = resolve(path);
  }

  /** What synth writes. The Terraform state is next to it, in `state`. */
  get cdkOut(): string {
    return join(this.path, 'cdk.out');
  }

  get logs(): string {
    return join(this.path, 'logs');
  }

  create(): void {
    for (const folder of [this.path, this.logs, join(this.path, 'state')]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
    chmodSync(this.path, 0o700);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /** The record, or nothing if no sandbox was started here. */
  read(): SandboxRecord | undefined {
    return existsSync(this.recordFile)
      ? (JSON.parse(readFileSync(this.recordFile, 'utf8')) as SandboxRecord)
      : undefined;
  }

  write(record: SandboxRecord): void {
    const partial = `${this.recordFile}.partial`;
    writeFileSync(partial, JSON.stringify(record, null, 2), { mode: 0o600 });
    renameSync(partial, this.recordFile);
  }

  private get recordFile(): string {
    return join(this.path, 'sandbox.json');
  }
}
