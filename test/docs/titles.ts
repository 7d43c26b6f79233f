import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * The strings of a test file, as they are written: titles, and the cases of a table. Comments are none.
 *
 * @param file below `test/`, without its ending
 */
export function titlesOf(file: string): Set<string> {
  const path = join(__dirname, '..', `${file}.test.ts`);
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022);
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) {
      found.add(node.text);
    } else if (ts.isTemplateExpression(node)) {
      found.add(node.getText(source).slice(1, -1));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
