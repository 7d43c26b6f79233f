import {
  listCertificates,
  listRoles,
  listStsAccounts,
  type LiveRole,
  type MethodClient,
  readClient,
  readIdentity,
  readMounts,
  fetchPolicy,
  readRole,
  type VaultClient,
} from '../../vault-api';
import { CannotAdoptError, type LiveMethod } from './live';

/** The Vault to read, and a token that may read the method, its roles and its policies. */
export interface VaultToRead extends VaultClient {
  readonly signal?: AbortSignal;
}

/** Vault's defaults. The stack does not describe fields with these values. */
const UNTUNED: readonly unknown[] = [0, false, '', 'hidden', 'default-service', null, undefined];
const IDENTITY = [
  ['iam_alias', 'role_id'],
  ['ec2_alias', 'role_id'],
  ['iam_metadata', ['account_id', 'auth_type']],
  ['ec2_metadata', ['account_id', 'auth_type']],
] as const;

/**
 * Reads the method at a mount. It writes nothing.
 *
 * @param roleName which of its roles the stack gets @default the only one of type iam without inference
 * @throws CannotAdoptError if the stack can't have what is there
 * @throws VaultError | VaultUnreachableError
 */
export async function readMethod(
  { signal, ...vault }: VaultToRead,
  mountPath: string,
  roleName?: string,
): Promise<LiveMethod> {
  const methodClient = { ...vault, mountPath };
  const mount = await describeMount(methodClient, signal);
  const auth = `auth/${mountPath}`;
  const client = await readClient(methodClient, signal);
  if (!client?.access_key) {
    throw new CannotAdoptError([
      `${auth}/config/client: there is no access key, and the stack needs one; declare this mount with the constructs of lib/constructs/vault instead`,
    ]);
  }
  const roles = await byName(
    await listRoles(methodClient, signal),
    async (name) => (await readRole(methodClient, name, signal))!,
  );
  const chosen = chooseRole(auth, roles, roleName);
  const role = roles[chosen]!;
  const identity = await readIdentity(methodClient, signal);
  return {
    ...mount,
    client,
    identity: IDENTITY.filter(([name, own]) => !isSame(identity[name], own)).map(([name]) => name),
    roleName: chosen,
    role,
    otherRoles: Object.fromEntries(
      Object.entries(roles).flatMap(([name, other]) => (name === chosen ? [] : [[name, typeOf(other)]])),
    ),
    policies: await byName(role.token_policies, (name) => fetchPolicy(methodClient, name, signal)),
    stsAccounts: await listStsAccounts(methodClient, signal),
    certificates: await listCertificates(methodClient, signal),
  };
}

async function describeMount(methodClient: MethodClient, signal?: AbortSignal) {
  const { mountPath } = methodClient;
  const mounts = await readMounts(methodClient, signal);
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
        ? `${place}: there is no role of type iam without inference, and the stack needs one; got ${Object.keys(roles).join(', ') || 'no role'}`
        : `${place}: the stack has one role; choose it with --role; got ${fitting.join(', ')}`,
    ]);
  }
  return only;
}

function typeOf({ auth_type, inferred_entity_type }: LiveRole): string {
  return inferred_entity_type ? `${auth_type} with inference` : auth_type;
}

async function byName<T>(
  names: readonly string[],
  readOne: (name: string) => Promise<T>,
): Promise<Record<string, T>> {
  const found = names.map(async (name) => [name, await readOne(name)] as const);
  return Object.fromEntries(await Promise.all(found));
}

function isSame(a: unknown, b: unknown): boolean {
  const sorted = (value: unknown) =>
    JSON.stringify(Array.isArray(value) ? [...(value as string[])].sort() : value);
  return sorted(a) === sorted(b);
}
