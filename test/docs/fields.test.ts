import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import ts from 'typescript';
import { defaultOf, fieldRows, WITHOUT_DEFAULT } from './field-rows';

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

const rows = fieldRows();
const named = (table: string) => rows.filter((row) => row.table === table).map(({ field }) => field);

test.each(RESOURCES)('%s has every field of the bindings, and no other', (table, folder, declaration) => {
  expect(
    named(table)
      .filter((field) => !BEYOND_THE_BINDINGS.includes(field))
      .sort(),
  ).toEqual(fieldsOf(folder, declaration).sort());
});

test('every resource of the method has its table', () => {
  expect([...new Set(rows.map(({ table }) => table))]).toEqual(RESOURCES.map(([table]) => table));
});

test('every row says from which version on, and how it was shown unless it is not offered', () => {
  const incomplete = rows.filter(
    ({ here, from, shown }) =>
      !/^\d+\.\d+\.\d+$/.test(from) || !(here === 'no' ? /^$/ : /^(applied|validated|by name)$/).test(shown),
  );

  expect(incomplete).toEqual([]);
});

/** Rows that a test on a real Vault compares. */
const withDefault = rows.filter(
  ({ here, default: text }) => here !== 'no' && here !== '' && !WITHOUT_DEFAULT.includes(text),
);

test('every field that is offered has a default, or says that it has none', () => {
  expect(withDefault.length).toBeGreaterThan(60);
  for (const row of withDefault) {
    expect(defaultOf(row)).toHaveProperty('here');
  }
});

/** What a docstring says in words, as Vault answers it. */
const WORDS: Readonly<Record<string, readonly unknown[]>> = {
  "Vault's own": [''],
  "Vault's own list": [[]],
  "Vault's own: hourly, 72 hours past expiry": [259_200, false],
  "Vault's own: hourly, 180 days past expiry": [15_552_000, false],
  'account_id, auth_type': [['account_id', 'auth_type']],
  'an hour': [0],
  any: [[]],
  'any whose instances Vault can look up': [[]],
  'any, and none': [[]],
  'any that can log in by the role': [''],
  anywhere: [[]],
  'all of them': [[]],
  'no header is required': [''],
  'no limit': [0],
  'no tag is read': [''],
  none: [[], [''], {}, ''],
  'not periodic': [0],
  "only Vault's own `default`": [[]],
  "the mount's": [0],
  "the partition's public endpoint": [''],
  "the region's public endpoint": [''],
  "the role's": [0],
  "unchanged, at first Vault's own": [2_764_800],
};

test('a docstring names the same default as the table', () => {
  const defaults = defaultsOfDocstrings();
  const compared = withDefault.flatMap((row) =>
    [...row.here.matchAll(/`(\w+)\.(\w+)`/g)].flatMap(([, type, prop]) => {
      const said = defaults.get(`${type}.${prop}`);
      return said === undefined ? [] : [{ prop: `${type}.${prop}`, said, value: defaultOf(row).here }];
    }),
  );
  const differing = compared.filter(
    ({ said, value }) => !meanings(said).some((meant) => isDeepStrictEqual(meant, value)),
  );

  expect(differing).toEqual([]);
  expect(compared.length).toBeGreaterThan(50);
});

/** The values that a docstring's default stands for; none if nobody wrote down what its words mean. */
function meanings(said: string): readonly unknown[] {
  const [, quoted, literal] = /^(?:'([^']*)'|(-?\d+|true|false))(?:,.*)?$/.exec(said) ?? [];
  return quoted !== undefined
    ? [quoted]
    : literal !== undefined
      ? [JSON.parse(literal) as unknown]
      : (WORDS[said] ?? []);
}

/** Each `@default` of a prop, by `Type.prop`. */
function defaultsOfDocstrings(): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (node: ts.Node, owner: string): void => {
    const type = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) ? node.name.text : owner;
    if (ts.isPropertySignature(node)) {
      const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === 'default');
      const said = ts.getTextOfJSDocComment(tag?.comment);
      if (said !== undefined) {
        found.set(`${type}.${(node.name as ts.Identifier).text}`, said.replace(/\s+/g, ' ').trim());
      }
    }
    ts.forEachChild(node, (child) => visit(child, type));
  };
  for (const folder of ['aws', 'vault']) {
    visit(ts.createSourceFile(`${folder}.ts`, sourceOf(folder), ts.ScriptTarget.ES2022, true), '');
  }
  return found;
}

test('every prop that is named is in the code', () => {
  const code = ['aws', 'vault'].map(sourceOf).join('\n');
  const props = rows.flatMap(({ here }) => [...here.matchAll(/`(\w+)\.([\w.]+)`/g)]);

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
