import { createHash } from 'node:crypto';
import type { ReportedFinding, Severity } from '../finding';
import type { Report, ReportedPlan } from '../report';
import { RULES } from '../rules';
import { plainText } from '../sentence';
import { visible, visibleJson } from '../../output';

/** SARIF has no other levels. */
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note' | 'none'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'none',
};

/**
 * A report as SARIF 2.1.0, for code scanning. A finding has the same fingerprint at each run while its plan, rule,
 * address and sentence are the same. What a baseline accepts is suppressed, not left out.
 *
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif({ findings, accepted, plans }: Report): string {
  const files = new Map(plans.map(({ name, file }) => [name, file]));
  const rules = new Map(RULES.map(({ id }, index) => [id, index]));
  const resultOf = (finding: ReportedFinding) => ({
    ruleId: finding.rule,
    ruleIndex: rules.get(finding.rule)!,
    level: LEVELS[finding.severity],
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(files.get(finding.plan)!) },
          region: { startLine: 1 },
        },
        logicalLocations: finding.addresses.map((address) => ({
          fullyQualifiedName: visible(address),
          kind: 'resource',
        })),
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${fingerprintOf(finding)}:1` },
    properties: { severity: finding.severity, plan: visible(finding.plan) },
  });
  return visibleJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'vault-aws-auth',
            rules: RULES.map(({ id, severity, reason }) => ({
              id,
              shortDescription: { text: titleOf(id) },
              fullDescription: { text: escape(reason) },
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        invocations: [
          { executionSuccessful: true, toolExecutionNotifications: plans.flatMap(notificationsOf) },
        ],
        results: [
          ...findings.map((finding) => ({ ...resultOf(finding), suppressions: [] })),
          ...accepted.map(({ finding, entry }) => ({
            ...resultOf(finding),
            suppressions: [
              {
                kind: 'external',
                status: 'accepted',
                justification: `${visible(entry.reason)} (until ${entry.until})`,
              },
            ],
          })),
        ],
        columnKind: 'utf16CodeUnits',
      },
    ],
  });
}

/** What a reader must know of a plan in addition to its findings. */
function notificationsOf({ name, scope, review }: ReportedPlan) {
  const texts = [
    ...(scope.foreign ? ['was not reviewed: none of its resources is of Vault or of AWS IAM.'] : []),
    ...(review.plan.incomplete ? ['is not complete: Terraform deferred a part of it.'] : []),
  ];
  return texts.map((text) => ({
    level: 'warning',
    message: { text: `Plan '${escape(visible(name))}' ${text}` },
  }));
}

function messageOf({ sentence, reason, addresses }: ReportedFinding): string {
  const where = addresses.length > 0 ? ` (at ${addresses[0]!})` : '';
  return escape(`${visible(plainText(sentence))}${visible(where)}. ${reason}`);
}

/** Braces are for arguments, brackets for links. Source: SARIF 2.1.0, 3.11.5 and 3.11.6 */
function escape(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&').replace(/[{}]/g, '$&$&');
}

function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return `${words[0]!.toUpperCase()}${words.slice(1)}`;
}

/** A path as a relative URI, which code scanning expects. */
function uriOf(file: string): string {
  return file
    .split(/[\\/]/)
    .filter((segment) => segment !== '' && segment !== '.')
    .map((segment) => (segment === '..' ? segment : encodeURIComponent(visible(segment))))
    .join('/');
}

function fingerprintOf({ plan, rule, addresses, sentence }: ReportedFinding): string {
  return createHash('sha256')
    .update(JSON.stringify([plan, rule, addresses[0] ?? '', plainText(sentence)]))
    .digest('hex')
    .slice(0, 32);
}
