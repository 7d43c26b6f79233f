import { type HclItem, type HclNode, type HclObject, parseHcl } from '../hcl';
import type { PlainValue } from './agent-config';
import type { AgentItem } from './agent-item';

/**
 * An agent's configuration as the agent reads it, in HCL 1 or JSON, with its lines. It keeps what it does not know.
 *
 * @throws HclError if the agent can't read it
 */
export function parseAgentConfig(text: string): AgentItem[] {
  return toItems(parseHcl(text).items);
}

function toItems(items: readonly HclItem[]): AgentItem[] {
  return items.flatMap(({ keys: [name, ...labels], line, value }): AgentItem[] => {
    const item = {
      name: String(name!.value),
      labels: labels.map((label) => String(label.value)),
      line,
    };
    if (value.kind === 'object') {
      return [{ ...item, items: toItems(value.items) }];
    }
    if (value.kind !== 'list') {
      return [{ ...item, value: value.value }];
    }
    const objects = value.list.filter(isObject);
    return objects.length > 0
      ? objects.map((object) => ({ ...item, items: toItems(object.items) }))
      : [{ ...item, value: plainList(value.list) }];
  });
}

function isObject(node: HclNode): node is HclObject {
  return node.kind === 'object';
}

function plainList(list: readonly HclNode[]): PlainValue {
  return list.flatMap((node) => (node.kind === 'list' || node.kind === 'object' ? [] : [node.value]));
}
