import { createHash } from 'node:crypto';
import { accessPage, accessReport } from '../../lib/access';
import { readPlan } from '../../lib/terraform';
import { planOf, policy, role, type Sample } from '../review/support/plan';

const ARN = 'arn:aws:iam::123456789012:user/alice';
const pageOf = (query: object, ...after: readonly Sample[]) =>
  accessPage(
    accessReport([{ name: 's', kind: 'state', resources: readPlan(planOf({ after }), 's').after }], query),
  );

const reader = policy('reader', 'path "secret/data/app" { capabilities = ["read"] }');

test.each([
  '<b>',
  '"onmouseover="x',
  "'x",
  '&lt;',
  '</script><b>',
  '</title></style>',
  '${x}',
  '$&',
  '<!--',
  ']]>',
])('%s is nowhere but as text', (name) => {
  const plain = pageOf({}, role('NAME', [ARN], ['NAME']));
  const page = pageOf({}, role(name, [ARN], [name]));
  const escaped = name
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

  expect(page).toBe(plain.replaceAll('NAME', () => escaped));
});

test('what a browser would reorder or leave out is shown', () => {
  expect(pageOf({}, role('a\u202eb\u0000', [ARN], []))).toContain('role a\\u{202e}b\\u{0} at auth/aws');
});

test('its policy allows its own style and script, by their digests, and nothing else', () => {
  const page = pageOf({}, role('dev', [ARN], []));
  const [, policyOfPage] = /Content-Security-Policy"\s+content="([^"]+)"/.exec(page)!;
  const digest = (tag: string) => {
    const [, text] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)!;
    return `&#39;sha256-${createHash('sha256').update(text!).digest('base64')}&#39;`;
  };

  expect(policyOfPage!.split('; ')).toEqual([
    'default-src &#39;none&#39;',
    `style-src ${digest('style')}`,
    `script-src ${digest('script')}`,
    'base-uri &#39;none&#39;',
    'form-action &#39;none&#39;',
  ]);
  expect(page).not.toMatch(/https?:|<link|@import|url\(|\son\w+=|style="/);
});

test('the same is the same page, and no secret is in it', () => {
  const client = { type: 'vault_aws_auth_backend_client', values: { secret_key: 'a-secret-key' } };
  const samples = [role('dev', [ARN], ['reader']), reader, client];

  expect(pageOf({}, ...samples)).toBe(pageOf({}, ...samples));
  expect(pageOf({}, ...samples)).not.toContain('a-secret-key');
});

test('of a path, the picture has the policies that allow it', () => {
  const page = pageOf(
    { path: 'secret/data/app' },
    role('dev', [ARN], ['reader', 'other']),
    reader,
    policy('other', 'path "kv/*" { capabilities = ["read"] }'),
  );

  expect(page).toContain('<title>Who can do what on secret/data/app, by the state s</title>');
  expect(page.match(/<title>path: .*?<\/title>/g)).toEqual(['<title>path: secret/data/app, read</title>']);
  expect(page.match(/class="edge"/g)).toHaveLength(4);
});

test('where nobody is found, it says so', () => {
  expect(pageOf({})).toContain('<p>Nobody is found.</p>');
});

test('a picture that nobody could read is cut, and says so; the table has all', () => {
  const roles = Array.from({ length: 500 }, (_, index) => role(`role-${index}`, [ARN], []));
  const page = pageOf({}, ...roles);

  expect(page.match(/<tr id=/g)).toHaveLength(500);
  const drawn = page.match(/class="node"/g)!.length;
  expect(drawn).toBeLessThan(410);
  // Alice, and a role for each row.
  expect(page).toContain(`The last ${500 - (drawn - 1)} rows of the table are not in it.`);
});
