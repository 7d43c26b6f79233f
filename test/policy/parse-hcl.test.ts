import fc from 'fast-check';
import { parseHcl, renderHcl } from '../../lib/policy';
import { arbitraryRules, sorted } from './arbitrary-rules';

const parse = (text: string) => parseHcl(text, 'dev.hcl');
const argument = (text: string) =>
  parse(`# the team's own\npath "app" {\n  capabilities = ["read"]\n  ${text}\n}\n`);

test('what renderHcl writes comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryRules, async (rules) => {
      expect(sorted(await parse(renderHcl(rules)))).toEqual(sorted(rules));
    }),
    // The parser takes some 10 ms a rule.
    { numRuns: 30 },
  );
}, 20_000);

test('a policy as people write it is read, in the order of the file', async () => {
  expect(
    await parse(`
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

test('two blocks of one path stay two rules, for checkRules to name', async () => {
  const block = 'path "a" {\n  capabilities = ["read"]\n}\n';
  expect(await parse(block + block)).toHaveLength(2);
});

describe('the old short form', () => {
  test.each([
    ['deny', ['deny']],
    ['read', ['read', 'list']],
    ['write', ['create', 'read', 'update', 'delete', 'list']],
    ['sudo', ['create', 'read', 'update', 'delete', 'list', 'sudo']],
  ])('%s is the capabilities that it stands for', async (form, capabilities) => {
    expect(await parse(`path "app" {\n  policy = "${form}"\n}`)).toEqual([{ path: 'app', capabilities }]);
  });

  test('adds to those that are named', async () => {
    const [rule] = await parse('path "app" {\n  policy = "read"\n  capabilities = ["patch"]\n}');
    expect(new Set(rule?.capabilities)).toEqual(new Set(['patch', 'read', 'list']));
  });
});

test('an empty text has no rules', async () => {
  expect(await parse('# nothing yet\n')).toEqual([]);
});

test.each([
  ['90', 90],
  ['"90"', 90],
  ['"1h"', 3600],
  ['"1h1s"', 3601],
  ['"2d"', 172_800],
])('the wrapping TTL %s is %d seconds', async (written, seconds) => {
  expect((await argument(`min_wrapping_ttl = ${written}`))[0]?.minWrappingTtl).toBe(seconds);
});

const PARSER = 'the parser of HCL 2 refuses it, also where Vault would not';
const INSTEAD = 'write one argument a line, lists in brackets with commas, and strings in double quotes';

describe('a file that HCL 2 reads in another way than Vault is refused:', () => {
  test.each([
    [
      'a JSON body',
      '\n{"path": {"a": {"capabilities": ["read"]}}}',
      `dev.hcl:2: a policy in JSON can not be read here; write 'path "…" { … }' blocks instead.`,
    ],
    [
      'several arguments in a one-line block',
      '\npath "a" { capabilities = ["read"] comment = "x" }',
      `dev.hcl:2: ${PARSER} (Invalid single-argument block definition); ${INSTEAD}.`,
    ],
    [
      'a template of HCL 2 in a path',
      'path "a/${b}" {\n}',
      `dev.hcl:1: '\${' starts a template in HCL 2 and none in Vault; write '\\u0024{'; got "a/\${b}".`,
    ],
    [
      'a directive of HCL 2',
      'path "a" {\n  comment = "%{if}"\n}',
      `dev.hcl:2: '%{' starts a template in HCL 2 and none in Vault; write '\\u0025{'; got "%{if}".`,
    ],
    [
      'a letter apart from its accent',
      'path "e\u0301" {\n}',
      'dev.hcl:1: HCL 2 would compose its letters and accents, Vault does not; write "\u00e9"; got "e\u0301".',
    ],
    [
      'an octal number',
      'path "a" {\n  min_wrapping_ttl = 010\n}',
      "dev.hcl:2: a number is written in decimal digits without leading zeros; got '010'.",
    ],
    [
      'a heredoc',
      'path "a" {\n  comment = <<\n}',
      "dev.hcl:2: '<<' has no place in a policy; write a plain string in double quotes, number, true, false or list.",
    ],
    [
      'a string without an end',
      'path "a" {\n  comment = "x\n}',
      'dev.hcl:2: a string does not end on its line; close its quotes, and write \\n for a line break.',
    ],
    [
      'a parameter named twice',
      'path "a" {\n  denied_parameters = {\n    "x" = ["1"]\n    x = ["2"]\n  }\n}',
      "dev.hcl:4: each name stands once in a block; join the values of 'x' in one list.",
    ],
    [
      'an escape that only HCL 1 has',
      'path "a" {\n}\npath "b" {\n  comment = "\\x41"\n}',
      `dev.hcl:4: ${PARSER} (Invalid escape sequence); ${INSTEAD}.`,
    ],
    ...['=', ''].map((sign) => [
      'an argument twice, as a block too',
      `path "a" {\n  denied_parameters = {\n  }\n  denied_parameters ${sign} {\n  }\n}`,
      "dev.hcl:4: each name stands once in a block; join the values of 'denied_parameters' in one list.",
    ]),
    [
      'a block that is not closed',
      'path "a" {\n  comment = "x"\n',
      `dev.hcl:1: ${PARSER} (Unclosed configuration block); ${INSTEAD}.`,
    ],
  ])('%s', async (_, text, message) => {
    await expect(parse(text)).rejects.toThrow(new Error(message));
  });
});

describe('what a rule can not express is refused:', () => {
  test.each([
    ['another block', 'rule "a" {\n}', "dev.hcl:1: 'rule' has no place here; a policy has path blocks only."],
    [
      'a path of two names',
      'path "a" "b" {\n}',
      `dev.hcl:1: a path has one name and a block; write 'path "secret/data/app" { … }'.`,
    ],
    [
      'a path without a name',
      'path {\n}',
      `dev.hcl:1: a path has one name and a block; write 'path "secret/data/app" { … }'.`,
    ],
    ...[
      '"x"',
      'null',
      '{}',
      '[["a"]]',
      '{ "a" = [{}], "b" = [{}] }',
      '{ "a" = { capabilities = ["read"] } }',
    ].map((value) => [
      'a path that is an argument',
      `name = "x"\npath = ${value}\n`,
      `dev.hcl:2: a path has one name and a block; write 'path "secret/data/app" { … }'.`,
    ]),
    [
      'a path that is an argument before one that is a block',
      'path = "x"\npath "a" {\n}',
      `dev.hcl:1: a path has one name and a block; write 'path "secret/data/app" { … }'.`,
    ],
  ])('%s', async (_, text, message) => {
    await expect(parse(text)).rejects.toThrow(new Error(message));
  });

  test.each([
    [
      'policy = "all"',
      `policy of path 'app': the old short form is one of deny, read, write, sudo; got "all"`,
    ],
    [
      'policy = "toString"',
      `policy of path 'app': the old short form is one of deny, read, write, sudo; got "toString"`,
    ],
    [
      'mfa_methods = ["a"]',
      "mfa_methods of path 'app': it is of Vault Enterprise and can not be checked here; give this policy to Vault in another way",
    ],
    [
      'control_group = {\n    ttl = "1h"\n  }',
      "control_group of path 'app': it is of Vault Enterprise and can not be checked here; give this policy to Vault in another way",
    ],
    [
      'capability = ["read"]',
      "capability of path 'app': Vault refuses it, a path block has only capabilities, required_parameters, " +
        'allowed_parameters, denied_parameters, min_wrapping_ttl, max_wrapping_ttl, subscribe_event_types, ' +
        'policy, comment, mfa_methods, control_group',
    ],
    [
      'required_parameters = "a"',
      `required_parameters of path 'app': it is a list of plain values in brackets; write '["…", "…"]'; got "a"`,
    ],
    [
      'required_parameters = [a]',
      `required_parameters of path 'app': it is a list of plain values in brackets; write '["…", "…"]'; got ["\${a}"]`,
    ],
    [
      'required_parameters = [1]',
      `required_parameters of path 'app': it is a list of plain values in brackets; write '["…", "…"]'; got [1]`,
    ],
    [
      'allowed_parameters = ["a"]',
      `allowed_parameters of path 'app': it maps names to lists; write '{ "name" = ["value"] }' once; got ["a"]`,
    ],
    [
      'allowed_parameters = { "a" = "b" }',
      `allowed_parameters of path 'app': a: it is a list of plain values in brackets; write '["…", "…"]'; got "b"`,
    ],
    [
      'allowed_parameters = { "a" = [["b"]] }',
      `allowed_parameters of path 'app': a: it is a list of plain values in brackets; write '["…", "…"]'; got [["b"]]`,
    ],
    [
      'max_wrapping_ttl = "1.5h"',
      `max_wrapping_ttl of path 'app': a wrapping TTL is whole seconds, or hours, minutes and seconds; write 90 or "1m30s"; got "1.5h"`,
    ],
  ])('%s', async (text, message) => {
    await expect(argument(text)).rejects.toThrow(new Error(`dev.hcl:4: ${message}.`));
  });

  test('all problems of a file are named at once', async () => {
    await expect(parse('rule "a" {\n}\npath "b" {\n  policy = "all"\n}')).rejects.toThrow(
      /^dev\.hcl:1: .*\ndev\.hcl:4: .*$/,
    );
  });
});
