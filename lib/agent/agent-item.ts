import { agentBlocks } from './agent-blocks';
import type { AgentConfig, PlainBlock, PlainBody, PlainValue } from './agent-config';

/** An argument or a block, as the agent's own parser has it. It is the same for a file and for code. */
export interface AgentItem {
  readonly name: string;

  /** Names between the block's and its brace. */
  readonly labels: readonly string[];

  /** In the file, counted from 1. @default it was not read from one */
  readonly line?: number;

  /** Of an argument. */
  readonly value?: PlainValue;

  /** Of a block. */
  readonly items?: readonly AgentItem[];
}

/** The same for a configuration in code. */
export function agentItems(config: AgentConfig): AgentItem[] {
  return [...bodyItems(config.attributes ?? {}), ...agentBlocks(config).map(blockItem)];
}

function blockItem({ type, label, body }: PlainBlock): AgentItem {
  return { name: type, labels: label === undefined ? [] : [label], items: bodyItems(body) };
}

function bodyItems(body: PlainBody): AgentItem[] {
  return Object.entries(body).flatMap(([name, value]): AgentItem[] => {
    const bodies = bodiesOf(value);
    return bodies
      ? bodies.map((each) => blockItem({ type: name, body: each }))
      : [{ name, labels: [], value: value as PlainValue }];
  });
}

/** The blocks of a member of a body; undefined if it is an argument. */
export function bodiesOf(value: PlainBody[string]): readonly PlainBody[] | undefined {
  if (typeof value !== 'object') {
    return undefined;
  }
  if (!Array.isArray(value)) {
    return [value as PlainBody];
  }
  return typeof value[0] === 'object' ? (value as readonly PlainBody[]) : undefined;
}

/** A block and its place: `auto_auth.method`. */
export interface AgentBlock {
  readonly place: string;
  readonly line?: number;
  readonly labels: readonly string[];
  readonly items: readonly AgentItem[];
}

/** The blocks of a name; the agent ignores its case. */
export function blocksOf({ place, items }: Pick<AgentBlock, 'place' | 'items'>, name: string): AgentBlock[] {
  const found = items.filter((item) => item.items && item.name.toLowerCase() === name);
  return found.map(({ line, labels, items: inner }, index) => ({
    place: `${place === '' ? '' : `${place}.`}${name}${found.length > 1 ? `[${index}]` : ''}`,
    line,
    labels,
    items: inner!,
  }));
}

/**
 * An argument's value; undefined if there is none. The agent distinguishes the case of names only in a
 * `config`.
 */
export function valueOf({ place, items }: AgentBlock, name: string): PlainValue | undefined {
  const same = place.endsWith('.config')
    ? (item: AgentItem) => item.name === name
    : (item: AgentItem) => item.name.toLowerCase() === name;
  return items.find(same)?.value;
}
