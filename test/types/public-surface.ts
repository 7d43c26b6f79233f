// Not run: `tsc` fails if a construct shows more, or less, than what a person uses.
import type { Construct } from 'constructs';
import type * as door from '../../lib/constructs';

/** What completion offers of a construct, besides what each construct has. */
type Shown<T> = Exclude<keyof T, keyof Construct>;
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : never) : never;

export const shown: readonly true[] = [
  true satisfies Same<
    Shown<door.AwsAuthMount>,
    'path' | 'accessor' | 'iamAliasMetadata' | 'ec2AliasMetadata'
  >,
  true satisfies Same<keyof door.AwsAuthMount['iamAliasMetadata'], 'template'>,
  true satisfies Same<keyof door.AwsAuthMount['ec2AliasMetadata'], 'template'>,
  true satisfies Same<Shown<door.AwsAuthClient>, never>,
  true satisfies Same<Shown<door.StsRole>, never>,
  true satisfies Same<Shown<door.AwsCertificate>, never>,
  true satisfies Same<Shown<door.IamAuthRole>, 'roleName'>,
  true satisfies Same<Shown<door.InferredAuthRole>, 'roleName'>,
  true satisfies Same<Shown<door.Ec2AuthRole>, 'roleName'>,
  true satisfies Same<keyof door.BoundPrincipal, never>,
  true satisfies Same<Shown<door.RoleTag>, 'key' | 'value'>,
  true satisfies Same<Shown<door.IamGroups>, never>,
  true satisfies Same<Shown<door.PeopleGroups>, never>,
  true satisfies Same<Shown<door.VaultPolicy>, 'policyName' | 'rules'>,
  true satisfies Same<Shown<door.VaultAgent>, 'config'>,
  true satisfies Same<Shown<door.VaultIamUser>, 'arn' | 'credentials'>,
  true satisfies Same<Shown<door.SelfRotatingIamUser>, 'arn' | 'credentials'>,
  true satisfies Same<Shown<door.VaultIamRole>, 'arn' | 'instanceProfileName' | 'credentials'>,
  true satisfies Same<Shown<door.VaultLookUpRole>, never>,
  true satisfies Same<Shown<door.TestUser>, 'user' | 'arn' | 'accessKeyId' | 'secretAccessKey'>,
];

export function permissions(
  stack: Construct,
  user: typeof door.VaultIamUser,
  mount: door.AwsAuthMount,
  client: door.AwsAuthClient,
): void {
  new user(stack, 'of_mount', { permissionsFor: mount });
  new user(stack, 'of_list', { permissionsFor: ['look-up-users'] });
  // @ts-expect-error only a mount knows what its roles need
  new user(stack, 'of_client', { permissionsFor: client });
  // @ts-expect-error not a mount, if it has a method of that name
  new user(stack, 'of_method', { permissionsFor: { awsTasks: () => [] } });
}
