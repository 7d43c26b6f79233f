import fc from 'fast-check';
import { parsePolicy, renderHcl } from '../../lib/policy';
import { arbitraryRules, sorted } from './arbitrary-rules';

const parse = (text: string) => parsePolicy(text, 'dev.hcl');
const argument = (text: string) =>
  parse(`# the team's own\npath "app" {\n  capabilities = ["read"]\n  ${text}\n}\n`);

test('what renderHcl writes comes back as it was', () => {
  fc.assert(
    fc.property(arbitraryRules, (rules) => {
      expect(sorted(parse(renderHcl(rules)))).toEqual(sorted(rules));
    }),
    { numRuns: 200 },
  );
});

test('a policy as people write it is read, in the order of the file', () => {
  expect(
    parse(`
# path "not/this" {
name = "dev"
path "secret/data/{{identity.entity.id}}/*" { // theirs
  comment      = "own secrets"
  capabilities = ["read", "list"]
}
/* path "nor/this" {
*/
path "auth/+/login" {
  capabilities = [
    "create",
    "update",
  ]
  required_parameters = ["role"]
  allowed_parameters = {
    "ttl" = ["1h", true, 5]
    "*"   = []
  }
  denied_parameters {
    nonce = []
  }
  min_wrapping_ttl = "1m30s"
  max_wrapping_ttl = 3600
  subscribe_event_types = ["kv*"]
}
`),
  ).toEqual([
    { path: 'secret/data/{{identity.entity.id}}/*', capabilities: ['read', 'list'] },
    {
      path: 'auth/+/login',
      capabilities: ['create', 'update'],
      requiredParameters: ['role'],
      allowedParameters: { ttl: ['1h', true, 5], '*': [] },
      deniedParameters: { nonce: [] },
      minWrappingTtl: 90,
      maxWrappingTtl: 3600,
      subscribeEventTypes: ['kv*'],
    },
  ]);
});

const READ = [{ path: 'app', capabilities: ['read'] }];

/** Forms that policies in public repositories have, and that only a reader of HCL 1 takes. */
describe('Vault takes it, and so it is read:', () => {
  test.each<[string, string, unknown[]]>([
    ['a brace on the next line', 'path "app"\n{\n  capabilities = ["read"]\n}', READ],
    ['JSON', '{"path":{"app":{"capabilities":["read"]}}}', READ],
    ['JSON with a list of paths', '{"path":[{"app":{"capabilities":["read"]}}]}', READ],
    ['base64', Buffer.from('path "app" { capabilities = ["read"] }').toString('base64'), READ],
    ['several arguments on one line', 'path "app" { capabilities = ["read"] comment = "x" }', READ],
    ['arguments with commas', 'path "app" { capabilities = ["read"], comment = "x", }', READ],
    ['blocks on one line', 'path "app" { capabilities = ["read"] } name = "x"', READ],
    ['a name without quotes', 'path app { capabilities = ["read"] }', READ],
    ['path in quotes', '"path" "app" { capabilities = ["read"] }', READ],
    ['a block that is assigned', 'path = { capabilities = ["read"] }', [{ ...READ[0], path: 'path' }]],
    ['a second name', 'path "app" "x" { capabilities = ["read"] }', READ],
    ['line breaks of Windows', 'path "app" {\r\n  capabilities = ["read"]\r\n}\r\n', READ],
    ['a heredoc', 'path "app" {\n  comment = <<EOT\n{ "\nEOT\n  capabilities = ["read"]\n}', READ],
    ['escapes of HCL 1', 'path "\\x61pp" {\n  capabilities = ["\\162ead"]\n}', READ],
    ['a $ with a brace', 'path "app/${x}" {}', [{ path: 'app/${x}', capabilities: [] }]],
    ['a % with a brace', 'path "app/%{x}" {}', [{ path: 'app/%{x}', capabilities: [] }]],
    ['a letter apart from its accent', 'path "e\u0301" {}', [{ path: 'e\u0301', capabilities: [] }]],
    [
      'an empty list of capabilities',
      'path "app" { capabilities = [] }',
      [{ path: 'app', capabilities: [] }],
    ],
    ['no capabilities', 'path "app" {}', [{ path: 'app', capabilities: [] }]],
    ['a leading slash, which Vault strips', 'path "/app" { capabilities = ["read"] }', READ],
    ['a second one, which it does not', 'path "//app" {}', [{ path: '//app', capabilities: [] }]],
    ['a * in the middle, which is a literal', 'path "a/*/b" {}', [{ path: 'a/*/b', capabilities: [] }]],
    [
      'a path twice, which adds up',
      'path "app" { capabilities = ["read"] }\npath "/app" { capabilities = ["list"] }',
      [{ path: 'app', capabilities: ['read', 'list'] }],
    ],
    [
      'capabilities twice in JSON, which add up',
      '{"path":{"app":{"capabilities":["read"],"capabilities":["list"]}}}',
      [{ path: 'app', capabilities: ['read', 'list'] }],
    ],
    [
      'a path twice in JSON',
      '{"path":{"app":{"capabilities":["read"]},"app":{"capabilities":["list"]}}}',
      [{ path: 'app', capabilities: ['read', 'list'] }],
    ],
    [
      'deny before others, which Vault drops',
      'path "app" { capabilities = ["deny", "READ"] }',
      [{ path: 'app', capabilities: ['deny'] }],
    ],
    [
      'deny behind others, and what is with it',
      'path "app" {\n  capabilities = ["read", "deny"]\n  min_wrapping_ttl = "never"\n}',
      [{ path: 'app', capabilities: ['deny'] }],
    ],
    [
      'control_group',
      'path "app" {\n  capabilities = ["read"]\n  control_group = {\n    factor "ops" {\n      identity { group_names = ["ops"] approvals = 1 }\n    }\n  }\n}',
      READ,
    ],
    [
      'control_group in JSON',
      '{"path":{"app":{"capabilities":["read"],"control_group":{"ttl":"1h","factor":{"ops":{"identity":{"group_names":["ops"],"approvals":"1"}}}}}}}',
      READ,
    ],
    ['mfa_methods', 'path "app" {\n  capabilities = ["read"]\n  mfa_methods = ["duo"]\n}', READ],
    [
      'a number as a text',
      'path "app" {\n  capabilities = ["read"]\n  required_parameters = [1]\n}',
      [{ ...READ[0], requiredParameters: ['1'] }],
    ],
    ['a name that is a number', 'name = 5\npath "app" { capabilities = ["read"] }', READ],
    ['nothing but a comment', '# nothing yet\n', []],
  ])('%s', (_, text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  test.each<[string, unknown]>([
    ['{\n    "x" = ["1"]\n  }', { x: ['1'] }],
    ['{ x = [["a", "b"], 1.5] }', { x: [['a', 'b'], 1.5] }],
    ['{ x = [{ a = "b" }] }', { x: [{ a: 'b' }] }],
    ['{ x = { a = "b", c { d = 1 } } }', { x: [{ a: 'b', c: [{ d: 1 }] }] }],
    ['{ "x" = ["1"], x = ["2"] }', { x: ['1', '2'] }],
    ['{}', {}],
  ])('parameters %s', (text, expected) => {
    for (const sign of ['= ', '']) {
      expect(argument(`denied_parameters ${sign}${text}`)).toEqual([
        { ...READ[0], deniedParameters: expected },
      ]);
    }
  });

  test('parameters as an argument and as a block, which add up', () => {
    const [rule] = argument('allowed_parameters = { a = ["x"] }\n  allowed_parameters { a = ["y"] b = [] }');

    expect(rule?.allowedParameters).toEqual({ a: ['x', 'y'], b: [] });
  });
});

describe('the old short form', () => {
  test.each([
    ['deny', ['deny']],
    ['read', ['read', 'list']],
    ['write', ['create', 'read', 'update', 'delete', 'list']],
    ['sudo', ['create', 'read', 'update', 'delete', 'list', 'sudo']],
  ])('%s is the capabilities that it means', (form, capabilities) => {
    expect(parse(`path "app" {\n  policy = "${form}"\n}`)).toEqual([{ path: 'app', capabilities }]);
  });

  test('adds to those that are named', () => {
    const [rule] = parse('path "app" {\n  policy = "read"\n  capabilities = ["patch"]\n}');
    expect(new Set(rule?.capabilities)).toEqual(new Set(['patch', 'read', 'list']));
  });
});

describe('what Vault refuses is refused with its place and the reason:', () => {
  const known =
    'it knows capabilities, required_parameters, allowed_parameters, denied_parameters, min_wrapping_ttl, ' +
    'max_wrapping_ttl, subscribe_event_types, policy, comment, mfa_methods, control_group';
  const ttl = 'a wrapping TTL is whole seconds, or hours, minutes and seconds; write 90 or "1m30s"';

  test.each([
    ['path "a" {\n  x = "y\n}', '2:7: a text ends on its line, in double quotes; write \\n for a line break'],
    ['rule "a" {\n}', "1:1: Vault knows no 'rule' here; a policy has path blocks"],
    ['Path "a" {\n}', "1:1: Vault knows no 'Path' here; a policy has path blocks"],
    ['name = true', '1:8: it is a text in double quotes, or a number'],
    ['path = "x"', `1:1: a path has one name and a block; write 'path "secret/data/app" { … }'`],
    [
      'path "a" {\n}\npath "a/+*" {\n}',
      `3:1: Vault refuses '+*'; use '+' for one segment or '*' at the end; got 'a/+*'`,
    ],
    ['path "a/{{b" {\n}', "1:1: each '{{' of a path needs one '}}' after it; got 'a/{{b'"],
    ['path "\\777" {\n}', '1:6: a text has an escape sequence that means no character'],
    ['path "a" {\n  capability = ["read"]\n}', `2:3: path 'a': Vault knows no 'capability' here; ${known}`],
    [
      'path "a" {\n  Capabilities = ["read"]\n}',
      "2:3: path 'a': Vault knows no 'Capabilities' here; write 'capabilities'",
    ],
    [
      'path "a" {\n  capabilities = ["READ"]\n}',
      "2:3: capabilities of path 'a': 'READ' is no capability of Vault; write 'read'",
    ],
    [
      'path "a" {\n  capabilities = ["write"]\n}',
      "2:3: capabilities of path 'a': 'write' is no capability of Vault; it has create, read, update, delete, list, patch, " +
        'subscribe, recover, sudo, deny',
    ],
    ['path "a" {\n  capabilities = "read"\n}', "2:18: capabilities of path 'a': it is a list in brackets"],
    [
      'path "a" {\n  capabilities = [true]\n}',
      "2:19: capabilities of path 'a': it is a text in double quotes, or a number",
    ],
    [
      'path "a" {\n  policy = "all"\n}',
      "2:3: policy of path 'a': the old short form is one of deny, read, write, sudo; got 'all'",
    ],
    [
      'path "a" {\n  policy = "toString"\n}',
      "2:3: policy of path 'a': the old short form is one of deny, read, write, sudo; got 'toString'",
    ],
    [
      'path "a" {\n  allowed_parameters = ["a"]\n}',
      "2:24: allowed_parameters of path 'a': it maps names to values, in '{' and '}'",
    ],
    [
      'path "a" {\n  allowed_parameters = { "a" = "b" }\n}',
      "2:32: allowed_parameters of path 'a': it is a list in brackets",
    ],
    ['path "a" {\n  min_wrapping_ttl = "1 h"\n}', `2:3: min_wrapping_ttl of path 'a': ${ttl}`],
    ['path "a" {\n  max_wrapping_ttl = true\n}', `2:3: max_wrapping_ttl of path 'a': ${ttl}`],
    [
      'path "a" {\n  min_wrapping_ttl = "1h"\n  max_wrapping_ttl = 60\n}',
      "3:3: max_wrapping_ttl of path 'a': it must not be below min_wrapping_ttl, 3600; got 60",
    ],
    [
      'path "a" {\n  comment = "b"\n  comment = "c"\n}',
      '3:3: this argument is here twice; each is given once',
    ],
    ['path "a" {\n  control_group = {}\n}', "2:3: control_group of path 'a': it has at least one factor"],
    [
      'path "a" {\n  control_group {\n    ttl = true\n  }\n}',
      `2:3: control_group of path 'a': its ttl is whole seconds, or hours, minutes and seconds; write 90 or "1m30s"`,
    ],
    [
      'path "a" {\n  control_group {\n    factor "f" {}\n  }\n}',
      "2:3: control_group of path 'a': each factor has a block identity",
    ],
    [
      'path "a" {\n  control_group {\n    factor "f" { identity { group_names = ["g"] } }\n  }\n}',
      "2:3: control_group of path 'a': each identity has group_names or group_ids, and approvals above 0",
    ],
    [
      'path "a" {\n  control_group {\n    factor "f" {\n      controlled_capabilities = ["list"]\n      identity { group_ids = ["g"] approvals = 1 }\n    }\n  }\n}',
      "2:3: control_group of path 'a': controlled_capabilities are some of the capabilities of its path",
    ],
    ['/w==', '1:1: Vault decodes it as base64, and the result is no UTF-8'],
  ])('%s', (text, message) => {
    expect(() => parse(text)).toThrow(new Error(`dev.hcl:${message}.`));
  });

  test('all problems of a file are named at once', () => {
    expect(() => parse('rule "a" {\n}\npath "b" {\n  policy = "all"\n  x = 1\n}')).toThrow(
      /^dev\.hcl:1:1: .*$/,
    );
    expect(() =>
      parse('path "a" {\n  policy = "all"\n  x = 1\n}\npath "b" {\n  capabilities = 1\n}'),
    ).toThrow(/^dev\.hcl:2:3: .*\ndev\.hcl:3:3: .*\ndev\.hcl:6:18: .*$/);
  });
});
