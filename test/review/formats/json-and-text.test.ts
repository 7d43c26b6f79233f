import { renderJson, type ReviewJson } from '../../../lib/review/formats/json';
import { renderText } from '../../../lib/review/formats/text';
import { reportOn } from '../support/report';
import { foreign, unchanged, widened } from '../support/samples';

const ALICE = 'arn:aws:iam::123456789012:user/alice';

test('JSON has a version, the findings, and what each plan changes', () => {
  const json = JSON.parse(renderJson(reportOn({ guide: widened, bucket: foreign }))) as ReviewJson;

  expect(Object.keys(json)).toEqual(['version', 'findings', 'accepted', 'baseline', 'plans']);
  expect(json.version).toBe(1);
  expect(json.findings[0]).toEqual({
    rule: 'access-gained',
    severity: 'medium',
    sentence: `${ALICE} gains update on secret/data/app; read on secret/data/new through role dev`,
    reason: 'After the apply these principals can do this, from their next login or their next request.',
    plan: 'guide',
    addresses: ['vault_aws_auth_backend_role.dev'],
  });
  expect(json.plans).toEqual([
    {
      name: 'guide',
      source: 'guide',
      reviewed: true,
      incomplete: false,
      actions: { update: 1, 'no-op': 1 },
      access: [
        {
          principal: ALICE,
          fate: 'changed',
          mount: 'aws',
          role: 'dev',
          gainedPolicies: [],
          lostPolicies: [],
          paths: [
            { path: 'secret/data/app', gained: ['update'], lost: ['list'] },
            { path: 'secret/data/new', gained: ['read'], lost: [] },
          ],
          notShown: [],
          notJudged: [],
          ofOthers: [],
        },
      ],
      policies: [
        {
          name: 'app',
          address: 'vault_policy.app',
          rules: [
            {
              path: 'secret/data/app',
              before: { path: 'secret/data/app', capabilities: ['read', 'list'] },
              after: { path: 'secret/data/app', capabilities: ['read', 'update'] },
            },
            { path: 'secret/data/new', after: { path: 'secret/data/new', capabilities: ['read'] } },
          ],
          remarks: [],
        },
      ],
      iam: [],
      resources: [{ address: 'vault_policy.app', type: 'vault_policy', action: 'update', imported: false }],
    },
    expect.objectContaining({ name: 'bucket', reviewed: false, access: [] }),
  ]);
});

describe('text', () => {
  test('is no wider than the terminal, and says all that Markdown does', () => {
    const text = renderText(reportOn({ guide: widened }), { width: 60 });

    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(text).toMatch(
      /^Plan review: 1 medium and 1 low\n\nTo decide\n {2}MEDIUM, by rule access-gained: After[^]*\nLooked at\n[^]*\nVault policies\n[^]*\nWho may do what\n[^]*\nThe picture\n/,
    );
    expect(text).toContain(
      `  - ${ALICE} gains update on\n    secret/data/app; read on secret/data/new through role\n    dev (at vault_aws_auth_backend_role.dev)\n`,
    );
    expect(text).toContain('  - app → secret/data/new: gains read\n');
  });

  test('has colours only where they are asked for', () => {
    const report = reportOn({ guide: widened });

    expect(renderText(report)).not.toContain('\u001b');
    expect(renderText(report, { colour: true })).toContain('\u001b[33m');
  });

  test('quotes a name whose end could be missed', () => {
    expect(renderText(reportOn({ 'my plan': unchanged }))).toContain("- plan 'my plan': it changes nothing;");
  });
});
