import { renderMarkdown } from '../../../lib/review/formats/markdown';
import { RULES } from '../../../lib/review';
import { policy, role, type Samples } from '../support/plan';
import { reportOn } from '../support/report';
import { foreign, unchanged, widened } from '../support/samples';

test('first what to decide, then what was looked at, the differences, the picture', () => {
  expect(renderMarkdown(reportOn({ guide: widened }))).toBe(
    `## Plan review: 1 medium and 1 low

### To decide

**Medium**, by rule \`access-gained\`: After the apply these principals can do this, from their next login or their next request.

- \`arn:aws:iam::123456789012:user/alice\` gains update on \`secret/data/app\`; read on \`secret/data/new\` through role \`dev\` (at \`vault_aws_auth_backend_role.dev\`)

**Low**, by rule \`access-lost\`: Anyone who relies on it is refused: at the next request if a policy or a group changes, at the next login if a role changes.

- \`arn:aws:iam::123456789012:user/alice\` loses list on \`secret/data/app\` through role \`dev\` (at \`vault_aws_auth_backend_role.dev\`)

### Looked at

${RULES.length} rules looked at what changes.

- plan \`guide\`: 1 to update and 1 as they are

### Vault policies

Policy \`app\`, changed:

- changed \`secret/data/app\`: gains update; loses list
- added \`secret/data/new\`: read

### Who may do what

\`arn:aws:iam::123456789012:user/alice\` through role \`dev\`:

- \`secret/data/app\`: gains update; loses list
- \`secret/data/new\`: gains read

### The picture

\`\`\`mermaid
flowchart LR
  n0(["arn#58;aws#58;iam#58;#58;123456789012#58;user/alice"])
  n1["role dev"]
  n2[/"policy app"/]
  n3("secret/data/app")
  n4("secret/data/new (new)")
  n0 --> n1
  n1 --> n2
  n2 ==>|"gains update, loses list, keeps the rest"| n3
  n2 ==>|"gains read"| n4
  classDef gained stroke:green,stroke-width:4px
  class n4 gained
  linkStyle 2,3 stroke:green,stroke-width:4px
\`\`\`

Thick lines, and boxes marked (new): what is gained. Dotted lines, and boxes marked (gone): what is lost. Thin lines: what stays.
`,
  );
});

describe('without a finding', () => {
  test('it says so, and what was looked at', () => {
    const text = renderMarkdown(reportOn({ guide: unchanged }));

    expect(text).toMatch(/^## Plan review: no findings\n/);
    expect(text).toContain('found nothing for a person to decide');
    expect(text).toContain('- plan `guide`: it changes nothing; 2 as they are\n');
  });

  test('a plan of another provider alone is not taken for a good one', () => {
    const text = renderMarkdown(reportOn({ bucket: foreign }));

    expect(text).toMatch(/^## Plan review: nothing was reviewed\n/);
    expect(text).toContain(
      'plan `bucket`: not reviewed, because none of its resources is of Vault or of AWS IAM; 1 to create',
    );
    expect(text).not.toMatch(/no findings|none found/);
  });

  test('next to a plan that was reviewed, the one that was not is named', () => {
    const text = renderMarkdown(reportOn({ bucket: foreign, guide: unchanged }));

    expect(text).toContain('- plan `bucket`: not reviewed,');
    expect(text).toContain('- plan `guide`: it changes nothing;');
  });
});

test('several plans are one report, the worst first, and each finding says of which plan it is', () => {
  const text = renderMarkdown(reportOn({ one: unchanged, two: widened, three: widened }));

  expect(text).toMatch(/^## Plan review: 2 medium and 2 low\n/);
  expect(text).toContain('(at `vault_aws_auth_backend_role.dev` in `two`)');
  expect(text).toContain('Policy `app` in `three`, changed:');
  expect(text).toContain('Of `two`:\n\n```mermaid');
});

test('the other resources are rows, with what changes in them', () => {
  const bucket = {
    type: 'aws_s3_bucket',
    name: 'b',
    values: { bucket: 'x', acl: 'private', doc: 'y'.repeat(99) },
  };
  const text = renderMarkdown(
    reportOn({
      guide: {
        before: [...widened.before!, bucket],
        after: [
          ...widened.before!,
          { ...bucket, values: { bucket: 'a|b', acl: null, doc: 'z' } },
          { type: 'aws_iam_user', key: 'a', values: {}, imported: true },
        ],
      },
    }),
  );

  expect(text).toContain('| change | resource | attributes |\n| --- | --- | --- |\n');
  expect(text).toContain(
    '| update | `aws_s3_bucket.b` | `acl` `private` → nothing, `bucket` `x` → `a\\u{7c}b`, `doc` |\n',
  );
  expect(text).toContain('| create, import | `aws_iam_user.it["a"]` |  |\n');
});

describe('however large the plan is,', () => {
  const many = (count: number): Samples => ({
    after: Array.from({ length: count }, (_, index) => [
      policy(`p${index}`, `path "secret/data/team-${index}/*" { capabilities = ["read", "sudo"] }`),
      role(`r${index}`, [`arn:aws:iam::123456789012:user/u${index}`], [`p${index}`]),
    ]).flat(),
  });

  test('it is a comment that GitHub takes, and says what was left out', () => {
    const report = reportOn({ guide: many(1_000) });
    const text = renderMarkdown(report);

    expect(text.length).toBeLessThanOrEqual(65_536);
    const shown = /### To decide\n([^]*?)\n### /.exec(text)![1]!.match(/^- /gm)!.length;
    expect(text).toContain(
      `**Left out here, because a comment can't be longer: ${report.findings.length - shown} more findings.**`,
    );
    expect(text).toContain('- plan `guide`: 2000 to create');
  });

  test('the least important goes first, and of the findings the least severe', () => {
    const report = reportOn({
      guide: { after: [...many(40).after!, { type: 'aws_iam_user', values: {} }] },
    });
    const whole = renderMarkdown(report, Infinity);
    const sections = (text: string) => [...text.matchAll(/^### (.*)\n([^]*?)(?=^### |(?![^]))/gm)];
    const cut = (text: string) =>
      sections(text).flatMap(([, title, body]) => (body!.includes('Left out here') ? [title] : []));

    expect(cut(whole)).toEqual([]);
    for (let limit = whole.length; limit > 4_000; limit -= 997) {
      const text = renderMarkdown(report, limit);
      expect(text.length).toBeLessThanOrEqual(limit);
      const titles = sections(text).map(([, title]) => title);
      expect(titles).toEqual(sections(whole).map(([, title]) => title));
      // What is cut is the end: whatever stands before a section that was cut is whole, but for short ones after it.
      const [first] = cut(text);
      const before = titles.slice(0, titles.indexOf(first));
      for (const title of before) {
        const body = (of: string) => sections(of).find(([, each]) => each === title)![2];
        expect(body(text)).toBe(body(whole));
      }
    }
    const short = renderMarkdown(report, 6_000);
    const high = report.findings.filter(({ severity }) => severity === 'high').length;
    expect(high).toBeGreaterThan(0);
    expect(short).toContain('**High**');
    expect(short).not.toContain('**Low**');
  });

  test('a name of a million characters is shown by its ends', () => {
    const long = `a${'b'.repeat(1_000_000)}c`;
    const text = renderMarkdown(
      reportOn({ guide: { after: [role(long, ['arn:aws:iam::123456789012:user/u'], [])] } }),
    );

    expect(text.length).toBeLessThan(10_000);
    expect(text).toMatch(/abbb+ \[999762 characters left out\] b+c`/);
  });
});
