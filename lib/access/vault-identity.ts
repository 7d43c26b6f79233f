import { ofType } from './access';
import { type Statement, statementsOf } from '../iam';
import { type Resource, sameValue, textOf, type Value } from '../terraform';

/** An IAM policy of Vault's identity. */
export interface IdentityPolicy {
  /** `IAM policy VaultAuthUser`. */
  readonly name: string;
  /** @default known only after the apply, or not here */
  readonly statements?: readonly Statement[];
}

/** The AWS identity of Vault at one mount, what it may do there, and who can use it. */
export interface VaultIdentity {
  /** `auth/aws`. */
  readonly mount: string;
  /** `IAM user vault_auth`. */
  readonly who: string;
  readonly policies: readonly IdentityPolicy[];
  /** Who can use it, one phrase each: holders of its keys, or principals that its trust names. */
  readonly assumableBy: readonly string[];
}

/** The identity in a sentence. */
export function titleOfIdentity({ mount, who }: VaultIdentity): string {
  return `In AWS, Vault at ${mount} is ${who}`;
}

/** What an identity may do and who can use it, one line each. Names are not escaped. */
export function linesOf({ policies, assumableBy }: VaultIdentity): string[] {
  return [
    ...policies.flatMap(({ name, statements }) =>
      statements === undefined
        ? [`has ${name}, whose statements are not known here`]
        : statements.map(
            ({ effect, actions, resources, conditions }) =>
              `${effect === 'Allow' ? 'may' : 'may not'} ${actions.join(', ')} on ${resources.join(', ')}` +
              `${conditions === '' ? '' : ` if ${conditions}`} (${name})`,
          ),
    ),
    ...assumableBy.map((who) => `can be used by ${who}`),
  ];
}

/** Vault's identities in AWS, by what the resources of one stack, state or side of a plan say together. */
export function vaultIdentities(resources: readonly Resource[]): VaultIdentity[] {
  return ofType(resources, 'vault_aws_auth_backend_client').map((client) => {
    const mount = `auth/${textOf(client.values.backend)?.replace(/^auth\/|\/$/g, '') ?? 'aws'}`;
    const key = ofType(resources, 'aws_iam_access_key').find(
      (each) => refersTo(client, 'access_key', each) || sameValue(client.values.access_key, each.values.id),
    );
    const user = key && owner(resources, key, 'user', 'aws_iam_user');
    if (user) {
      return { mount, ...ofUser(resources, user) };
    }
    // The configuration does not name the identity of Vault's machine. The client depends on what that may do.
    const given = client.references.depends_on ?? [];
    const role =
      owner(resources, client, 'role_arn', 'aws_iam_role') ??
      resources
        .filter(({ address }) => given.includes(address))
        .map((attachment) => owner(resources, attachment, 'role', 'aws_iam_role'))
        .find((each) => each !== undefined);
    if (role) {
      return { mount, ...ofRole(resources, role) };
    }
    return { mount, who: stranger(client), policies: [], assumableBy: [] };
  });
}

function stranger({ values, references }: Resource): string {
  const role = textOf(values.role_arn);
  if (role !== undefined) {
    return role;
  }
  return isGiven(values.access_key) || (references.access_key?.length ?? 0) > 0
    ? 'the owner of an access key that is not of this stack'
    : 'the identity of its machine, or the owner of an access key that is not written here';
}

const isGiven = (value: Value): boolean => value !== undefined && value !== null && value !== '';

/** The resource that an attribute names: by its name, its ARN, or by reference. */
function owner(
  resources: readonly Resource[],
  from: Resource,
  attribute: string,
  type: string,
): Resource | undefined {
  const named = textOf(from.values[attribute]);
  return ofType(resources, type).find(
    (each) =>
      refersTo(from, attribute, each) ||
      (named !== undefined && (named === each.values.name || named === each.values.arn)),
  );
}

function refersTo({ references }: Resource, attribute: string, { address }: Resource): boolean {
  return references[attribute]?.some((each) => each === address || each.startsWith(`${address}.`)) ?? false;
}

function ofUser(resources: readonly Resource[], user: Resource): Omit<VaultIdentity, 'mount'> {
  const name = textOf(user.values.name) ?? user.address;
  const keys = ofType(resources, 'aws_iam_access_key').filter(
    (key) => owner(resources, key, 'user', 'aws_iam_user') === user,
  );
  const held = keys.length === 1 ? 'its access key' : `its ${keys.length} access keys`;
  return {
    who: `IAM user ${name}`,
    policies: policiesOf(resources, user, 'user'),
    assumableBy: [
      `anyone who has ${held}, can read the Terraform state, or may create another key by iam:CreateAccessKey`,
    ],
  };
}

function ofRole(resources: readonly Resource[], role: Resource): Omit<VaultIdentity, 'mount'> {
  const trust = textOf(role.values.assume_role_policy);
  const statements = trust === undefined ? undefined : statementsOf(trust);
  return {
    who: `IAM role ${textOf(role.values.name) ?? role.address}`,
    policies: policiesOf(resources, role, 'role'),
    assumableBy: statements
      ? statements
          .filter(({ effect }) => effect === 'Allow')
          .map(({ principals, conditions }) =>
            [principals.join(', '), ...(conditions === '' ? [] : [`if ${conditions}`])].join(' '),
          )
      : ['the principals that its trust names, which are not known here'],
  };
}

function policiesOf(
  resources: readonly Resource[],
  holder: Resource,
  kind: 'user' | 'role',
): IdentityPolicy[] {
  const isHolders = (resource: Resource) => owner(resources, resource, kind, `aws_iam_${kind}`) === holder;
  const inline = ofType(resources, `aws_iam_${kind}_policy`)
    .filter(isHolders)
    .map(({ values, address }) => policy(`inline policy ${textOf(values.name) ?? address}`, values.policy));
  const attached = ofType(resources, `aws_iam_${kind}_policy_attachment`)
    .filter(isHolders)
    .map((attachment) => {
      const made = owner(resources, attachment, 'policy_arn', 'aws_iam_policy');
      return made
        ? policy(`IAM policy ${textOf(made.values.name) ?? made.address}`, made.values.policy)
        : { name: textOf(attachment.values.policy_arn) ?? 'a policy that is not known here' };
    });
  return [...inline, ...attached];
}

function policy(name: string, document: Value): IdentityPolicy {
  const text = textOf(document);
  return { name, statements: text === undefined ? undefined : statementsOf(text) };
}
