import fc from 'fast-check';
import { renderHcl } from '../../../lib/policy';
import { FORMATS, render } from '../../../lib/review/formats/render';
import { renderMarkdown } from '../../../lib/review/formats/markdown';
import { renderText } from '../../../lib/review/formats/text';
import { role, type Samples } from '../support/plan';
import { reportOn } from '../support/report';
import { size } from '../../support/size';

const SECRET = 'seeded-secret-9f8e7d';

const hostile = fc.constantFrom(
  '`',
  '``a`',
  '@octocat',
  '#1',
  'GH-12',
  'www.example.com',
  'https://example.com/x',
  '<img src=x onerror=alert(1)>',
  '<!-- -->',
  '</details>',
  '**b**',
  '[a](javascript:x)',
  '![a](b)',
  '|',
  '\\',
  '\\|',
  '&lt;',
  '\n- injected',
  '\r\n## injected',
  '\u2028x',
  '\u202egnp',
  '\u2066x',
  '\u0000',
  '\u001b[31m',
  '\u200b',
  '\ud800',
  '"]',
  'end',
  '%%{init: {}}%%',
  '$`x`$',
  '---',
  '{0}',
);
const names = fc
  .array(
    fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('a', ' ', '/', '_')),
    {
      maxLength: 5,
    },
  )
  .map((parts) => parts.join(''));

/** A plan in which every name that it can carry is hostile. */
const plans = fc
  .record({ user: names, roleName: names, policyName: names, path: names, key: names, bucket: names })
  .map(({ user, roleName, policyName, path, key, bucket }): Samples => {
    const rules = [{ path: `secret/data/${path}x`, capabilities: ['read' as const] }];
    const text = {
      type: 'vault_policy',
      name: 'p',
      key,
      values: { name: `p${policyName}`, policy: renderHcl(rules) },
    };
    const bound = role('r', [`arn:aws:iam::123456789012:user/${user}u`], [`p${policyName}`], {
      role: `r${roleName}`,
    });
    const other = (name: string, secret: string) => ({
      type: 'aws_s3_bucket',
      name: 'b',
      key,
      values: { bucket: name, note: secret },
      sensitive: { note: true },
    });
    return {
      before: [other('a', SECRET)],
      after: [text, { ...bound, key }, other(bucket, `${SECRET}-new`)],
    };
  });

/** The lines of a report in Markdown, with a C for each code span, and without the source of its pictures. */
function linesWithoutCode(markdown: string): string[] {
  return markdown
    .replace(/^```mermaid\n[^]*?^```$/gm, '')
    .split('\n')
    .map((line) => line.replace(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g, 'C'));
}

/** What this project writes itself: a heading, a row, an item, a sentence. */
const OWN = /^(?:#{2,3} |\| |- |\*\*(?=[A-Z]))?[A-Za-z0-9 ,;:()'’%→….|*-]*$/;

test('no name is anything but a name in Markdown, and one line stays one line', () => {
  fc.assert(
    fc.property(plans, names, (samples, plan) => {
      const markdown = renderMarkdown(reportOn({ [`p${plan}`]: samples }));

      for (const line of linesWithoutCode(markdown)) {
        expect(line).toMatch(OWN);
        expect(line).not.toMatch(/www\.|GH-\d/);
      }
      expect(markdown).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u);
    }),
    { numRuns: size(60, 300) },
  );
});

test('the source of a picture has labels of letters, digits and entities alone', () => {
  const label = String.raw`"(?:[A-Za-z0-9 /,]|#\d+;)*(?: \((?:new|gone)\))?"`;
  const line = new RegExp(
    `^(?:flowchart LR|  n\\d+(?:\\(\\[${label}\\]\\)|\\[${label}\\]|\\[/${label}/\\]|\\(${label}\\))|` +
      `  n\\d+ (?:==>|-\\.->|-->)(?:\\|${label}\\|)? n\\d+|  (?:classDef|class|linkStyle) [\\w,:\\- ]+)$`,
  );
  fc.assert(
    fc.property(plans, (samples) => {
      const markdown = renderMarkdown(reportOn({ guide: samples }));
      const [, source] = /^```mermaid\n([^]*?)\n```$/m.exec(markdown)!;

      for (const each of source!.split('\n')) {
        expect(each).toMatch(line);
      }
    }),
    { numRuns: size(60, 300) },
  );
});

test('a terminal gets nothing to obey: each line is one of the report’s own', () => {
  fc.assert(
    fc.property(plans, (samples) => {
      const text = renderText(reportOn({ guide: samples }));

      expect(text).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u);
      // A name that holds an item of a list is in the middle of a line, or goes on at the indent of its own item.
      expect(text).not.toMatch(/^(?:- injected|## injected)/m);
    }),
    { numRuns: size(40, 200) },
  );
});

test.each(FORMATS)('no secret is in %s', (format) => {
  fc.assert(
    fc.property(plans, (samples) => {
      expect(render(reportOn({ guide: samples }), format, {})).not.toContain(SECRET);
    }),
    { numRuns: size(15, 50) },
  );
});

test.each(['json', 'sarif'] as const)('%s is JSON that shows what a terminal would obey', (format) => {
  fc.assert(
    fc.property(plans, (samples) => {
      const json = render(reportOn({ guide: samples }), format, {});

      expect(json).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u);
      expect(() => JSON.parse(json) as unknown).not.toThrow();
    }),
    { numRuns: size(20, 100) },
  );
});

test.each([
  ['a`b', '``a`b``'],
  ['`', '`` ` ``'],
  ['``a', '``` ``a ```'],
  ['a b ', '` a b  `'],
  ['  ', '(spaces)'],
  ['\u202egnp', '`\\u{202e}gnp`'],
  ['a\n- b', '`a\\u{a}- b`'],
])('the name %j is written %s', (name, written) => {
  const bucket = (value: string) => [{ type: 'aws_s3_bucket', values: { bucket: value } }];
  const markdown = renderMarkdown(reportOn({ guide: { before: bucket('old'), after: bucket(name) } }));

  expect(markdown).toContain(`\`old\` → ${written} |`);
});
