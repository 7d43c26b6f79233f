import { readPolicy } from '../../lib/policy';

const remarksOn = (text: string) =>
  readPolicy(text)
    .remarks()
    .map(({ line, column, remark }) => `${line}:${column}: ${remark}`);

test('a policy as a careful person writes it has no remark', () => {
  expect(remarksOn('path "secret/data/app" {\n  capabilities = ["read"]\n}')).toEqual([]);
});

describe('Vault takes it, a careful person would not write it, and so it is remarked on:', () => {
  const READ = '{\n  capabilities = ["read"]\n}\n';

  test.each([
    [
      'a leading slash',
      `# a\npath "/app" ${READ}`,
      /^2:1: path: Vault takes the '\/' off the beginning of a path.*; got '\/app'$/,
    ],
    ['v1/', `path "v1/app" ${READ}`, /^1:1: path: .*'v1\/'.*; got 'v1\/app'$/],
    [
      'a * in the middle',
      `path "a/*/b" ${READ}`,
      /^1:1: path: '\*' is a wildcard only as the last character.*; got 'a\/\*\/b'$/,
    ],
    [
      'a path twice',
      `path "a" ${READ}path "/a" ${READ}`,
      /^4:1: path: a policy has each path only once.*; got '\/a' again after line 1$/,
    ],
    ['no capabilities', 'path "a" {}', /^1:1: capabilities of path 'a': at least one is needed.*$/],
    [
      'deny among others',
      'path "a" { capabilities = ["deny", "read"] }',
      /^1:1: capabilities of path 'a': 'deny' overrides the others.*$/,
    ],
    [
      'what is beside a deny',
      'path "a" {\n capabilities = ["deny"]\n min_wrapping_ttl = 5\n}',
      /^1:1: minWrappingTtl of path 'a': Vault does not read it together with 'deny'.*$/,
    ],
    [
      'a template that Vault does not know',
      `path "a/{{b}}" ${READ}`,
      /^1:1: path: '\{\{b\}\}' is no template of Vault.*$/,
    ],
    [
      'a number that is never found',
      'path "a" {\n capabilities = ["update"]\n allowed_parameters = { b = [[5]] }\n}',
      /^1:1: allowedParameters of path 'a': Vault finds no number.*$/,
    ],
    [
      'two names',
      `path "a" "b" ${READ}`,
      /^1:1: a path block has one name; Vault ignores the others; got 'a b'$/,
    ],
    ['no name', `path ${READ}`, /^1:1: a path block has a name; without one Vault uses 'path'; got ''$/],
    ['no rule', '# nothing yet\n', /^1:1: a policy needs at least one rule.*$/],
  ])('%s', (_, text, expected) => {
    expect(remarksOn(text)).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
  });

  test('each with its place, in the order of the text', () => {
    expect(
      remarksOn(`\n path "/a" ${READ}path "b" "c" ${READ}path "/d" ${READ}`).map((remark) =>
        remark.slice(0, 4),
      ),
    ).toEqual(['2:2:', '5:1:', '8:1:']);
  });
});

test('blocks that are not judged are named with their path, and what they say can be compared', () => {
  const read = (approvals: string) =>
    readPolicy(
      `path "/a" {\n  mfa_methods = ["duo"]\n}\npath "b" {\n  control_group { factor "f" { identity { group_ids = ["g"] approvals = ${approvals} } } }\n}`,
    ).unjudged;

  expect(read('1').map(({ path, block }) => [path, block])).toEqual([
    ['a', 'mfa_methods'],
    ['b', 'control_group'],
  ]);
  expect(read('1')).toEqual(read('"1"'));
  expect(read('1')).not.toEqual(read('2'));
});

test('an empty list of mfa_methods asks for nothing, and so does any list together with a deny', () => {
  expect(readPolicy('path "a" { mfa_methods = [] }').unjudged).toEqual([]);
  expect(readPolicy('path "a" {\n  capabilities = ["deny"]\n  mfa_methods = ["duo"]\n}').unjudged).toEqual(
    [],
  );
});
