import { callVault, VaultError, type VaultLocation } from '../../vault-api';
import { CannotAdoptError, type LiveClient, type LiveMethod, type LiveRole } from './live';

/** The Vault to read, and a token that may read the method, its roles and its policies. */
export interface VaultToRead extends VaultLocation {
  readonly token: string;
  readonly signal?: AbortSignal;
}

/** What Vault has where nothing else is configured; what is listed here is not the stack's to describe. */
const UNTUNED: readonly unknown[] = [0, false, '', 'hidden', 'default-service', null, undefined];
const IDENTITY: Readonly<Record<string, unknown>> = {
  iam_alias: 'role_id',
  ec2_alias: 'role_id',
  iam_metadata: ['account_id', 'auth_type'],
  ec2_metadata: ['account_id', 'auth_type'],
};

/**
 * Reads the method at a mount. It writes nothing.
 *
 * @param roleName which of its roles the stack shall have @default the only one of type iam without inference
 * @throws CannotAdoptError where the stack can't have what is there
 * @throws VaultError | VaultUnreachableError
 */
export async function readMethod(
  vault: VaultToRead,
  mountPath: string,
  roleName?: string,
): Promise<LiveMethod> {
  const read = reader(vault);
  const mount = await readMount(read, mountPath);
  const auth = `auth/${mountPath}`;
  const client = await read<LiveClient>(`${auth}/config/client`);
  if (!client?.access_key) {
    throw new CannotAdoptError([
      `${auth}/config/client: there is no access key, and the stack is built on one; declare this mount with the constructs of lib/constructs/vault instead`,
    ]);
  }
  const names = await list(read, `${auth}/role`);
  const roles = Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, (await read<LiveRole>(`${auth}/role/${name}`))!] as const),
    ),
  );
  const chosen = chooseRole(auth, roles, roleName);
  const role = roles[chosen]!;
  const identity = (await read<Record<string, unknown>>(`${auth}/config/identity`)) ?? {};
  return {
    ...mount,
    client,
    identity: Object.keys(IDENTITY).filter((name) => !isSame(identity[name], IDENTITY[name])),
    roleName: chosen,
    role,
    otherRoles: Object.fromEntries(
      Object.entries(roles).flatMap(([name, other]) => (name === chosen ? [] : [[name, typeOf(other)]])),
    ),
    policies: await readPolicies(read, role.token_policies),
    stsAccounts: await list(read, `${auth}/config/sts`),
    certificates: await list(read, `${auth}/config/certificates`),
  };
}

type Read = <T>(path: string) => Promise<T | undefined>;

/** Reads `data` of a path; undefined where nothing is there. */
function reader({ token, signal, ...location }: VaultToRead): Read {
  return async <T>(path: string) => {
    try {
      return ((await callVault(location, { method: 'GET', path, token, signal })) as { data: T }).data;
    } catch (error) {
      if (error instanceof VaultError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  };
}

async function list(read: Read, path: string): Promise<string[]> {
  return (await read<{ keys: string[] }>(`${path}?list=true`))?.keys ?? [];
}

async function readMount(read: Read, mountPath: string) {
  const mounts = (await read<Record<string, Mount>>('sys/auth')) ?? {};
  const mount = mounts[`${mountPath}/`];
  if (mount?.type !== 'aws') {
    const aws = Object.entries(mounts).filter(([, { type }]) => type === 'aws');
    const there = aws.length > 0 ? `there is ${aws.map(([path]) => path).join(', ')}` : 'there is none';
    throw new CannotAdoptError([
      `auth/${mountPath}: there is no AWS auth method here; ${there}: name it with --mount`,
    ]);
  }
  const { description = '', local = false, config = {} } = mount;
  const tuned = Object.entries(config).filter(
    ([, value]) => !UNTUNED.includes(value) && !(Array.isArray(value) && value.length === 0),
  );
  return { mountPath, description, local, tuned: tuned.map(([name]) => name).sort() };
}

interface Mount {
  readonly type: string;
  readonly description?: string;
  readonly local?: boolean;
  readonly config?: Readonly<Record<string, unknown>>;
}

function chooseRole(auth: string, roles: Readonly<Record<string, LiveRole>>, wanted?: string): string {
  const place = `${auth}/role`;
  const fitting = Object.keys(roles).filter((name) => typeOf(roles[name]!) === 'iam');
  if (wanted !== undefined) {
    if (fitting.includes(wanted)) {
      return wanted;
    }
    const found = roles[wanted];
    throw new CannotAdoptError([
      `${place}/${wanted}: the stack's role is of type iam without inference; got ${found ? `one of type ${typeOf(found)}` : 'none of this name'}`,
    ]);
  }
  const [only, ...others] = fitting;
  if (only === undefined || others.length > 0) {
    throw new CannotAdoptError([
      only === undefined
        ? `${place}: there is no role of type iam without inference, which is what the stack has; got ${Object.keys(roles).join(', ') || 'no role'}`
        : `${place}: the stack has one role, choose it with --role; got ${fitting.join(', ')}`,
    ]);
  }
  return only;
}

function typeOf({ auth_type, inferred_entity_type }: LiveRole): string {
  return inferred_entity_type ? `${auth_type} with inference` : auth_type;
}

async function readPolicies(read: Read, names: readonly string[]) {
  const texts = names.map(
    async (name) => [name, (await read<{ policy: string }>(`sys/policies/acl/${name}`))?.policy] as const,
  );
  return Object.fromEntries(await Promise.all(texts));
}

function isSame(a: unknown, b: unknown): boolean {
  const sorted = (value: unknown) =>
    JSON.stringify(Array.isArray(value) ? [...(value as string[])].sort() : value);
  return sorted(a) === sorted(b);
}
