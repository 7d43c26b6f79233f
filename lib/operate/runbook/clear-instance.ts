import { ask, type MethodClient, read } from '../../vault-api';

/** What Vault remembers of an instance that logged in with type ec2; the names are those of its API. */
export interface AccessListEntry {
  /** The role of its last login. */
  readonly role: string;
  readonly creation_time: string;
  readonly last_updated_time: string;
  /** From then on tidying removes the entry. */
  readonly expiration_time: string;
  /** When the instance was started, as its document said. */
  readonly pending_time: string;
  /** No further login, not even with the right nonce. */
  readonly disallow_reauthentication: boolean;
}

export interface ClearInstanceReport {
  readonly instanceId: string;
  readonly mountPath: string;
  /** The entry as it was. Absent if there is none. */
  readonly entry?: AccessListEntry;
  readonly cleared: boolean;
}

/**
 * Makes Vault forget an instance: its next login of type ec2 counts as its first, with any nonce. Tokens
 * already issued stay valid.
 *
 * @throws Error if the ID is not that of an instance
 * @throws VaultError | VaultUnreachableError
 */
export async function clearInstance(
  methodClient: MethodClient,
  instanceId: string,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<ClearInstanceReport> {
  if (!/^i-[0-9a-f]{8,17}$/.test(instanceId)) {
    throw new Error(`'${instanceId}' is not the ID of an instance, such as i-0123456789abcdef0.`);
  }
  const { mountPath } = methodClient;
  const path = `auth/${mountPath}/identity-accesslist/${instanceId}`;
  const data = await read<AccessListEntry>(methodClient, path);
  if (!data) {
    return { instanceId, mountPath, cleared: false };
  }
  if (!dryRun) {
    await ask(methodClient, 'DELETE', path);
  }
  return { instanceId, mountPath, entry: shown(data), cleared: !dryRun };
}

/** Without the nonce, which is the instance's secret. */
function shown(data: AccessListEntry): AccessListEntry {
  const { role, creation_time, last_updated_time, expiration_time, pending_time, disallow_reauthentication } =
    data;
  return { role, creation_time, last_updated_time, expiration_time, pending_time, disallow_reauthentication };
}

/** The report for a person at a terminal. */
export function renderClearInstance({ instanceId, mountPath, entry, cleared }: ClearInstanceReport): string {
  const list = `the identity access list of auth/${mountPath}`;
  if (!entry) {
    return `'${instanceId}' is not in ${list}: its next login already counts as its first.`;
  }
  return [
    `'${instanceId}' is in ${list}:`,
    ...Object.entries(entry).map(([name, value]) => `  ${name}: ${value}`),
    cleared
      ? 'Cleared: the first login with its document from now on sets the nonce. Tokens already issued stay valid.'
      : 'Dry run: the entry stays.',
  ].join('\n');
}
