import type { Severity } from '../finding';
import type { Picture } from '../picture';
import type { Report } from '../report';
import type { Sentence } from '../sentence';
import { accessSection } from './access-section';
import { baselineSection } from './baseline-section';
import { findingsSection } from './findings-section';
import { iamSection } from './iam-section';
import { pictureSection } from './picture-section';
import { plansSection } from './plans-section';
import { policiesSection } from './policies-section';
import { resourcesSection } from './resources-section';
import { titleOf } from './title';

/** Items under a line that says what they have in common. */
export interface Group {
  /** Stands before the line, in words. */
  readonly severity?: Severity;
  readonly lead: Sentence;
  readonly items: readonly Sentence[];
}

/** A part of a report, for people. */
export interface Section {
  readonly title: string;
  /** What its items are, one and many: what is left out is counted by it. */
  readonly unit: readonly [one: string, many: string];
  readonly groups: readonly Group[];
  /** The items of this section are its rows. The heads of their columns. */
  readonly columns?: readonly string[];
  readonly rows?: readonly (readonly Sentence[])[];
  readonly pictures?: readonly { readonly plan?: string; readonly picture: Picture }[];
}

/** A report for people, before it is written in a format. */
export interface ReportDocument {
  readonly title: string;
  /** The most important first. None is empty. */
  readonly sections: readonly Section[];
}

/** What a person reads: what to decide, what was looked at, the differences, the picture, the rest. */
export function documentOf(report: Report): ReportDocument {
  const sections = [
    findingsSection(report),
    plansSection(report),
    baselineSection(report),
    policiesSection(report),
    iamSection(report),
    accessSection(report),
    pictureSection(report),
    resourcesSection(report),
  ];
  return {
    title: titleOf(report),
    sections: sections.filter(
      ({ groups, rows = [], pictures = [] }) => groups.length + rows.length + pictures.length > 0,
    ),
  };
}
