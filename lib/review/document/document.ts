import type { Report } from '../report';
import { accessSection } from './access-section';
import { baselineSection } from './baseline-section';
import { findingsSection } from './findings-section';
import { iamSection } from './iam-section';
import { pictureSection } from './picture-section';
import { plansSection } from './plans-section';
import { policiesSection } from './policies-section';
import { resourcesSection } from './resources-section';
import type { Section } from './section';
import { titleOf } from './title';

/** A report for people, before it is written in a format. */
export interface ReportDocument {
  readonly title: string;
  /** The most important first. No section is empty. */
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
