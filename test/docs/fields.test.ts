import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const BINDINGS = join(__dirname, '../../node_modules/@cdktf/provider-vault/lib');

/** Fields of newer providers than the bindings are made for. */
const BEYOND_THE_BINDINGS = ['secret_key_wo', 'secret_key_wo_version'];

const RESOURCES: [table: string, folder: string, declaration: string][] = [
  ['vault_auth_backend', 'auth-backend', 'AuthBackendConfig'],
  ['vault_auth_backend tune', 'auth-backend', 'AuthBackendTune'],
  ['vault_aws_auth_backend_client', 'aws-auth-backend-client', 'AwsAuthBackendClientConfig'],
  [
    'vault_aws_auth_backend_config_identity',
    'aws-auth-backend-config-identity',
    'AwsAuthBackendConfigIdentityConfig',
  ],
  ['vault_aws_auth_backend_role', 'aws-auth-backend-role', 'AwsAuthBackendRoleConfig'],
  ['vault_aws_auth_backend_sts_role', 'aws-auth-backend-sts-role', 'AwsAuthBackendStsRoleConfig'],
  ['vault_aws_auth_backend_cert', 'aws-auth-backend-cert', 'AwsAuthBackendCertConfig'],
  [
    'vault_aws_auth_backend_identity_whitelist',
    'aws-auth-backend-identity-whitelist',
    'AwsAuthBackendIdentityWhitelistConfig',
  ],
  [
    'vault_aws_auth_backend_roletag_blacklist',
    'aws-auth-backend-roletag-blacklist',
    'AwsAuthBackendRoletagBlacklistConfig',
  ],
  ['vault_aws_auth_backend_role_tag', 'aws-auth-backend-role-tag', 'AwsAuthBackendRoleTagConfig'],
  ['vault_aws_auth_backend_login', 'aws-auth-backend-login', 'AwsAuthBackendLoginConfig'],
];

/** Names of the members of an interface of the bindings, as the provider writes them. */
function fieldsOf(folder: string, declaration: string): string[] {
  const file = join(BINDINGS, folder, 'index.d.ts');
  const { statements } = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  const found = statements.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === declaration);
  return found!.members
    .map(({ name }) => (name as ts.Identifier).text)
    .map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

/** The rows of the tables, cell by cell, by the heading above them. */
function rowsOf(text: string): Map<string, string[][]> {
  const found = new Map<string, string[][]>();
  let heading = '';
  for (const line of text.split('\n')) {
    heading = /^#+ (.*)/.exec(line)?.[1] ?? heading;
    if (line.startsWith('|') && !/^\| *-/.test(line)) {
      const cells = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      found.set(heading, [...(found.get(heading) ?? []), cells]);
    }
  }
  // The first line of each is its head.
  return new Map([...found].map(([name, [, ...body]]) => [name, body]));
}

const tables = rowsOf(readFileSync(join(__dirname, '../../docs/fields.md'), 'utf8'));
const named = (table: string) => (tables.get(table) ?? []).map(([field]) => field!.replaceAll('`', ''));

test.each(RESOURCES)('%s has every field of the bindings, and no other', (table, folder, declaration) => {
  expect(
    named(table)
      .filter((field) => !BEYOND_THE_BINDINGS.includes(field))
      .sort(),
  ).toEqual(fieldsOf(folder, declaration).sort());
});

test('every resource of the method has its table', () => {
  expect([...tables.keys()]).toEqual(RESOURCES.map(([table]) => table));
});

test('every row says from which version on, and how it was shown unless it is not offered', () => {
  const incomplete = [...tables.values()]
    .flat()
    .filter(
      ([, here, , from, shown]) =>
        !/^\d+\.\d+\.\d+$/.test(from!) ||
        !(here === 'no' ? /^$/ : /^(applied|validated|by name)$/).test(shown!),
    );

  expect(incomplete).toEqual([]);
});

test('every prop that is named is in the code', () => {
  const code = ['aws', 'vault'].map(sourceOf).join('\n');
  const props = [...tables.values()].flat().flatMap(([, here]) => [...here!.matchAll(/`(\w+)\.([\w.]+)`/g)]);

  expect(props.length).toBeGreaterThan(50);
  for (const [, type, path] of props) {
    expect(code).toMatch(new RegExp(`\\b(interface|type) ${type}\\b`));
    for (const name of path!.split('.')) {
      expect(code).toMatch(new RegExp(`\\breadonly ${name}\\??:`));
    }
  }
});

function sourceOf(folder: string): string {
  const root = join(__dirname, '../../lib/constructs', folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
}
