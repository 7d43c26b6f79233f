import { ask, list, listRoles, type MethodClient, read, readRole, VaultError } from '../../vault-api';
import { batchNote } from './batch-tokens';
import { closeRole } from './close-role';
import { forEachAtOnce } from './pool';
import { type LiveToken, matchToken, type TokenOwner } from './token-match';

/** Requests at the same time: enough to hide the latency of Vault, and few enough to not slow down logins. */
const AT_ONCE = 8;

/** New tokens come for ever if the door is open. */
const MOST_PASSES = 10;

export interface EndTokensOptions {
  /** Only look and count. @default false */
  readonly dryRun?: boolean;
  /** Close the role to new logins first. For a role only. @default false */
  readonly close?: boolean;
  /** Stops between two revocations. @default never */
  readonly signal?: AbortSignal;
  /** @default not reported */
  readonly onProgress?: (progress: Pick<EndTokensReport, 'examined' | 'matched' | 'ended'>) => void;
}

/** What was found and ended. It holds no token, and no accessor. */
export interface EndTokensReport {
  readonly mountPath: string;
  readonly dryRun: boolean;
  /** How many tokens of this Vault were looked at. */
  examined: number;
  /** How many of them are the owner's. */
  matched: number;
  ended: number;
  /** Display names of tokens that could not be ended, with Vault's message. */
  readonly notEnded: string[];
  /** How many may be the owner's: the mount does not note the account of a login. */
  unclear: number;
  /**
   * The number of tokens of each role that is no longer on this mount, by the role's ID. Only if the role is
   * not found.
   */
  readonly ofDeletedRoles: Record<string, number>;
  /** The role lets nobody in until it is written again. */
  closed: boolean;
  interrupted: boolean;
  /** What a person has to know, one sentence each. */
  readonly notes: string[];
}

/**
 * Ends all service tokens that a role or a principal got through the mount, and what was made with them: the
 * children of a token and its leases end with it.
 *
 * It looks at every token of Vault by its accessor, because Vault keeps no list by role. This needs `sudo` on
 * `auth/token/accessors`.
 *
 * @throws VaultError | VaultUnreachableError if the tokens can't be listed
 */
export async function endTokens(
  methodClient: MethodClient,
  owner: TokenOwner,
  { dryRun = false, close = false, signal, onProgress }: EndTokensOptions = {},
): Promise<EndTokensReport> {
  const role = 'role' in owner ? await readRole(methodClient, owner.role, signal) : undefined;
  const meant = 'role' in owner ? { ...owner, roleId: owner.roleId ?? role?.role_id } : owner;
  const report: EndTokensReport = {
    mountPath: methodClient.mountPath,
    dryRun,
    examined: 0,
    matched: 0,
    ended: 0,
    notEnded: [],
    unclear: 0,
    ofDeletedRoles: {},
    closed: false,
    interrupted: false,
    notes: [],
  };
  if (role && close && !dryRun) {
    await closeRole(methodClient, (owner as { role: string }).role);
    report.closed = true;
  }
  const others: Record<string, number> = {};
  const own = (await read<{ accessor: string }>(methodClient, 'auth/token/lookup-self', signal))?.accessor;

  const examine = async (accessor: string) => {
    const token = await lookUp(methodClient, accessor);
    if (!token) {
      return;
    }
    report.examined++;
    const match = matchToken(token, methodClient.mountPath, meant);
    if (match === 'unknown') {
      report.unclear++;
    }
    if (match === 'no' && token.path === `auth/${methodClient.mountPath}/login` && token.meta?.role_id) {
      others[token.meta.role_id] = (others[token.meta.role_id] ?? 0) + 1;
    }
    if (match === 'yes') {
      report.matched++;
      if (accessor === own) {
        report.notes.push(
          "Your own token is one of them and was not ended: end it with 'vault token revoke -self'.",
        );
      } else if (!dryRun && !signal?.aborted) {
        await end(methodClient, token, report);
      }
    }
    onProgress?.(report);
  };

  const seen = new Set<string>();
  for (let pass = 1; !signal?.aborted; pass++) {
    const before = report.matched;
    const fresh = (await list(methodClient, 'auth/token/accessors')).filter(
      (accessor) => !seen.has(accessor),
    );
    fresh.forEach((accessor) => seen.add(accessor));
    await forEachAtOnce(AT_ONCE, fresh, examine, signal);
    if (dryRun || report.matched === before) {
      break;
    }
    if (pass === MOST_PASSES) {
      report.notes.push(
        `After ${MOST_PASSES} rounds new tokens are still issued: close the door, then run this again.`,
      );
      break;
    }
  }
  report.interrupted = signal?.aborted ?? false;

  if ('role' in owner && !role && owner.roleId === undefined) {
    Object.assign(report.ofDeletedRoles, await withoutLiveRoles(methodClient, others));
  }
  report.notes.push(...(await batchNote(methodClient, role)));
  return report;
}

/** @returns undefined if the token has ended meanwhile */
async function lookUp(methodClient: MethodClient, accessor: string): Promise<LiveToken | undefined> {
  try {
    const body = { accessor };
    return (await ask<{ data: LiveToken }>(methodClient, 'POST', 'auth/token/lookup-accessor', { body }))
      .data;
  } catch (error) {
    if (hasEnded(error)) {
      return undefined;
    }
    throw error;
  }
}

async function end(methodClient: MethodClient, token: LiveToken, report: EndTokensReport): Promise<void> {
  try {
    await ask(methodClient, 'POST', 'auth/token/revoke-accessor', { body: { accessor: token.accessor } });
    report.ended++;
  } catch (error) {
    if (!(error instanceof VaultError)) {
      throw error;
    }
    if (!hasEnded(error)) {
      report.notEnded.push(`${token.display_name}: ${error.message.trim()}`);
    }
  }
}

function hasEnded(error: unknown): boolean {
  return error instanceof VaultError && /invalid accessor|no token/.test(error.message);
}

async function withoutLiveRoles(
  methodClient: MethodClient,
  byRoleId: Readonly<Record<string, number>>,
): Promise<Record<string, number>> {
  const names = await listRoles(methodClient);
  const live = new Set<string | undefined>();
  await forEachAtOnce(AT_ONCE, names, async (name) => {
    live.add((await readRole(methodClient, name))?.role_id);
  });
  return Object.fromEntries(Object.entries(byRoleId).filter(([roleId]) => !live.has(roleId)));
}
