import { renderReport, type VerifyReport } from '../../../lib/operate/verify';

const AGREEING: VerifyReport = {
  ok: true,
  caller: 'arn:aws:iam::123456789012:user/dev_account',
  role: 'dev_role',
  mountPath: 'aws_test',
  tokenPolicies: ['default', 'dev_policy'],
  identityPolicies: [],
  ttlSeconds: 3600,
  paths: [{ path: 'secret/data/*', declared: ['read', 'list'], actual: ['read', 'list'], agrees: true }],
  notChecked: [],
  disagreements: [],
};

const render = (changes: Partial<VerifyReport> = {}) =>
  renderReport({ ...AGREEING, ...changes }, { colour: false });
const lastLine = (text: string) => text.split('\n').at(-1);

test('a report that agrees shows who logged in and with what', () => {
  expect(
    render()
      .split('\n')
      .map((line) => line.trimEnd()),
  ).toMatchInlineSnapshot(`
   [
     "┌───────────────────┬────────────────────────────────────────────┐",
     "│ caller            │ arn:aws:iam::123456789012:user/dev_account │",
     "├───────────────────┼────────────────────────────────────────────┤",
     "│ role              │ dev_role (at auth/aws_test)                │",
     "├───────────────────┼────────────────────────────────────────────┤",
     "│ token policies    │ default, dev_policy                        │",
     "├───────────────────┼────────────────────────────────────────────┤",
     "│ identity policies │ none                                       │",
     "├───────────────────┼────────────────────────────────────────────┤",
     "│ TTL               │ 3600 s                                     │",
     "└───────────────────┴────────────────────────────────────────────┘",
     "┌───────────────┬────────────┬────────────┬────────┐",
     "│ path          │ declared   │ in Vault   │        │",
     "├───────────────┼────────────┼────────────┼────────┤",
     "│ secret/data/* │ read, list │ read, list │ agrees │",
     "└───────────────┴────────────┴────────────┴────────┘",
     "Verified: the policies and 1 path agree.",
   ]
  `);
});

test.each([
  ['all agrees', {}, 'Verified: the policies and 1 path agree.'],
  [
    'something could not be checked',
    { notChecked: ['x'] },
    'Verified: the policies and 1 path agree; 1 point could not be checked.',
  ],
  [
    'something differs',
    { ok: false, disagreements: ['x', 'y'] },
    'Not verified: what is declared and what Vault gives differ in 2 points.',
  ],
  [
    'Vault could not be asked',
    { ok: false, notChecked: ['x'] },
    'Not verified: Vault could not be asked what the token may do.',
  ],
  [
    'the login failed',
    { ok: false, failure: { cause: 'c', action: 'a', detail: 'd' } },
    'Not verified: the check ended before it was done.',
  ],
])('the last line says so where %s', (_, changes, line) => {
  expect(lastLine(render(changes))).toBe(line);
});

test.each([
  ['a difference', { disagreements: ["policy 'ghost': x"] }, "differs: policy 'ghost': x"],
  ['what was not checked', { notChecked: ['the TTL: x'] }, 'not checked: the TTL: x'],
  [
    'a token that lives on',
    { notRevoked: 'batch tokens cannot be revoked' },
    'token not revoked: batch tokens cannot be revoked',
  ],
  ['the cause of a failure', { failure: { cause: 'The cause.', action: 'a', detail: 'd' } }, 'The cause.'],
  [
    'what to do about it',
    { failure: { cause: 'c', action: 'Do this.', detail: 'd' } },
    'What to do: Do this.',
  ],
  ["Vault's own words", { failure: { cause: 'c', action: 'a', detail: 'its words' } }, 'Detail: its words'],
])('%s has a line of its own', (_, changes, line) => {
  expect(render(changes).split('\n')).toContain(line);
});

test.each([
  ['differs', { declared: ['read'], actual: ['deny'], agrees: false }],
  ['not checked', { declared: ['read'] }],
] as const)('a path is marked as %s', (mark, path) => {
  const row = render({ paths: [{ path: 'secret/x', ...path }] })
    .split('\n')
    .find((line) => line.includes('secret/x'));
  expect(row).toMatch(new RegExp(`│ ${mark} +│$`));
});

test('colour comes only where it is asked for', () => {
  const escape = /\u001b\[/;
  expect(render()).not.toMatch(escape);
  expect(renderReport(AGREEING, { colour: true })).toMatch(escape);
});
