import type { PolicyRule } from '../policy';
import type { Access, Grant } from './access';
import { capabilitiesBy, notJudged, type PolicyRules } from './policy-documents';
import type { Read } from './read-together';

/** What may be done on one path. */
export interface PathAccess {
  /** The path in the policy, or the path that was asked for. */
  readonly path: string;
  /** Only `deny` if nothing may be done. */
  readonly capabilities: readonly string[];
}

/** Somebody's access by one role or group, judged by all policies that it gives. */
export interface AccessRow {
  /** The stack or state that says it. */
  readonly source: string;
  readonly access: Access;
  readonly grant: Grant;
  /** Its policies without `default`, each with its rules if they are known. */
  readonly policies: readonly { readonly policy: string; readonly rules?: readonly PolicyRule[] }[];
  /** By path. */
  readonly paths: readonly PathAccess[];
  /** Policies whose rules are not in `paths`, each with the reason. */
  readonly notShown: readonly { readonly policy: string; readonly why: string }[];
  /** Policies with blocks that are not judged, each with what these are. */
  readonly notJudged: readonly { readonly policy: string; readonly what: string }[];
  /** Policies that this source lacks and another one has. They count only if both use the same Vault. */
  readonly ofOthers: readonly { readonly policy: string; readonly source: string }[];
  /** What else must be true for the principal or the path that was asked for. */
  readonly conditions: readonly string[];
}

/** Who can do what, as one stack or state says, in a stable order. */
export function accessRows(read: Read): AccessRow[] {
  const rows = read.access.grants.map((grant) => rowOf(read, grant));
  const keyed = rows.map((row) => ({
    row,
    key: [row.grant.principal.label, throughOf(row.grant)].join('\n'),
  }));
  return keyed.sort((one, other) => compare(one.key, other.key)).map(({ row }) => row);
}

/** The role, group or entity that gives the policies. */
export function throughOf({ role, group, entity, namespace }: Grant): string {
  const login = role && `role ${role.name} at auth/${role.mount}`;
  const within = namespace === '' ? '' : ` in the namespace ${namespace}`;
  if (group) {
    return `group ${group.name}${within}${login ? `, logged in by ${login}` : ''}`;
  }
  return entity ? `the entity itself${within}` : (login ?? 'an unknown role');
}

function rowOf(read: Read, grant: Grant): AccessRow {
  const found = rulesOfGrant(read.access, grant);
  const rules = found.flatMap((each) => each.rules ?? []);
  const capabilitiesOn = capabilitiesBy(rules);
  return {
    ...read,
    grant,
    policies: found.map(({ policy, rules: known }) => ({ policy, rules: known })),
    paths: [...new Set(rules.map(({ path }) => path))].sort(compare).map((path) => {
      const capabilities = capabilitiesOn(path);
      return { path, capabilities: capabilities.length === 0 ? ['deny'] : capabilities };
    }),
    notShown: found.flatMap(({ policy, ...rest }) => (rest.rules ? [] : [{ policy, why: rest.why }])),
    notJudged: notJudgedOf(found),
    ofOthers: found.flatMap(({ policy, source }) => (source === undefined ? [] : [{ policy, source }])),
    conditions: [],
  };
}

/** A policy that somebody gets, and its rules. */
export type RulesOfPolicy = PolicyRules & { readonly policy: string };

/** The rules of all policies that somebody gets, each by its policy's name. */
export function rulesOfGrant({ policies }: Access, { policies: names, namespace }: Grant): RulesOfPolicy[] {
  return (
    names
      // Vault's default policy, which nearly every token has.
      .filter((policy) => policy !== 'default')
      .map((policy) => ({ policy, ...policies.rulesOf(policy, namespace) }))
  );
}

/** Of the policies that are known, what is not judged. */
export function notJudgedOf(found: readonly RulesOfPolicy[]): AccessRow['notJudged'] {
  return found.flatMap((each) => {
    const what = each.rules && notJudged(each.unjudged);
    return what === undefined ? [] : [{ policy: each.policy, what }];
  });
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
