import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BoundPrincipal } from '../../lib/vault';
import { sandboxSettings } from '../../lib/sandbox/sandbox-settings';
import { GUIDE, TestSandbox } from './support/test-sandbox';

const DELAY_MS = 8_000;

let sandbox: TestSandbox;
let proxy: Server;
let refusals: number;

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  refusals = 0;
  proxy = await delayNewKeys(sandbox);
});
afterAll(async () => {
  proxy.close();
  await sandbox.stop();
});

/**
 * Stands before moto and, as AWS may do, does not know a key for its first eight seconds. moto itself knows a
 * key at once. The administrator's is old.
 */
async function delayNewKeys({ record }: TestSandbox): Promise<Server> {
  const firstSeen = new Map<string, number>([[record.aws.admin.accessKeyId, 0]]);
  const isNew = ({ headers }: IncomingMessage) => {
    const key = /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1];
    if (key === undefined) {
      return false;
    }
    firstSeen.set(key, firstSeen.get(key) ?? Date.now());
    return Date.now() - firstSeen.get(key)! < DELAY_MS;
  };
  const server = createServer((incoming, answer) => {
    if (isNew(incoming)) {
      refusals++;
      answer.writeHead(403, { 'Content-Type': 'text/xml' });
      answer.end(
        '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>' +
          '<Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid</Message>' +
          '</Error><RequestId>0</RequestId></ErrorResponse>',
      );
      return;
    }
    const { hostname, port } = new URL(record.aws.endpoint);
    const { method, url: path, headers } = incoming;
    // The host header stays: it is signed.
    incoming.pipe(
      request({ hostname, port, method, path, headers }, (reply) => {
        answer.writeHead(reply.statusCode!, reply.headers);
        reply.pipe(answer);
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

test('a first apply with a named principal waits until AWS knows the new key', async () => {
  const behindProxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { vault, ...settings } = sandboxSettings(GUIDE, sandbox.record);
  const begun = Date.now();

  await sandbox.apply(
    {
      ...settings,
      vault: { ...vault, awsEndpoints: { iam: behindProxy, sts: { url: behindProxy, region: 'us-east-1' } } },
      login: { boundPrincipals: [BoundPrincipal.user('administrator')] },
    },
    true,
  );

  expect(refusals).toBeGreaterThan(0);
  expect(Date.now() - begun).toBeGreaterThan(DELAY_MS);
  const { data } = await sandbox.vault<{ data: { bound_iam_principal_id: string[] } }>(
    'GET',
    'auth/aws_test/role/dev_role',
  );
  expect(data.bound_iam_principal_id).toHaveLength(1);
});
