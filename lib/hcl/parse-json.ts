import { flatten } from './flatten-json';
import { HclError } from './hcl-error';
import { Parser } from './parser';
import { JsonScanner } from './scan-json';
import type { TokenKind } from './token';
import type { HclItem, HclList, HclLiteral, HclNode, HclObject } from './tree';

const LITERALS: ReadonlySet<TokenKind> = new Set(['text', 'number', 'fraction', 'truth', 'null']);

/**
 * A text in JSON, with the same tree as a text in HCL that says the same.
 *
 * The library takes more than JSON: what follows the last brace, and braces that are not closed, mean nothing to it.
 * It drops `true` and `false` from lists, and the brackets of a list in a list.
 *
 * Source: `json/parser/parser.go` of github.com/hashicorp/hcl 1.0.1-vault-7.
 *
 * @throws HclError
 */
export function parseJson(text: string): HclObject {
  return new JsonParser(text).root();
}

/** Ends the objects around it as a brace would, if there is one; otherwise it is an error. */
class Misplaced extends HclError {}

class JsonParser extends Parser {
  constructor(text: string) {
    super(new JsonScanner(text), true);
  }

  root(): HclObject {
    this.next();
    return flatten(this.object());
  }

  private object(): HclObject {
    const { line, column } = this.scanner;
    const items: HclItem[] = [];
    try {
      this.inside(() => this.addItems(items));
    } catch (error) {
      // A brace too early ends the objects around it, with what they have.
      if (!(error instanceof Misplaced) || this.scanner.kind !== '}') {
        throw error;
      }
    }
    return { kind: 'object', items, line, column };
  }

  private addItems(items: HclItem[]): void {
    do {
      const item = this.item();
      if (item === undefined) {
        return;
      }
      items.push(item);
    } while (this.next() === ',');
  }

  /** @returns undefined at the end of the text */
  private item(): HclItem | undefined {
    const keys = this.keys();
    if (keys === undefined) {
      return undefined;
    }
    const value = this.value();
    const { line, column } = keys[0]!;
    return value && { keys, assigned: true, value, line, column };
  }

  private keys(): HclLiteral[] | undefined {
    const keys: HclLiteral[] = [];
    for (;;) {
      const kind = this.next();
      if (kind === 'text') {
        keys.push(this.literal());
      } else if (kind === 'end') {
        return undefined;
      } else if (kind === ':' && keys.length > 0) {
        return keys;
      } else {
        this.misplaced(
          keys.length === 0
            ? 'a name in double quotes belongs here'
            : "a name is followed by ':' and its value",
        );
      }
    }
  }

  private value(): HclNode | undefined {
    const kind = this.next();
    if (LITERALS.has(kind)) {
      return this.literal();
    }
    if (kind === '{') {
      return this.object();
    }
    if (kind === '[') {
      return this.list();
    }
    return kind === 'end'
      ? undefined
      : this.misplaced(
          'a value is a text in double quotes, a number, true, false, null, a list or an object',
        );
  }

  private list(): HclList {
    const { line, column } = this.scanner;
    const list: HclNode[] = [];
    for (let kind = this.next(); kind !== ']'; kind = this.next()) {
      if (kind === '{') {
        list.push(this.object());
      } else if (kind === 'text' || kind === 'number' || kind === 'fraction') {
        list.push(this.literal());
      } else if (kind !== ',' && kind !== 'truth' && kind !== '[') {
        this.misplaced("a list of texts, numbers and objects ends with ']'");
      }
    }
    return { kind: 'list', list, line, column };
  }

  private misplaced(rule: string): never {
    try {
      return this.fail(rule);
    } catch (error) {
      const { line, column, rule: said } = error as HclError;
      throw new Misplaced(line, column, said);
    }
  }
}
