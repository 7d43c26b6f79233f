import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { getParts } from '../../sandbox/parts';
import { EXAMPLES, ruledTexts } from '../constructs/support/tables';
import { textsFor } from '../constructs/support/texts';

test('Terraform reads the pattern of each rule as JavaScript does', async () => {
  const { terraform } = await getParts();
  const rules = new Set(
    EXAMPLES.flatMap(({ table, props }) => ruledTexts(table, props).map(({ rule }) => rule)),
  );
  const cases = [...rules].flatMap((rule) =>
    [rule.pattern, ...(rule.except ? [rule.except] : [])].flatMap((pattern) =>
      [...textsFor(rule), '\u00a0', '\u2028', 'a\u00a0', 'a\r'].map((text) => ({ pattern, text })),
    ),
  );
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  try {
    const patterns = cases.map(({ pattern, text }) => ({ pattern: pattern.source, text }));
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(patterns));
    writeFileSync(join(folder, 'main.tf'), 'locals { cases = jsondecode(file("cases.json")) }\n');
    const { stdout } = await execa(terraform.path, ['console'], {
      cwd: folder,
      input: 'jsonencode([for each in local.cases : can(regex(each.pattern, each.text))])',
    });
    const taken = JSON.parse(JSON.parse(stdout) as string) as boolean[];

    expect(taken).toHaveLength(cases.length);
    expect(cases.filter(({ pattern, text }, index) => pattern.test(text) !== taken[index])).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
