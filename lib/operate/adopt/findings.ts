import type { Live, LiveMethod, LiveUser } from './live';

/** Something that exists and that the settings don't describe. It stays as it is. */
export interface Leftover {
  readonly place: string;
  /** What about it is not in the settings, and what that means. */
  readonly what: string;
  /** @default nothing has to be done */
  readonly next?: string;
}

const BY_CONSTRUCTS = 'declare it with the constructs of lib/constructs/vault if it should be code';

/** What exists in addition to what the stack can have. */
export function findLeftovers(live: Live): Leftover[] {
  const { method, vaultUser, testUser, iamPolicy } = live;
  return [
    ...secrets(live),
    ...besideTheRole(method),
    ...ofTheClient(method),
    ...ofUser(vaultUser, [method.client.access_key], [iamPolicy.arn]),
    ...(testUser ? ofUser(testUser, firstKey(testUser), []) : []),
  ];
}

function secrets({ method, testUser }: Live): Leftover[] {
  const key = {
    place: `access key ${method.client.access_key}`,
    what: 'its secret is only in Vault, which never gives it back: Terraform does not change the key in Vault, and refuses to destroy the client configuration',
    next: 'replace it with one that Terraform knows: remove adopt.client.keepsAccessKey and set aws.vaultUser.accessKeyGeneration to 1',
  };
  return [
    key,
    ...(testUser ? firstKey(testUser) : []).map((id) => ({
      place: `access key ${id}`,
      what: `the secret of ${testUser!.name} can't be read: the output test_user_secret_access_key stays empty, and \`verify --test-user\` has nothing to log in with`,
      next: 'log in with the key you have: `AWS_PROFILE=… npx vault-aws-auth verify`',
    })),
  ];
}

function besideTheRole(method: LiveMethod): Leftover[] {
  const { mountPath, tuned, identity, otherRoles, stsAccounts, certificates } = method;
  const auth = `auth/${mountPath}`;
  const found = (names: readonly string[], place: string, what: string, next = BY_CONSTRUCTS) =>
    names.map((name) => ({ place: `${auth}/${place}${name}`, what, next }));
  return [
    ...found(tuned, 'tune ', 'the stack does not tune the mount'),
    ...found(identity, 'config/identity ', 'the stack has no identity configuration'),
    ...Object.entries(otherRoles).map(([name, type]) => ({
      place: `${auth}/role/${name}`,
      what: `a role of type ${type}; the stack has one role, of type iam`,
      next: `${BY_CONSTRUCTS}; it may need what adopt.iamPolicy allows`,
    })),
    ...found(stsAccounts, 'config/sts/', 'the stack trusts no other account'),
    ...found(certificates, 'config/certificate/', 'the stack has no certificates'),
  ];
}

function ofTheClient({ mountPath, client }: LiveMethod): Leftover[] {
  return client.use_sts_region_from_client
    ? [
        {
          place: `auth/${mountPath}/config/client use_sts_region_from_client`,
          what: 'the stack does not set it; Terraform keeps what is there',
          next: BY_CONSTRUCTS,
        },
      ]
    : [];
}

/** What a user has in addition to the keys and policies that are adopted. */
function ofUser(user: LiveUser, keys: readonly string[], policies: readonly string[]): Leftover[] {
  const found = (what: string, names: readonly string[]) =>
    names.map((name) => ({
      place: `IAM user ${user.name}`,
      what: `${what} ${name}`,
      next: 'check whether it is needed',
    }));
  return [
    ...found(
      'the stack has one access key; the user also has',
      user.accessKeys.map(({ id }) => id).filter((id) => !keys.includes(id)),
    ),
    ...found(
      'the stack attaches at most one policy; the user also has',
      user.attachedPolicies.map(({ arn }) => arn).filter((arn) => !policies.includes(arn)),
    ),
    ...found('the stack has no inline policies; the user has', user.inlinePolicies),
    ...found('the stack puts the user in no group; the user is in', user.groups),
  ];
}

function firstKey({ accessKeys }: LiveUser): string[] {
  return accessKeys
    .filter(({ active }) => active)
    .slice(0, 1)
    .map(({ id }) => id);
}
