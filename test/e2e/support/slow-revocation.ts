import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestSandbox } from './test-sandbox';

/** Stands before Vault and lets each end of a token take a while, so that somebody can lose patience. */
export class SlowRevocation {
  static async start(sandbox: TestSandbox, delayMs: number): Promise<SlowRevocation> {
    const slow = new SlowRevocation(sandbox, delayMs);
    await new Promise<void>((resolve) => slow.server.listen(0, '127.0.0.1', resolve));
    return slow;
  }

  /** Kept once a token was asked to end. */
  readonly begun: Promise<void>;
  private readonly server: Server;

  private constructor({ record }: TestSandbox, delayMs: number) {
    let begin: () => void;
    this.begun = new Promise((resolve) => (begin = resolve));
    this.server = createServer((incoming, answer) => {
      const { method, url: path, headers } = incoming;
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const slow = path === '/v1/auth/token/revoke-accessor';
        if (slow) {
          begin();
        }
        void sleep(slow ? delayMs : 0).then(() => {
          const outgoing = request(new URL(path!, record.vault.address), { method, headers }, (theirs) => {
            answer.writeHead(theirs.statusCode!, theirs.headers);
            theirs.pipe(answer);
          });
          outgoing.on('error', (error) => answer.destroy(error));
          outgoing.end(Buffer.concat(chunks));
        });
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
