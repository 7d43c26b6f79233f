import { RULES, SEVERITIES } from '../../../lib/review';
import { renderSarif } from '../../../lib/review/formats/sarif';
import { plainText } from '../../../lib/review/sentence';
import { policy, role } from '../support/plan';
import { reportOn } from '../support/report';
import { foreign, unchanged, widened } from '../support/samples';

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: {
    physicalLocation: { artifactLocation: { uri: string } };
    logicalLocations: { fullyQualifiedName: string }[];
  }[];
  partialFingerprints: { primaryLocationLineHash: string };
  suppressions: unknown[];
  properties: { severity: string };
}

interface Log {
  version: string;
  runs: [
    {
      tool: {
        driver: {
          rules: { id: string; shortDescription: { text: string }; defaultConfiguration: unknown }[];
        };
      };
      results: Result[];
      invocations: [{ toolExecutionNotifications: { message: { text: string } }[] }];
    },
  ];
}

const sarif = (...args: Parameters<typeof reportOn>) => JSON.parse(renderSarif(reportOn(...args))) as Log;

test('all rules are in it, each with its id, what it is and its level', () => {
  const { version, runs } = sarif({ guide: unchanged });
  const { rules } = runs[0].tool.driver;

  expect(version).toBe('2.1.0');
  expect(rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
  for (const rule of rules) {
    expect(rule).toMatchObject({
      shortDescription: { text: expect.stringMatching(/^[A-Z]/) as string },
      fullDescription: { text: expect.stringMatching(/./) as string },
      defaultConfiguration: { level: expect.stringMatching(/^(?:error|warning|note|none)$/) as string },
    });
  }
  expect(runs[0].results).toEqual([]);
});

test('a finding is a result of its rule, at the file of its stack', () => {
  const { runs } = sarif({ guide: widened });
  const { tool, results } = runs[0];

  expect(results).toHaveLength(2);
  for (const { ruleId, ruleIndex } of results) {
    expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
  }
  expect(results[0]).toEqual({
    ruleId: 'access-gained',
    ruleIndex: RULES.findIndex(({ id }) => id === 'access-gained'),
    level: 'warning',
    message: {
      text:
        'arn:aws:iam::123456789012:user/alice gains update on secret/data/app; read on secret/data/new through ' +
        'role dev (at vault_aws_auth_backend_role.dev). After the apply these principals can do this, ' +
        'from their next login or their next request.',
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'cdk.out/stacks/guide/cdk.tf.json' },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: 'vault_aws_auth_backend_role.dev', kind: 'resource' }],
      },
    ],
    partialFingerprints: {
      primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{32}:1$/) as string,
    },
    suppressions: [],
    properties: { severity: 'medium', plan: 'guide' },
  });
});

test('a fingerprint is the same at each run, whatever else is found, and another for another finding', () => {
  const hashes = (plans: Parameters<typeof reportOn>[0]) =>
    sarif(plans).runs[0].results.map((result) => result.partialFingerprints.primaryLocationLineHash);
  const [gained, lost] = hashes({ guide: widened });
  const more = hashes({
    guide: {
      ...widened,
      after: [...widened.after!, role('new', ['arn:aws:iam::123456789012:user/bob'], ['app'])],
    },
  });

  expect(gained).not.toBe(lost);
  expect(more).toEqual(expect.arrayContaining([gained, lost]));
  expect(new Set(more).size).toBe(more.length);
  expect(hashes({ other: widened })).not.toContain(gained);
});

test('each severity has a level', () => {
  const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'none' };
  expect(Object.keys(levels)).toEqual([...SEVERITIES]);
  const everybody = role('r', ['*'], ['p']);
  const { runs } = sarif({
    guide: {
      after: [policy('p', 'path "secret/*" { capabilities = ["sudo"] }'), everybody, ...widened.after!],
    },
  });

  expect(runs[0].results.map(({ level }) => level)).toEqual(
    runs[0].results.map(({ properties }) => levels[properties.severity as keyof typeof levels]),
  );
  expect(new Set(runs[0].results.map(({ properties }) => properties.severity)).size).toBeGreaterThan(1);
});

test('braces and brackets of a name are not arguments and links', () => {
  const { runs } = sarif({
    guide: { after: [role('r', ['arn:aws:iam::123456789012:user/u'], [], { role: '[x](y) {0}' })] },
  });

  expect(runs[0].results[0]!.message.text).toContain('through role \\[x\\](y) {{0}}');
});

test('what is accepted is suppressed with its reason; a plan that was not reviewed is named', () => {
  const [finding] = reportOn({ guide: widened }).findings;
  const about = plainText(finding!.sentence);
  const { runs } = sarif({ guide: widened, bucket: foreign }, [
    { rule: 'access-gained', about, reason: 'agreed', until: '2026-02-01' },
  ]);

  expect(runs[0].results.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
    ['access-lost', []],
    ['access-gained', [{ kind: 'external', status: 'accepted', justification: 'agreed (until 2026-02-01)' }]],
  ]);
  expect(runs[0].invocations[0].toolExecutionNotifications.map(({ message }) => message.text)).toEqual([
    "Plan 'bucket' was not reviewed: none of its resources is of Vault or of AWS IAM.",
  ]);
});
