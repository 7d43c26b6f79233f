import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is answered to a path; a function is called first, to make something happen meanwhile. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly meanwhile?: () => void;
}

/**
 * Answers as Vault 1.21.1 was seen to (and, at `/`, as STS), for what the real one does not do on command:
 * vanish between two calls, quote a secret, or be stopped at a chosen moment.
 */
export class VaultStandIn {
  readonly asked: string[] = [];
  readonly tokens: (string | undefined)[] = [];
  readonly bodies: string[] = [];
  private readonly server: Server;

  constructor(private readonly answers: Record<string, Answer>) {
    this.server = createServer((request, response) => {
      const path = request.url!.replace(/^\/v1\//, '');
      this.asked.push(path);
      this.tokens.push(request.headers['x-vault-token']?.toString());
      const { status, body, meanwhile } = this.answers[path] ?? { status: 404, body: { errors: [] } };
      meanwhile?.();
      let received = '';
      request.on('data', (chunk: Buffer) => (received += chunk.toString()));
      request.on('end', () => {
        this.bodies.push(received);
        response.writeHead(status).end(typeof body === 'string' ? body : body && JSON.stringify(body));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
