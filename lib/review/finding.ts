import type { Sentence } from './sentence';

/** From worst to least. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** How much a finding asks of a reviewer. `info` asks nothing. */
export type Severity = (typeof SEVERITIES)[number];

/** One thing that a person must decide before the plan is applied. */
export interface Finding {
  /** The rule's id, such as `access-gained`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What happens, as one sentence. */
  readonly sentence: Sentence;
  /** Addresses of the resources that it is about; the first is where a reader looks. */
  readonly addresses: readonly string[];
}

/** A finding, with its plan and the rule's reason. */
export interface ReportedFinding extends Finding {
  /** The plan's name. */
  readonly plan: string;
  /** The rule's reason. */
  readonly reason: string;
}

/** Sorts the worst first, then by rule and by what it is about: the order is the same at every run. */
export function worstFirst(one: Finding, other: Finding): number {
  return (
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    compare(one.rule, other.rule) ||
    compare(one.addresses[0] ?? '', other.addresses[0] ?? '') ||
    compare(JSON.stringify(one.sentence), JSON.stringify(other.sentence))
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
