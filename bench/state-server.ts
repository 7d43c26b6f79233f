import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * Keeps one Terraform state in memory, for Terraform's `http` backend.
 *
 * Source: https://developer.hashicorp.com/terraform/language/backend/http
 */
export async function startStateServer(): Promise<{ address: string; stop: () => void }> {
  let state: Buffer | undefined;
  const server = createServer((request, answer) => {
    void (async () => {
      if (request.method === 'POST') {
        state = await buffer(request);
      }
      answer.writeHead(request.method === 'GET' && !state ? 404 : 200);
      answer.end(request.method === 'GET' ? state : undefined);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, stop: () => server.close() };
}
