import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callVault } from '../../lib/vault-api/vault-client';

let server: Server;
let address: string;
let answer: { status: number; text: string };
let asked: { request: IncomingMessage; body: string } | undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked = { request, body };
      response.writeHead(answer.status).end(answer.text);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(() => {
  answer = { status: 200, text: '{}' };
  asked = undefined;
});

describe('a call', () => {
  test('carries token, namespace and body', async () => {
    answer.text = '{"data":{"ttl":1}}';
    const request = {
      method: 'POST',
      path: 'sys/capabilities-self',
      token: 'hvs.x',
      body: { paths: ['a'] },
    } as const;
    await expect(callVault({ vaultAddress: address, namespace: 'team' }, request)).resolves.toEqual({
      data: { ttl: 1 },
    });
    expect(asked?.request).toMatchObject({ method: 'POST', url: '/v1/sys/capabilities-self' });
    expect(asked?.request.headers).toMatchObject({
      'x-vault-token': 'hvs.x',
      'x-vault-namespace': 'team',
      'content-type': 'application/json',
    });
    expect(asked?.body).toBe('{"paths":["a"]}');
  });

  test('has no header for what is not there', async () => {
    await callVault({ vaultAddress: address }, { method: 'GET', path: 'x' });
    expect(Object.keys(asked!.request.headers)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^x-vault-(token|namespace)$/)]),
    );
  });

  test('keeps the path of an address that has one, with or without a slash at its end', async () => {
    for (const end of ['', '/']) {
      await callVault({ vaultAddress: `${address}/proxied${end}` }, { method: 'GET', path: 'sys/health' });
      expect(asked?.request.url).toBe('/proxied/v1/sys/health');
    }
  });

  test('answers nothing where Vault does', async () => {
    answer = { status: 204, text: '' };
    await expect(
      callVault({ vaultAddress: address }, { method: 'POST', path: 'x' }),
    ).resolves.toBeUndefined();
  });
});

describe('a refusal', () => {
  test('keeps the status and the errors', async () => {
    answer = { status: 503, text: '{"errors":["Vault is sealed"]}' };
    await expect(callVault({ vaultAddress: address }, { method: 'GET', path: 'x' })).rejects.toMatchObject({
      name: 'VaultError',
      message: 'Vault answered GET x with 503: Vault is sealed',
      status: 503,
      errors: ['Vault is sealed'],
    });
  });

  test.each([
    [
      'a page of a proxy',
      502,
      '<html>Bad Gateway</html>',
      'Vault answered GET x with 502: <html>Bad Gateway</html>',
    ],
    ['no text', 404, '', 'Vault answered GET x with 404: no text'],
    [
      'a page that says it is fine',
      200,
      '<html>Sign in</html>',
      'Vault answered GET x with 200: <html>Sign in</html>',
    ],
  ])('that is %s is shown as it is', async (_, status, text, message) => {
    answer = { status, text };
    await expect(callVault({ vaultAddress: address }, { method: 'GET', path: 'x' })).rejects.toThrow(message);
  });

  test('never names the token', async () => {
    answer = { status: 403, text: '{"errors":["permission denied"]}' };
    const call = callVault({ vaultAddress: address }, { method: 'GET', path: 'x', token: 'hvs.secret' });
    const error = await call.catch((caught: unknown) => caught);
    expect(String(error) + JSON.stringify(error)).not.toContain('hvs.secret');
  });
});

test('where nobody listens, the address and the reason are said', async () => {
  const gone = createServer();
  await new Promise<void>((done) => gone.listen(0, '127.0.0.1', done));
  const { port } = gone.address() as AddressInfo;
  await new Promise((done) => gone.close(done));
  await expect(
    callVault({ vaultAddress: `http://127.0.0.1:${port}` }, { method: 'GET', path: 'x' }),
  ).rejects.toThrow(
    `no answer from Vault at 'http://127.0.0.1:${port}': connect ECONNREFUSED 127.0.0.1:${port}`,
  );
});

test('an abort ends the call', async () => {
  const call = callVault(
    { vaultAddress: address },
    { method: 'GET', path: 'x', signal: AbortSignal.abort() },
  );
  await expect(call).rejects.toMatchObject({ name: 'VaultUnreachableError' });
});
