import { decider, type PolicyRule } from '../../policy';
import { capabilitiesBy } from '../policy-documents';
import type { AccessReport } from '../access-report';
import { type AccessRow, throughOf } from '../access-rows';

/** The columns: who, through what, which policy, which path. */
export const COLUMNS = ['who', 'through', 'policy', 'path'] as const;

/** A box of the picture. */
export interface Node {
  readonly column: number;
  readonly name: string;
  /** Shown under its name: what may be done on a path, or that a policy is not known. */
  readonly detail?: string;
  /** Whether what it shows is forbidden. */
  readonly denied: boolean;
  /** The indexes of its rows. */
  readonly rows: Set<number>;
}

export interface Edge {
  readonly from: Node;
  readonly to: Node;
  readonly rows: Set<number>;
}

export interface Graph {
  /** By column, each in an order in which few lines cross. */
  readonly columns: readonly (readonly Node[])[];
  readonly edges: readonly Edge[];
  /** How many rows are left out, so that people can read the picture. */
  readonly leftOut: number;
}

/** Nobody can read a picture with more boxes. */
const MOST_NODES = 400;

export function graphOf({ rows, path }: AccessReport): Graph {
  const nodes = new Map<string, Node>();
  const edges = new Map<string, Edge>();
  let drawn = 0;
  for (const [index, row] of rows.entries()) {
    if (nodes.size > MOST_NODES) {
      break;
    }
    for (const way of waysOf(row, path)) {
      way.reduce<Node | undefined>((from, each, column): Node => {
        const to = add<string, Node>(nodes, JSON.stringify([column, each]), () => ({
          ...each,
          column,
          denied: each.detail === 'deny',
          rows: new Set(),
        }));
        to.rows.add(index);
        if (from) {
          const key = JSON.stringify([from.column, from.name, from.detail, to.name, to.detail]);
          add<string, Edge>(edges, key, () => ({ from, to, rows: new Set() })).rows.add(index);
        }
        return to;
      }, undefined);
    }
    drawn += 1;
  }
  const all = [...nodes.values()];
  return {
    columns: ordered(
      COLUMNS.map((_, column) => all.filter((node) => node.column === column)),
      [...edges.values()],
    ),
    edges: [...edges.values()],
    leftOut: rows.length - drawn,
  };
}

type Step = Pick<Node, 'name' | 'detail'>;

/** From a principal to its paths, one way for each path of each policy. A way without a path is shorter. */
function waysOf(row: AccessRow, path: string | undefined): Step[][] {
  const start = [{ name: row.grant.principal.label }, { name: throughOf(row.grant) }];
  if (row.policies.length === 0) {
    return [start];
  }
  return row.policies.flatMap(({ policy, rules }) => {
    const way: Step[] = [
      ...start,
      { name: policy, detail: rules ? undefined : 'what it gives is not known' },
    ];
    const ownCapabilities = capabilitiesOfPolicy(rules ?? [], path !== undefined);
    const ends = row.paths.flatMap((each): Step[] => {
      const own = ownCapabilities(each.path);
      return own === undefined ? [] : [{ name: each.path, detail: own.join(', ') }];
    });
    return ends.length === 0 ? [way] : ends.map((end) => [...way, end]);
  });
}

/** What one of several policies says. @returns the answer for a path; undefined if the policy does not name it */
function capabilitiesOfPolicy(rules: readonly PolicyRule[], concrete: boolean) {
  if (concrete) {
    const decide = decider(rules);
    return (path: string) => {
      const capabilities = decide(path);
      return capabilities.includes('deny') ? undefined : capabilities;
    };
  }
  const own = new Set(rules.map(({ path }) => path));
  const capabilitiesOn = capabilitiesBy(rules);
  return (path: string) => {
    const capabilities = own.has(path) ? capabilitiesOn(path) : undefined;
    return capabilities?.length === 0 ? ['deny'] : capabilities;
  };
}

function add<Key, T>(map: Map<Key, T>, key: Key, make: () => T): T {
  const there = map.get(key);
  if (there !== undefined) {
    return there;
  }
  const made = make();
  map.set(key, made);
  return made;
}

/** Sorts each column by the middle of the places that its lines come from. */
function ordered(columns: readonly (readonly Node[])[], edges: readonly Edge[]): Node[][] {
  const place = new Map<Node, number>();
  const lines = new Map<Node, Edge[]>();
  for (const edge of edges) {
    add(lines, edge.to, () => []).push(edge);
  }
  return columns.map((column) => {
    const middles = new Map(
      column.map((node) => {
        const from = (lines.get(node) ?? []).map((edge) => place.get(edge.from) ?? 0);
        return [node, from.reduce((sum, at) => sum + at, 0) / Math.max(from.length, 1)];
      }),
    );
    // The sort is stable: without lines the order stays.
    const sorted = [...column].sort((one, other) => middles.get(one)! - middles.get(other)!);
    sorted.forEach((node, index) => place.set(node, index / sorted.length));
    return sorted;
  });
}
