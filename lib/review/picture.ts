import type { Access, Grant, IdentityGroup, LoginRole } from '../access';
import type { PolicyRule } from '../policy';
import type { AccessDifference } from './access-difference';
import type { PlanReview } from './review';

/** Whether something is gained, lost or kept. */
export type Change = 'gained' | 'lost' | 'kept';

export interface PictureNode {
  readonly kind: 'principal' | 'role' | 'group' | 'policy' | 'path' | 'more';
  readonly name: string;
  readonly change: Change;
}

export interface PictureEdge {
  /** Indexes in the list of nodes. */
  readonly from: number;
  readonly to: number;
  readonly change: Change;
  /** Capabilities, on an edge to a path. */
  readonly gained?: readonly string[];
  readonly lost?: readonly string[];
  readonly kept?: readonly string[];
}

/** Chains from principals through roles, groups and policies to paths, if a part of the chain changes. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** How many changed principals and policies are left out, so that people can read the picture. */
  readonly leftOut: number;
}

const MOST_EDGES = 60;
const MOST_PATHS = 8;
const MOST_POLICIES = 20;

export function pictureOf({ before, after, differences, policies }: PlanReview): Picture {
  const drawing = new Drawing();
  // Gains first: if there is no room for everything, they must still be shown.
  const [gains, rest] = [differences.filter(isGain), differences.filter((each) => !isGain(each))];
  const drawn = new Map<string, { readonly name: string; readonly namespace: string }>();
  let leftOut = 0;
  for (const difference of [...gains, ...rest]) {
    if (drawing.edges.length >= MOST_EDGES) {
      leftOut += 1;
    } else {
      const { namespace } = (difference.after ?? difference.before) as Grant;
      for (const name of drawGrant(drawing, before, after, difference)) {
        drawn.set([namespace, name.toLowerCase()].filter(Boolean).join('/'), { name, namespace });
      }
    }
  }
  const changed = new Map(policies.map((policy) => [policy.name, policy]));
  for (const key of new Set([...drawn.keys(), ...changed.keys()])) {
    if (drawing.edges.length >= MOST_EDGES + MOST_PATHS) {
      leftOut += changed.has(key) ? 1 : 0;
      continue;
    }
    const { name, namespace } = drawn.get(key) ?? { name: key, namespace: '' };
    const [was, is] = changed.has(key)
      ? [changed.get(key)!.before, changed.get(key)!.after]
      : [rulesOf(before, name, namespace), rulesOf(after, name, namespace)];
    drawPaths(drawing, name, was, is);
  }
  return { nodes: drawing.nodes, edges: drawing.edges, leftOut };
}

class Drawing {
  readonly nodes: PictureNode[] = [];
  readonly edges: PictureEdge[] = [];
  private readonly places = new Map<string, number>();
  private readonly drawn = new Set<string>();

  node(kind: PictureNode['kind'], name: string, change: Change, owner = ''): number {
    const key = JSON.stringify([kind, name, owner]);
    const place = this.places.get(key) ?? this.nodes.push({ kind, name, change }) - 1;
    this.places.set(key, place);
    return place;
  }

  edge(edge: PictureEdge): void {
    const key = `${edge.from} ${edge.to}`;
    if (!this.drawn.has(key)) {
      this.drawn.add(key);
      this.edges.push(edge);
    }
  }
}

function isGain({ before, gainedPolicies, paths }: AccessDifference): boolean {
  return before === undefined || gainedPolicies.length > 0 || paths.some(({ gained }) => gained.length > 0);
}

/** @returns the policies that are drawn */
function drawGrant(
  drawing: Drawing,
  before: Access,
  after: Access,
  { before: was, after: is }: AccessDifference,
): string[] {
  const { principal, role, group, namespace } = (is ?? was) as Grant;
  const change = changeOf(was !== undefined, is !== undefined);
  let last = drawing.node('principal', principal.label, change);
  const go = (to: number, by: Change) => {
    drawing.edge({ from: last, to, change: by });
    last = to;
  };
  if (role) {
    const [old, now] = [sameRole(before.roles, role), sameRole(after.roles, role)];
    go(drawing.node('role', role.name, changeOf(old !== undefined, now !== undefined), role.mount), change);
  }
  if (group) {
    const [old, now] = [sameGroup(before.groups, group), sameGroup(after.groups, group)];
    go(drawing.node('group', group.name, changeOf(old !== undefined, now !== undefined)), change);
  }
  const [old, now] = group
    ? [sameGroup(before.groups, group)?.policies, sameGroup(after.groups, group)?.policies]
    : [role && sameRole(before.roles, role)?.policies, role && sameRole(after.roles, role)?.policies];
  const [had, has] = [new Set(old), new Set(now)];
  const all = [...new Set([...had, ...has])].filter((name) => name !== 'default');
  const isChange = (name: string) => had.has(name) !== has.has(name);
  const sorted = [...all.filter(isChange), ...all.filter((name) => !isChange(name))];
  const shown = all.length > MOST_POLICIES ? sorted.slice(0, MOST_POLICIES) : all;
  for (const name of shown) {
    const edge = changeOf(had.has(name), has.has(name));
    const [existed, exists] = [before, after].map(({ policies }) => policies.has(name, namespace));
    // A policy of no plan counts as one that exists before and after.
    const node = existed || exists ? changeOf(existed!, exists!) : 'kept';
    drawing.edge({ from: last, to: drawing.node('policy', name, node), change: edge });
  }
  drawMore(drawing, last, all.length - shown.length, ['policy', 'policies']);
  return shown;
}

function sameRole(roles: readonly LoginRole[], { name, mount }: LoginRole): LoginRole | undefined {
  return roles.find((role) => role.name === name && role.mount === mount);
}

function sameGroup(groups: readonly IdentityGroup[], { name }: IdentityGroup): IdentityGroup | undefined {
  return groups.find((group) => group.name === name);
}

function rulesOf({ policies }: Access, name: string, namespace: string): readonly PolicyRule[] {
  return policies.rulesOf(name, namespace).rules ?? [];
}

function drawPaths(
  drawing: Drawing,
  policy: string,
  before: readonly PolicyRule[],
  after: readonly PolicyRule[],
): void {
  const [old, now] = [capabilitiesByPath(before), capabilitiesByPath(after)];
  const paths = [...new Set([...now.keys(), ...old.keys()])].map((path) => {
    const [could, can] = [[...(old.get(path) ?? [])], [...(now.get(path) ?? [])]];
    return {
      path,
      change: changeOf(old.has(path), now.has(path)),
      gained: can.filter((capability) => !could.includes(capability)),
      lost: could.filter((capability) => !can.includes(capability)),
      kept: can.filter((capability) => could.includes(capability)),
    };
  });
  const isChange = ({ gained, lost }: (typeof paths)[number]) => gained.length + lost.length > 0;
  const shown = [...paths.filter(isChange), ...paths.filter((path) => !isChange(path))].slice(0, MOST_PATHS);
  if (paths.length === 0) {
    return;
  }
  const from = drawing.node('policy', policy, changeOf(before.length > 0, after.length > 0));
  for (const { path, change, ...edge } of shown) {
    const changed = edge.gained.length > 0 ? 'gained' : edge.lost.length > 0 ? 'lost' : 'kept';
    const to = drawing.node('path', path, change, policy);
    drawing.edge({ from, to, change: change === 'kept' ? changed : change, ...edge });
  }
  drawMore(drawing, from, paths.length - shown.length, ['path', 'paths']);
}

function capabilitiesByPath(rules: readonly PolicyRule[]): Map<string, ReadonlySet<string>> {
  const byPath = new Map<string, Set<string>>();
  for (const { path, capabilities } of rules) {
    const merged = byPath.get(path) ?? new Set();
    capabilities.forEach((capability) => merged.add(capability));
    byPath.set(path, merged);
  }
  return byPath;
}

/** Draws a node with the number of those that are not drawn. */
function drawMore(
  drawing: Drawing,
  from: number,
  rest: number,
  [one, many]: readonly [string, string],
): void {
  if (rest > 0) {
    const to = drawing.node('more', `${rest} more ${rest === 1 ? one : many}`, 'kept', String(from));
    drawing.edge({ from, to, change: 'kept' });
  }
}

function changeOf(was: boolean, is: boolean): Change {
  return was === is ? 'kept' : is ? 'gained' : 'lost';
}
