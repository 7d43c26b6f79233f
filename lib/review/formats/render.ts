import type { Report } from '../report';
import { renderJson } from './json';
import { renderMarkdown } from './markdown';
import { renderSarif } from './sarif';
import { renderText, type TextOptions } from './text';

export const FORMATS = ['text', 'markdown', 'json', 'sarif'] as const;

export type Format = (typeof FORMATS)[number];

/** A report in one of the formats. @param options for text */
export function render(report: Report, format: Format, options: TextOptions): string {
  switch (format) {
    case 'text':
      return renderText(report, options);
    case 'markdown':
      return renderMarkdown(report);
    case 'json':
      return renderJson(report);
    case 'sarif':
      return renderSarif(report);
  }
}
