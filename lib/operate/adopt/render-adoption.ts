import type { CheckReport } from '../../constructs/checks';
import type { Adoption } from './adopt';
import type { Leftover } from './findings';

/** The report as lines for a person. @param written whether the files are written, or only would be */
export function renderAdoption({ files, imports, findings, warnings }: Adoption, written: boolean): string {
  return [
    [`${written ? 'Written' : 'Would be written'}: ${Object.keys(files).join(', ')}`],
    [
      `The next plan imports ${imports.length} and changes nothing:`,
      ...imports.map(({ to, id }) => `  ${to}\n    ${id}`),
    ],
    ['Not in the code; it stays as it is:', ...findings.map(renderFinding)],
    ['In the code; it allows more than most users need:', ...warnings.map(renderWarning)],
    ...(written ? [['Next: `npx cdktf diff`, then `npx cdktf deploy`, then remove adopt.imports.']] : []),
  ]
    .filter(([title, ...lines]) => lines.length > 0 || !title!.endsWith(':'))
    .map((section) => section.join('\n'))
    .join('\n\n');
}

function renderFinding({ place, what, next }: Leftover): string {
  return `  ${place}: ${what}.${next === undefined ? '' : `\n    What to do: ${next}.`}`;
}

function renderWarning({ id, message }: CheckReport['warnings'][number]): string {
  return `  ${message} (${id})`;
}
