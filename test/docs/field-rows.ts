import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A row of docs/fields.md: a field of a resource of the provider. */
export interface FieldRow {
  readonly table: string;
  readonly field: string;
  readonly here: string;
  readonly default: string;
  readonly from: string;
  readonly shown: string;
}

/** What a row says of a field that is left out. */
export interface FieldDefault {
  /** What Vault has after this project left it out. */
  readonly here: unknown;
  /** What Vault has by itself. @default the field is needed */
  readonly vault?: unknown;
}

/** All rows, table by table. */
export function fieldRows(): FieldRow[] {
  const rows: FieldRow[] = [];
  let table = '';
  for (const line of readFileSync(join(__dirname, '../../docs/fields.md'), 'utf8').split('\n')) {
    table = /^#+ (.*)/.exec(line)?.[1] ?? table;
    const [field = '', here = '', , value = '', from = '', shown = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (field.startsWith('`')) {
      rows.push({ table, field: field.replaceAll('`', ''), here, default: value, from, shown });
    }
  }
  return rows;
}

/** Fields that have no default in Vault: they are needed, or have a table of their own. */
export const WITHOUT_DEFAULT = ['needed', 'the next table', '`false` of the provider'];

/** Reads the column `default`. @throws Error if it is in no known form */
export function defaultOf({ table, field, default: text }: FieldRow): FieldDefault {
  const [, here, differs, vault] =
    /^`([^`]+)`(?: \([^)]+\)| here, (needed|`([^`]+)`) in Vault(?:, which .*)?)?$/.exec(text) ?? [];
  if (here === undefined) {
    throw new Error(`docs/fields.md, ${table}, ${field}: no default can be read from '${text}'`);
  }
  const value: unknown = JSON.parse(here);
  if (differs === undefined) {
    return { here: value, vault: value };
  }
  return vault === undefined ? { here: value } : { here: value, vault: JSON.parse(vault) as unknown };
}
