import type { HclItem, HclNode, HclObject } from './tree';

/**
 * The tree of a text in JSON as HCL would have it: an object that has only objects is a block for each of them, with
 * one label more, and a list of objects is a block for each.
 *
 * Source: `json/parser/flatten.go` of github.com/hashicorp/hcl 1.0.1-vault-7.
 */
export function flatten(object: HclObject): HclObject {
  return { ...object, items: object.items.flatMap(flattenItem) };
}

function flattenItem(item: HclItem): HclItem[] {
  const { keys, value } = item;
  if (value.kind === 'object') {
    return value.items.length > 0 && value.items.every(({ value: { kind } }) => kind === 'object')
      ? value.items.flatMap((inner) =>
          flattenItem({ ...item, keys: [...keys, ...inner.keys], value: inner.value }),
        )
      : [{ ...item, value: flatten(value) }];
  }
  if (value.kind === 'list') {
    return value.list.length > 0 && value.list.every(({ kind }) => kind === 'object')
      ? value.list.flatMap((element) => flattenItem({ ...item, value: element }))
      : [{ ...item, value: { ...value, list: value.list.map(flattenNode) } }];
  }
  return [item];
}

function flattenNode(node: HclNode): HclNode {
  if (node.kind === 'object') {
    return flatten(node);
  }
  return node.kind === 'list' ? { ...node, list: node.list.map(flattenNode) } : node;
}
