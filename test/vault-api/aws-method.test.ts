import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  hasStsRole,
  listCertificates,
  listRoles,
  listStsAccounts,
  type MethodClient,
  readClient,
  readIdentity,
  readMount,
  readMounts,
  fetchPolicy,
  readRole,
  readTune,
  VaultError,
} from '../../lib/vault-api';

const CONTENT: Readonly<Record<string, unknown>> = {
  'sys/auth': { 'team/aws/': { type: 'aws' } },
  'sys/auth/team/aws': { type: 'aws', accessor: 'auth_aws_1' },
  'sys/auth/team/aws/tune': { max_lease_ttl: 60 },
  'auth/team/aws/config/client': { access_key: 'AKIA1' },
  'auth/team/aws/config/identity': { iam_alias: 'unique_id' },
  'auth/team/aws/config/sts/222222222222': { sts_role: 'arn' },
  'auth/team/aws/role/a%20b': { role_id: '1' },
  'sys/policies/acl/dev': { policy: 'path "a" {}' },
  'auth/team/aws/role?list=true': { keys: ['a b'] },
  'auth/team/aws/config/sts?list=true': { keys: ['222222222222'] },
  'auth/team/aws/config/certificates?list=true': { keys: ['one'] },
};

let server: Server;
let methodClient: MethodClient;
beforeAll(async () => {
  server = createServer(({ url = '', headers }, response) => {
    const content = CONTENT[url.replace('/v1/', '')];
    const [status, body] =
      headers['x-vault-token'] !== 'hvs.x' || headers['x-vault-namespace'] !== 'ns'
        ? [403, { errors: ['permission denied'] }]
        : content === undefined
          ? [404, { errors: [] }]
          : [200, { data: content }];
    response.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const vaultAddress = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  methodClient = { vaultAddress, namespace: 'ns', token: 'hvs.x', mountPath: 'team/aws' };
});
afterAll(() => new Promise((done) => server.close(done)));

type Reader = (methodClient: MethodClient) => Promise<unknown>;

/** Each reader with what it reads here, and what it says of a method that has nothing. */
const READERS: readonly (readonly [what: string, reader: Reader, found: unknown, none: unknown])[] = [
  ['the mounts', readMounts, { 'team/aws/': { type: 'aws' } }, { 'team/aws/': { type: 'aws' } }],
  ['the mount', readMount, { type: 'aws', accessor: 'auth_aws_1' }, undefined],
  ['the tuning', readTune, { max_lease_ttl: 60 }, undefined],
  ['the client', readClient, { access_key: 'AKIA1' }, undefined],
  ['the identity configuration', readIdentity, { iam_alias: 'unique_id' }, {}],
  ['a role, whatever the case of its name', (each) => readRole(each, 'A b'), { role_id: '1' }, undefined],
  ['the roles', listRoles, ['a b'], []],
  ['the accounts', listStsAccounts, ['222222222222'], []],
  ['whether an account has a role', (each) => hasStsRole(each, '222222222222'), true, false],
  ['the certificates', listCertificates, ['one'], []],
];

test.each(READERS)('%s: read where it is, and none if nothing is there', async (_, reader, found, none) => {
  expect(await reader(methodClient)).toEqual(found);
  expect(await reader({ ...methodClient, mountPath: 'other' })).toEqual(none);
});

test('the text of a policy is read, and none if there is no such policy', async () => {
  expect(await fetchPolicy(methodClient, 'dev')).toBe('path "a" {}');
  expect(await fetchPolicy(methodClient, 'ops')).toBeUndefined();
});

test.each(READERS)('%s: a refusal is an error', async (_, reader) => {
  await expect(reader({ ...methodClient, token: 'hvs.y' })).rejects.toBeInstanceOf(VaultError);
});
