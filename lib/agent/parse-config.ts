import type { PlainValue } from './agent-config';
import type { AgentItem } from './agent-item';
import { AgentSyntaxError, type ConfigToken, scanConfig } from './scan-config';

type Node = { readonly value: string | number | boolean } | { readonly list: readonly Node[] } | ObjectNode;
interface ObjectNode {
  readonly members: readonly Member[];
}
interface Member {
  readonly keys: readonly string[];
  readonly line: number;
  readonly node: Node;
}

/**
 * An agent's configuration as the agent reads it, in HCL 1 or JSON, with its lines. It keeps what it does not know.
 *
 * The agent reads HCL 1, where a parser of HCL 2 reads `mode = 0600` as six hundred, and refuses several arguments on
 * one line. So this is one of HCL 1.
 *
 * Source: `hcl/parser/parser.go`, `json/parser/flatten.go` of github.com/hashicorp/hcl 1.0.1; `lexMode` in its `lex.go`
 * tells JSON by a brace at the beginning.
 *
 * @throws AgentSyntaxError
 */
export function parseAgentConfig(text: string): AgentItem[] {
  const json = text.trimStart().startsWith('{');
  const tokens = scanConfig(json ? text : `${text}\n`);
  const reader = new Reader(tokens);
  const members = json ? reader.wholeObject() : reader.members(true);
  return toItems(json ? flatten(members) : members);
}

class Reader {
  private position = 0;

  constructor(private readonly tokens: readonly ConfigToken[]) {}

  /** The whole text, where it is JSON. */
  wholeObject(): Member[] {
    this.expect('{');
    const members = this.members(false);
    this.expect('}');
    const rest = this.peek();
    if (rest) {
      throw new AgentSyntaxError(rest.line, 'nothing follows the last brace of JSON');
    }
    return members;
  }

  /** @param root whether they end with the text, and not with a brace */
  members(root: boolean): Member[] {
    const members: Member[] = [];
    const assigned = new Set<string>();
    while (root ? this.peek() !== undefined : !this.at('}')) {
      const member = this.member(assigned);
      members.push(member);
      if (this.at(',')) {
        this.position++;
      }
    }
    return members;
  }

  private member(assigned: Set<string>): Member {
    const keys: string[] = [];
    const first = this.next('a name');
    let token = first;
    while (token.kind === 'name' || token.kind === 'text') {
      keys.push(String(token.value));
      token = this.next("'=' or '{'");
    }
    const assigns = token.kind === 'sign' && (token.value === '=' || token.value === ':');
    if (keys.length === 0 || (assigns && keys.length > 1) || (!assigns && token.value !== '{')) {
      throw new AgentSyntaxError(
        token.line,
        "a name is followed by '=' and its value, or by '{' and a block",
      );
    }
    const [name] = keys;
    if (assigns && assigned.has(name!)) {
      throw new AgentSyntaxError(
        first.line,
        `'${name}' stands here twice: the agent takes each argument once`,
      );
    }
    if (assigns) {
      assigned.add(name!);
    }
    return { keys, line: first.line, node: assigns ? this.value() : this.object() };
  }

  private value(): Node {
    const token = this.next('a value');
    if (token.kind === 'sign' && token.value === '{') {
      return this.object();
    }
    if (token.kind === 'sign' && token.value === '[') {
      return this.list();
    }
    if (token.kind === 'sign' || token.kind === 'name') {
      throw new AgentSyntaxError(
        token.line,
        'a value is a text in double quotes, a number, true, false, a list or an object',
      );
    }
    return { value: token.value };
  }

  private object(): Node {
    const members = this.members(false);
    this.expect('}');
    return { members };
  }

  private list(): Node {
    const list: Node[] = [];
    while (!this.at(']')) {
      list.push(this.value());
      if (!this.at(']')) {
        this.expect(',');
      }
    }
    this.expect(']');
    return { list };
  }

  private peek(): ConfigToken | undefined {
    return this.tokens[this.position];
  }

  private at(sign: string): boolean {
    const token = this.peek();
    return token?.kind === 'sign' && token.value === sign;
  }

  private next(what: string): ConfigToken {
    const token = this.tokens[this.position++];
    if (!token) {
      throw new AgentSyntaxError(this.tokens.at(-1)?.line ?? 1, `the text ends where ${what} must follow`);
    }
    return token;
  }

  private expect(sign: string): void {
    const token = this.next(`'${sign}'`);
    if (token.kind !== 'sign' || token.value !== sign) {
      throw new AgentSyntaxError(token.line, `'${sign}' must stand here`);
    }
  }
}

/** In JSON, an object of objects only is a block with labels, and a list of objects is a block for each. */
function flatten(members: readonly Member[]): Member[] {
  return members.flatMap((member): Member[] => {
    const { keys, node } = member;
    if ('list' in node && node.list.length > 0 && node.list.every(isObject)) {
      return flatten(node.list.map((each) => ({ ...member, node: each })));
    }
    if (isObject(node) && node.members.length > 0 && node.members.every((inner) => isObject(inner.node))) {
      return flatten(node.members.map((inner) => ({ ...inner, keys: [...keys, ...inner.keys] })));
    }
    return [isObject(node) ? { ...member, node: { members: flatten(node.members) } } : member];
  });
}

function isObject(node: Node): node is ObjectNode {
  return 'members' in node;
}

function toItems(members: readonly Member[]): AgentItem[] {
  return members.flatMap(({ keys: [name, ...labels], line, node }): AgentItem[] => {
    const item = { name: name!, labels, line };
    if (isObject(node)) {
      return [{ ...item, items: toItems(node.members) }];
    }
    if ('value' in node) {
      return [{ ...item, value: node.value }];
    }
    const objects = node.list.filter(isObject);
    return objects.length > 0
      ? objects.map((object) => ({ ...item, items: toItems(object.members) }))
      : [{ ...item, value: plainList(node.list) }];
  });
}

function plainList(list: readonly Node[]): PlainValue {
  return list.flatMap((node) => ('value' in node ? [node.value] : []));
}
