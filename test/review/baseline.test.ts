import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBaseline } from '../../lib/review/baseline';
import { renderMarkdown } from '../../lib/review/formats/markdown';
import { RULES } from '../../lib/review';
import { reportOn } from './support/report';
import { widened } from './support/samples';

const GAINED =
  'arn:aws:iam::123456789012:user/alice gains update on secret/data/app; read on secret/data/new through role dev';
const entry = { rule: 'access-gained', about: GAINED, reason: 'agreed', until: '2026-01-31' };
const rulesLeft = (...args: Parameters<typeof reportOn>) =>
  reportOn(...args).findings.map(({ rule }) => rule);

describe('an entry accepts what its rule found', () => {
  test.each([
    ['by the sentence', GAINED],
    ['by the address', 'vault_aws_auth_backend_role.dev'],
  ])('%s', (_, about) => {
    const report = reportOn({ guide: widened }, [{ ...entry, about }]);

    expect(report.findings.map(({ rule }) => rule)).toEqual(['access-lost']);
    expect(report.accepted.map(({ finding }) => finding.rule)).toEqual(['access-gained']);
    expect([report.expired, report.unused]).toEqual([[], []]);
  });

  test('until the end of its day, and then it is named, and the finding counts again', () => {
    expect(rulesLeft({ guide: widened }, [entry], '2026-01-31')).toEqual(['access-lost']);

    const report = reportOn({ guide: widened }, [entry], '2026-02-01');
    expect(report.findings.map(({ rule }) => rule)).toEqual(['access-gained', 'access-lost']);
    expect(report.expired).toEqual([entry]);
  });

  test.each([
    ['another rule', { ...entry, rule: 'sudo-gained' }],
    ['a part of the sentence', { ...entry, about: 'gains update' }],
    ['another address', { ...entry, about: 'vault_aws_auth_backend_role.de' }],
  ])('and nothing else: %s', (_, other) => {
    const report = reportOn({ guide: widened }, [other]);

    expect(report.findings).toHaveLength(2);
    expect(report.unused).toEqual([other]);
  });
});

test('what is accepted, expired and unused is in the report', () => {
  const markdown = renderMarkdown(
    reportOn({ guide: widened }, [
      entry,
      {
        ...entry,
        rule: 'access-lost',
        about: 'vault_aws_auth_backend_role.dev',
        until: '2026-01-01',
        reason: '@you',
      },
      { ...entry, rule: 'sudo-gained' },
    ]),
  );

  expect(markdown).toMatch(/^## Plan review: 1 low, 1 accepted\n/);
  expect(markdown).toContain(
    '- rule `access-lost` about `vault_aws_auth_backend_role.dev`, accepted until `2026-01-01`: `@you`\n',
  );
  expect(markdown).toContain('; medium, rule `access-gained`, accepted until `2026-01-31`: `agreed`\n');
  expect(markdown).toMatch(/Unused, [^]*- rule `sudo-gained` about/);
});

describe('a baseline file', () => {
  const read = (value: unknown) => () =>
    readBaseline(JSON.stringify(value), 'baseline.json', ['access-gained']);

  test('is as the README shows it', () => {
    const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
    const [, example] = /^```json\n(\[[^]*?)^```/m.exec(readme)!;

    expect(
      readBaseline(
        example!,
        'README.md',
        RULES.map(({ id }) => id),
      ),
    ).toHaveLength(1);
  });

  test('is read', () => {
    expect(read([entry])()).toEqual([entry]);
  });

  test('has all its problems named at once', () => {
    expect(
      read([
        { ...entry, rule: 'acces-gained' },
        { ...entry, reason: ' ' },
        { rule: 'access-gained', until: '2026-02-30', about: 'x', reason: 'y', note: 'z' },
        'all',
        entry,
        { ...entry, reason: 'once more' },
      ]),
    ).toThrow(`7 problems in baseline.json, so nothing of it was accepted:
  [0] rule: must be one of access-gained; got 'acces-gained'
  [1] reason: must be a text, and not empty
  [2] note: is not a field of an entry; the fields are rule, about, reason, until
  [2] until: must be a day, as YYYY-MM-DD; got '2026-02-30'
  [3] must be an object with rule, about, reason and until
  [4] is about the same as [1]
  [5] is about the same as [1]`);
  });

  test.each([
    ['{}', /is no list/],
    ['[', /is no JSON/],
  ])('that is %j is refused', (text, message) => {
    expect(() => readBaseline(text, 'baseline.json', [])).toThrow(message);
  });
});
