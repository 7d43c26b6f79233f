import fc from 'fast-check';
import {
  CAPABILITIES,
  type Capability,
  decide,
  parsePolicy,
  type PolicyRule,
  renderHcl,
} from '../../../lib/policy';
import { arbitraryRules, arbitraryText } from '../../policy/arbitrary-rules';
import { isAllowed, tokenOf, writePolicy } from '../support/policy-token';
import { TestSandbox } from '../support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await sandbox.vault('POST', 'sys/mounts/kv', { type: 'kv', options: { version: '1' } });
});
afterAll(() => sandbox.stop());

async function capabilities(token: string, path: string): Promise<Capability[]> {
  const { data } = await sandbox.vault<{ data: Record<string, Capability[]> }>('POST', 'sys/capabilities', {
    token,
    paths: [path],
  });
  return CAPABILITIES.filter((capability) => data[path]!.includes(capability));
}

describe('a text that parseHcl reads is to Vault the same rules:', () => {
  const PATHS = ['kv/app', 'kv/app/below', 'kv/a b', 'kv/a/b/c', 'kv/${x}', 'kv/é', 'other', 'kv/none'];

  test.each([
    [
      'comments',
      '# path "kv/none" {}\n// {\n/* path "kv/none" {\n*/\npath "kv/app" { # {\n capabilities = ["read"] // }\n}',
    ],
    ['one-line blocks', 'path "kv/app" { capabilities = ["read", "list"] }\npath "other" {}'],
    ['a name and a comment', 'name = "x"\npath "kv/app" {\n comment = "y"\n capabilities = ["patch"]\n}'],
    [
      'blocks on one line',
      'path "kv/app" { capabilities = ["read"] } path "other" { capabilities = ["list"] }',
    ],
    ['a name without quotes', 'path other {\n capabilities = ["read"]\n}'],
    [
      'patterns',
      'path "kv/+/b/*" {\n capabilities = ["read"]\n}\npath "kv/a*" {\n capabilities = ["list"]\n}',
    ],
    [
      'escapes',
      'path "kv/\\u0024{x}" {\n capabilities = ["\\u0072ead"]\n}\npath "kv/\\u00e9" {\n capabilities = ["sudo"]\n}',
    ],
    [
      'a path twice',
      'path "kv/app" {\n capabilities = ["read"]\n}\npath "kv/app" {\n capabilities = ["list"]\n}',
    ],
    ['a leading slash', 'path "/kv/app" {\n capabilities = ["create", "update", "delete"]\n}'],
    ['deny among others', 'path "kv/app*" {\n capabilities = ["read", "deny"]\n}'],
    ['a brace on the next line', 'path "kv/app"\n{\n capabilities = ["read"]\n}'],
    ['several arguments on one line', 'path "kv/app" { capabilities = ["read"] comment = "x" }'],
    ['a heredoc', 'path "kv/app" {\n comment = <<EOT\n}\nEOT\n capabilities = ["read"]\n}'],
    ['a path with ${}', 'path "kv/${x}" {\n capabilities = ["read"]\n}'],
    ['two names', 'path "kv/app" "kv/none" {\n capabilities = ["read"]\n}'],
    [
      'a * in the middle',
      'path "kv/*/c" {\n capabilities = ["read"]\n}\npath "kv/*" {\n capabilities = ["list"]\n}',
    ],
    ['two leading slashes', 'path "//kv/app" {\n capabilities = ["read"]\n}'],
    ['no capabilities', 'path "kv/app" {\n capabilities = []\n}\npath "kv/*" {\n capabilities = ["read"]\n}'],
    [
      'JSON',
      '{"path":{"kv/app":{"capabilities":["read"],"capabilities":["list"]},"kv/app":{"policy":"write"}}}',
    ],
    ['JSON with truths', '{"path":{"kv/app":{"capabilities":["update"],"allowed_parameters":{"a":[true]}}}}'],
    ['base64', Buffer.from('path "kv/app" {\n capabilities = ["read"]\n}').toString('base64')],
    ['mfa_methods', 'path "kv/app" {\n capabilities = ["read"]\n mfa_methods = []\n}'],
    ['CRLF', 'path "kv/app" {\r\n  capabilities = [\r\n    "read",\r\n  ]\r\n}\r\n'],
    ['every capability', `path "kv/app" {\n capabilities = ${JSON.stringify(CAPABILITIES.slice(0, -1))}\n}`],
    ...['deny', 'read', 'write', 'sudo'].map((form) => [
      `the old short form ${form}`,
      `path "kv/app" {\n policy = "${form}"\n capabilities = ["patch"]\n}`,
    ]),
  ])('%s', async (_, text) => {
    const rules = parsePolicy(text, 'test.hcl');
    const [given, rendered] = [await tokenOf(sandbox, text), await tokenOf(sandbox, renderHcl(rules))];

    for (const path of PATHS) {
      const decided = decide(rules, path);
      expect([path, await capabilities(given, path)]).toEqual([path, decided]);
      expect([path, await capabilities(rendered, path)]).toEqual([path, decided]);
    }
  });

  test.each([
    ['as an object', 'allowed_parameters = {\n "a" = ["x"]\n }'],
    ['as a block', 'allowed_parameters {\n a = ["x"]\n }'],
    ['denied', 'denied_parameters = {\n a = ["y"]\n b = []\n }'],
    ['twice', 'allowed_parameters = {\n a = ["z"]\n }\n allowed_parameters {\n a = ["x"]\n }'],
    [
      'in rules of one path',
      `allowed_parameters = {\n a = ["x"]\n }\n}\npath "kv/app" {\n allowed_parameters = {\n a = ["z"]\n }`,
    ],
  ])('parameters %s', async (_, argument) => {
    const text = `path "kv/app" {\n capabilities = ["create", "update"]\n ${argument}\n}`;
    const rendered = renderHcl(parsePolicy(text, 'test.hcl'));

    for (const token of [await tokenOf(sandbox, text), await tokenOf(sandbox, rendered)]) {
      const allows = (body: object) => isAllowed(sandbox, token, { method: 'POST', path: 'kv/app', body });
      expect([await allows({ a: 'x' }), await allows({ a: 'y' }), await allows({ b: 'x' })]).toEqual([
        true,
        false,
        false,
      ]);
    }
  });

  test.each(['90', '"90"', '"1m30s"'])('a wrapping TTL of %s', async (ttl) => {
    const text = `path "kv/app" {\n capabilities = ["create", "update"]\n max_wrapping_ttl = ${ttl}\n}`;
    const rendered = renderHcl(parsePolicy(text, 'test.hcl'));

    for (const token of [await tokenOf(sandbox, text), await tokenOf(sandbox, rendered)]) {
      const allows = (wrapTtl: string) =>
        isAllowed(sandbox, token, { method: 'POST', path: 'kv/app', body: { a: 'x' }, wrapTtl });
      expect([await allows('90s'), await allows('91s')]).toEqual([true, false]);
    }
  });
});

test('Vault takes whatever renderHcl writes', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryRules, async (rules) => {
      fc.pre(rules.length > 0);
      await writePolicy(sandbox, renderHcl(rules));
    }),
  );
});

test('a value reaches Vault as it was, whatever its signs', async () => {
  // A `*` would match more, a comma makes a list, and white space around the items of one does not count.
  const plain = arbitraryText.filter((text) => !/[*,"\s]/u.test(text) && text !== '');
  await fc.assert(
    fc.asyncProperty(plain, async (value) => {
      const rule: PolicyRule = {
        path: 'kv/app',
        capabilities: ['create', 'update'],
        allowedParameters: { a: [value] },
      };
      const token = await tokenOf(sandbox, renderHcl([rule]));
      const allows = (a: string) =>
        isAllowed(sandbox, token, { method: 'POST', path: 'kv/app', body: { a } });

      expect(await allows(value)).toBe(true);
      expect(await allows(`${value}-`)).toBe(false);
    }),
    { numRuns: 50, examples: [['\ue123'], ['${x}'], ['$${x}'], ['%{if}'], ['\\'], ['\u0001']] },
  );
});

test('a list and an object reach Vault as they were, and are equal as a whole alone', async () => {
  const allowedParameters = { a: [['x', 'y']], b: [{ c: 'x' }] };
  const rule: PolicyRule = { path: 'kv/app', capabilities: ['create', 'update'], allowedParameters };
  const token = await tokenOf(sandbox, renderHcl([rule]));
  const allows = (body: object) => isAllowed(sandbox, token, { method: 'POST', path: 'kv/app', body });

  expect(await allows({ a: ['x', 'y'], b: { c: 'x' } })).toBe(true);
  expect(await allows({ a: ['x'] })).toBe(false);
  expect(await allows({ a: ['y', 'x'] })).toBe(false);
  expect(await allows({ b: { c: 'x', d: 'y' } })).toBe(false);
});

test('a path reaches Vault as it was', async () => {
  for (const path of ['kv/${x}', 'kv/$${x}', 'kv/%{if}', 'kv/é', 'kv/a b', 'kv/#']) {
    const token = await tokenOf(sandbox, renderHcl([{ path, capabilities: ['create'] }]));

    expect(await isAllowed(sandbox, token, { method: 'POST', path, body: { a: 'x' } })).toBe(true);
  }
});
