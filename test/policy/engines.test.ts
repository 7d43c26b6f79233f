import { aws, database, kv1, kv2, pki, type PolicyRule, ssh, transit } from '../../lib/policy';

/** Each rule as `path: capabilities`. */
const shown = (rules: readonly PolicyRule[]) =>
  rules.map(({ path, capabilities }) => `${path}: ${capabilities.join(', ')}`);

test.each<[string, PolicyRule[], string[]]>([
  ['kv1.read', kv1.read('kv', 'app/*'), ['kv/app/*: read']],
  ['kv1.list', kv1.list('kv', 'app/*'), ['kv/app/*: list']],
  ['kv1.write', kv1.write('kv', 'app/*'), ['kv/app/*: create, update']],
  ['kv1.delete', kv1.delete('kv', 'app/*'), ['kv/app/*: delete']],
  ['kv2.read', kv2.read('secret', 'app/*'), ['secret/data/app/*: read', 'secret/metadata/app/*: read']],
  ['kv2.list', kv2.list('secret', 'app/*'), ['secret/metadata/app/*: list']],
  ['kv2.write', kv2.write('secret', 'app/*'), ['secret/data/app/*: create, update, patch']],
  ['kv2.delete', kv2.delete('secret', 'app/*'), ['secret/data/app/*: delete', 'secret/delete/app/*: update']],
  ['kv2.undelete', kv2.undelete('secret', 'app/*'), ['secret/undelete/app/*: update']],
  [
    'kv2.destroy',
    kv2.destroy('secret', 'app/*'),
    ['secret/destroy/app/*: update', 'secret/metadata/app/*: delete'],
  ],
  ['transit.encrypt', transit.encrypt('transit', 'app'), ['transit/encrypt/app: update']],
  ['transit.decrypt', transit.decrypt('transit', 'app'), ['transit/decrypt/app: update']],
  ['transit.rewrap', transit.rewrap('transit', 'app'), ['transit/rewrap/app: update']],
  ['transit.dataKey', transit.dataKey('transit', 'app'), ['transit/datakey/plaintext/app: update']],
  ['transit.sign', transit.sign('transit', 'app'), ['transit/sign/app: update']],
  ['transit.verify', transit.verify('transit', 'app'), ['transit/verify/app: update']],
  ['transit.hmac', transit.hmac('transit', 'app'), ['transit/hmac/app: update']],
  ['database.creds', database.creds('database', 'app'), ['database/creds/app: read']],
  ['database.staticCreds', database.staticCreds('database', 'app'), ['database/static-creds/app: read']],
  ['pki.issue', pki.issue('pki', 'web'), ['pki/issue/web: update']],
  ['pki.sign', pki.sign('pki', 'web'), ['pki/sign/web: update']],
  ['aws.creds', aws.creds('aws', 'deploy'), ['aws/creds/deploy: read, update']],
  ['aws.sts', aws.sts('aws', 'deploy'), ['aws/sts/deploy: read, update']],
  ['ssh.sign', ssh.sign('ssh', 'admin'), ['ssh/sign/admin: update']],
])('%s writes its paths and nothing else', (_, rules, expected) => {
  expect(shown(rules)).toEqual(expected);
});

test.each(['team/kv', '/team/kv', 'team/kv/', '//team/kv//'])(
  'the slashes around the mount path %s do not count',
  (mount) => {
    expect(shown(kv1.read(mount, '/app'))).toEqual(['team/kv/app: read']);
  },
);

test('a slash at the end of a path stays, it is a folder', () => {
  expect(shown(kv2.list('secret', 'app/'))).toEqual(['secret/metadata/app/: list']);
});

describe('what no request could match is refused:', () => {
  const RULE =
    'The mount path and each part after it must not be empty, because no request of the engine would match; ' +
    "use '*' for everything; got ";

  test.each<[string, () => PolicyRule[], string]>([
    ['a KV path', () => kv2.read('secret', ''), "'secret', 'data', ''."],
    ['a KV path of slashes', () => kv1.read('kv', '//'), "'kv', '//'."],
    ['a mount path', () => transit.encrypt('/', 'app'), "'/', 'encrypt', 'app'."],
    ['a role', () => database.creds('database', ''), "'database', 'creds', ''."],
  ])('%s', (_, make, got) => {
    expect(make).toThrow(new Error(RULE + got));
  });
});
