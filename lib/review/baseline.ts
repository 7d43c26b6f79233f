import type { ReportedFinding } from './finding';
import { plainText } from './sentence';

/** A finding that somebody has accepted until a day. */
export interface BaselineEntry {
  /** The rule's id. */
  readonly rule: string;
  /** The address of a resource that the finding is about, or the whole sentence. */
  readonly about: string;
  /** Why it is accepted. */
  readonly reason: string;
  /** The last day on which it is accepted, as YYYY-MM-DD, in UTC. */
  readonly until: string;
}

/** Findings, divided by a baseline. */
export interface Judged {
  /** Findings that are not accepted today. */
  readonly findings: readonly ReportedFinding[];
  readonly accepted: readonly { readonly finding: ReportedFinding; readonly entry: BaselineEntry }[];
  /** Entries whose last day is over. Their findings count again. */
  readonly expired: readonly BaselineEntry[];
  /** Entries that are still valid and match no finding. */
  readonly unused: readonly BaselineEntry[];
}

const FIELDS = ['rule', 'about', 'reason', 'until'] as const;

/**
 * Reads a baseline: a JSON list of objects. Each has all the fields of {@link BaselineEntry}.
 *
 * @param rules the ids of all rules
 * @throws Error that lists all problems of the file
 */
export function readBaseline(text: string, source: string, rules: readonly string[]): BaselineEntry[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw new Error(`${source} is no JSON: ${(error as Error).message}`, { cause: error });
  }
  if (!Array.isArray(list)) {
    throw new Error(`${source} is no list: [{ "rule", "about", "reason", "until" }, …]`);
  }
  const first = new Map<string, number>();
  const problems = list.flatMap((entry: unknown, index) => {
    const { rule, about } = (entry ?? {}) as Record<string, unknown>;
    const same = first.get(JSON.stringify([rule, about]));
    first.set(JSON.stringify([rule, about]), same ?? index);
    return [
      ...problemsOf(entry, rules),
      ...(same === undefined ? [] : [`is about the same as [${same}]`]),
    ].map((problem) => `  [${index}] ${problem}`);
  });
  if (problems.length > 0) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    throw new Error(`${count} in ${source}, so nothing of it was accepted:\n${problems.join('\n')}`);
  }
  return list as BaselineEntry[];
}

function problemsOf(entry: unknown, rules: readonly string[]): string[] {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return ['must be an object with rule, about, reason and until'];
  }
  const given = entry as Record<string, unknown>;
  const missing = FIELDS.filter((field) => typeof given[field] !== 'string' || given[field].trim() === '');
  const extra = Object.keys(given).filter((field) => !(FIELDS as readonly string[]).includes(field));
  return [
    ...missing.map((field) => `${field}: must be a text, and not empty`),
    ...extra.map((field) => `${field}: is not a field of an entry; the fields are ${FIELDS.join(', ')}`),
    ...(missing.includes('rule') || rules.includes(given.rule as string)
      ? []
      : [`rule: must be one of ${rules.join(', ')}; got '${given.rule as string}'`]),
    ...(missing.includes('until') || isDay(given.until as string)
      ? []
      : [`until: must be a day, as YYYY-MM-DD; got '${given.until as string}'`]),
  ];
}

function isDay(text: string): boolean {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // JavaScript reads 2026-02-30 as a day in March, or as no day.
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Divides the findings by what was accepted. @param today as YYYY-MM-DD, in UTC */
export function judge(
  findings: readonly ReportedFinding[],
  baseline: readonly BaselineEntry[],
  today: string,
): Judged {
  const lasting = new Map<string, BaselineEntry>();
  const expired: BaselineEntry[] = [];
  for (const entry of baseline) {
    if (entry.until < today) {
      expired.push(entry);
    } else {
      lasting.set(keyOf(entry.rule, entry.about), entry);
    }
  }
  const used = new Set<BaselineEntry>();
  const judged = findings.map((finding) => {
    const entry = [...finding.addresses, plainText(finding.sentence)]
      .map((about) => lasting.get(keyOf(finding.rule, about)))
      .find((found) => found !== undefined);
    if (entry) {
      used.add(entry);
    }
    return { finding, entry };
  });
  return {
    findings: judged.filter(({ entry }) => entry === undefined).map(({ finding }) => finding),
    accepted: judged.flatMap(({ finding, entry }) => (entry ? [{ finding, entry }] : [])),
    expired,
    unused: [...lasting.values()].filter((entry) => !used.has(entry)),
  };
}

function keyOf(rule: string, about: string): string {
  return JSON.stringify([rule, about]);
}
