import { HclError } from './hcl-error';
import { Parser } from './parser';
import { HclScanner } from './scan-hcl';
import type { TokenKind } from './token';
import type { HclItem, HclList, HclLiteral, HclNode, HclObject } from './tree';

const LITERALS: ReadonlySet<TokenKind> = new Set(['text', 'heredoc', 'number', 'fraction', 'truth']);

/**
 * A text in HCL 1.
 *
 * Source: `hcl/parser/parser.go` of github.com/hashicorp/hcl 1.0.1-vault-7.
 *
 * @throws HclError
 */
export function parseNative(text: string): HclObject {
  return new NativeParser(text).root();
}

class NativeParser extends Parser {
  constructor(text: string) {
    super(new HclScanner(text.replaceAll('\r\n', '\n')), false);
  }

  root(): HclObject {
    return { kind: 'object', items: this.items(true), line: 1, column: 1 };
  }

  /** @param root whether they end with the text, and not with a brace */
  private items(root: boolean): HclItem[] {
    const items: HclItem[] = [];
    const assigned = new Set<string>();
    while (root || this.peek() !== '}') {
      const item = this.item();
      if (item === undefined) {
        break;
      }
      // What follows is scanned first: a mistake in it is the one that the library reports.
      const comma = this.peek() === ',';
      if (item.assigned) {
        this.checkOnce(item.keys[0]!, assigned);
      }
      items.push(item);
      if (comma) {
        this.next();
      }
    }
    return items;
  }

  /** As they are written: to the library `a` and `"a"` are two. */
  private checkOnce({ source, line, column }: HclLiteral, assigned: Set<string>): void {
    if (assigned.has(source)) {
      throw new HclError(line, column, 'this argument is here twice; each is given once');
    }
    assigned.add(source);
  }

  /**
   * @returns undefined at the end of the text, also if a value is missing there: the library drops its key
   */
  private item(): HclItem | undefined {
    const keys = this.keys();
    if (keys === undefined) {
      return undefined;
    }
    const { line, column } = keys[0]!;
    if (this.scanner.kind === '{') {
      return { keys, assigned: false, value: this.object(), line, column };
    }
    const kind = this.next();
    return kind === 'end' ? undefined : { keys, assigned: true, value: this.value(kind), line, column };
  }

  /** The keys before an equals sign or a brace, which is taken too. */
  private keys(): HclLiteral[] | undefined {
    const keys: HclLiteral[] = [];
    for (;;) {
      const kind = this.next();
      if (kind === 'name' || kind === 'text') {
        keys.push(this.literal());
      } else if (kind === 'end' && keys.length === 0) {
        return undefined;
      } else if (keys.length > 0 && (kind === '{' || (kind === '=' && keys.length === 1))) {
        return keys;
      } else {
        return this.fail(
          keys.length === 0
            ? 'a name belongs here, or a text in double quotes'
            : "a name is followed by '=' and its value, or by '{' and a block",
        );
      }
    }
  }

  private value(kind: TokenKind): HclNode {
    if (LITERALS.has(kind)) {
      return this.literal();
    }
    if (kind === '{') {
      return this.object();
    }
    return kind === '['
      ? this.list()
      : this.fail('a value is a text in double quotes, a number, true, false, a list or an object');
  }

  private object(): HclObject {
    const { line, column } = this.scanner;
    const items = this.inside(() => this.items(false));
    return this.next() === '}'
      ? { kind: 'object', items, line, column }
      : this.fail(`the '{' of line ${line} needs a '}'`);
  }

  private list(): HclList {
    const { line, column } = this.scanner;
    const list = this.inside(() => this.elements());
    return { kind: 'list', list, line, column };
  }

  private elements(): HclNode[] {
    const list: HclNode[] = [];
    let needsComma = false;
    for (;;) {
      const kind = this.next();
      if (kind === ']') {
        return list;
      }
      if (kind === ',') {
        this.peek();
        needsComma = false;
        continue;
      }
      if (needsComma) {
        this.fail("a list has commas between its values, and ends with ']'");
      }
      list.push(this.value(kind));
      // The library requires none after a list in a list.
      needsComma = kind !== '[';
    }
  }
}
