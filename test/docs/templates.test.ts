import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallerKind, RoleKind } from '../../lib/constructs/vault/mount/caller';
import { aliasRows, ENTITY_VALUES, TEMPLATE_TABLE } from '../../lib/constructs/vault/mount/template-table';
import { ROOT } from './documents';

const DOCUMENT = readFileSync(join(ROOT, 'docs/templates.md'), 'utf8');

const CALLERS: Partial<Record<CallerKind, string>> = {
  user: 'IAM user',
  person: 'person',
  'iam-role': '`iam-role`',
  'pinned-session': '`pinned-session`',
  instance: 'instance',
  image: '`image`',
  'vault-role': '`vault-role`',
};

const inWords = (values: readonly string[]) => [
  ...(ENTITY_VALUES.every((value) => values.includes(value)) ? ['the entity'] : []),
  ...values.filter((value) => !ENTITY_VALUES.some((known) => known === value)).map((value) => `\`${value}\``),
];

/** The rows of a table, as the page has them. */
const rowsOf = (kind: RoleKind) =>
  aliasRows(kind).map(([alias, { anyCaller, own }]) => [
    `\`${alias}\``,
    inWords(anyCaller).join(', '),
    (Object.entries(own) as [CallerKind, readonly string[]][])
      .map(([caller, values]) => `${CALLERS[caller]!}: ${inWords(values).join(', ')}`)
      .join('; '),
  ]);

test.each(Object.keys(TEMPLATE_TABLE) as RoleKind[])(
  'the table of logins of type %s is that of the code',
  (kind) => {
    const [, section = ''] = DOCUMENT.split(`### Logins of type ${kind}\n`);
    const rows = section
      .split(/^#/m)[0]!
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );

    expect(rows).toEqual(rowsOf(kind));
  },
);
