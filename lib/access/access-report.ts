import { readAccess } from './access';
import { type AccessRow, accessRows, throughOf } from './access-rows';
import type { AccessSource } from '../terraform';
import { readTogether } from './read-together';
import { rowsOfPrincipal } from './rows-of-principal';
import { rowsOnPath } from './rows-on-path';
import { vaultIdentities, type VaultIdentity } from './vault-identity';

export interface AccessQuery {
  /** An ARN, or a part of a name. */
  readonly principal?: string;
  /** One concrete path. */
  readonly path?: string;
}

/** Who can do what now, or the part of it that was asked for. */
export interface AccessReport extends AccessQuery {
  /** What it was read from. */
  readonly from: AccessSource['kind'] | 'file';
  readonly sources: readonly string[];
  readonly rows: readonly AccessRow[];
  /** The AWS identity of Vault, by source. Empty if one principal or one path is asked for. */
  readonly identities: readonly (VaultIdentity & { readonly source: string })[];
}

/**
 * What stacks and states say. Each is read alone, except for policies that another one has. A row is about one role or
 * one group: a principal that is let in by a role and is in a group has the policies of both on one token, and a deny
 * of
 * one counts against the other.
 *
 * @throws Error if the query can't be answered
 */
export function accessReport(
  sources: readonly AccessSource[],
  { principal, path }: AccessQuery = {},
): AccessReport {
  const read = readTogether(
    sources.map(({ name, resources }) => ({ source: name, access: readAccess(resources) })),
  );
  const all = read.flatMap(accessRows);
  const theirs = principal === undefined ? all : rowsOfPrincipal(all, principal);
  const kinds = new Set(sources.map(({ kind }) => kind));
  return {
    principal,
    path,
    from: kinds.size === 1 ? [...kinds][0]! : 'file',
    sources: sources.map(({ name }) => name),
    identities:
      principal === undefined && path === undefined
        ? sources.flatMap(({ name, resources }) =>
            vaultIdentities(resources).map((identity) => ({ source: name, ...identity })),
          )
        : [],
    rows: path === undefined ? theirs : rowsOnPath(theirs, path),
  };
}

/** The title of the report, as a sentence. */
export function titleOfAccess({ principal, path, from, sources }: AccessReport): string {
  const who = principal === undefined ? 'Who' : `What ${principal}`;
  const what = principal === undefined ? 'can do what' : 'can do';
  const where = path === undefined ? '' : ` on ${path}`;
  return `${who} ${what}${where}, by the ${from}${sources.length > 1 ? 's' : ''} ${sources.join(', ')}`;
}

/** For machines: plain values, nothing of the resources. */
export function accessJson({ rows, identities, ...report }: AccessReport): unknown {
  return {
    ...report,
    identities: identities.map(({ assumableBy, ...identity }) => ({ ...identity, becomes: assumableBy })),
    rows: rows.map(({ source, grant, paths, notShown, notJudged, ofOthers, conditions }) => ({
      source,
      principal: grant.principal.label,
      kind: grant.principal.kind,
      through: throughOf(grant),
      role: grant.role?.name,
      mount: grant.role?.mount,
      group: grant.group?.name,
      members: grant.group?.members,
      policies: grant.policies,
      paths,
      notShown,
      notJudged,
      ofOthers,
      conditions,
    })),
  };
}
