import { Duration } from 'aws-cdk-lib/core';
import { Token } from 'cdktf';
import { problemOf } from '../checks';
import { BoundPrincipal, type IamAuthRoleProps, ROLE_NAME, type VaultPolicyProps } from '../vault';
import { DEV_POLICY } from './dev-policy';

/** Who may log in by one role, and what they get. */
export interface LoginSettings {
  /**
   * Name of the role, and its token fields.
   * @default 'dev_role', for an hour, renewable up to a day; only the first entry of a list has a default name
   */
  readonly role?: Partial<Omit<IamAuthRoleProps, 'mount' | 'boundPrincipals' | 'policies'>>;

  /** Who may log in. @default all IAM users of the account; only the first entry of a list has a default */
  readonly boundPrincipals?: readonly BoundPrincipal[];

  /**
   * What they may do; `false` for no more than {@link otherPolicies}.
   * @default the guide's dev_policy; none in the other entries of a list
   */
  readonly policy?: VaultPolicyProps | false;

  /** Names of policies that a login gets too: those in Vault already, or of other entries. @default none */
  readonly otherPolicies?: readonly string[];
}

/** The entries with defaults for what is not given. The first always is there. */
export function loginsWithDefaults(login: LoginSettings | readonly LoginSettings[] = {}) {
  const entries = entriesOf(login);
  const [first = {}, ...others] = entries;
  return [
    withDefaults(first, {
      roleName: 'dev_role',
      boundPrincipals: [BoundPrincipal.allUsers()],
      policy: DEV_POLICY,
    }),
    // A role that lets all users in, or gives them all secrets, is never made by leaving something out.
    ...others.map((entry) => withDefaults(entry, { roleName: '', boundPrincipals: [], policy: false })),
  ] as const;
}

/** What is wrong with the entries by themselves and among each other, by entry. A construct checks the rest. */
export function loginProblems(login: LoginSettings | readonly LoginSettings[] = {}): string[][] {
  const entries = entriesOf(login);
  if (entries.length === 0) {
    return [
      ['login: a list needs an entry, or leave it out for the defaults of the guide; got an empty list'],
    ];
  }
  const names = loginsWithDefaults(login).map(({ role }) => role.roleName);
  return entries.map((entry, index) => {
    if (index === 0) {
      return [];
    }
    const place = `login[${index}]`;
    return [
      ...checkName(`${place}.role.roleName`, entry.role?.roleName, names.slice(0, index)),
      ...(entry.boundPrincipals === undefined
        ? [`${place}.boundPrincipals: must be given, because only the first entry has a default; got none`]
        : []),
    ];
  });
}

/** @param earlier names of the entries before it */
function checkName(place: string, name: string | undefined, earlier: readonly string[]): string[] {
  if (name === undefined) {
    return [`${place}: must be given, because only the first entry has a default; got none`];
  }
  if (Token.isUnresolved(name)) {
    return [`${place}: must be known at synth, because it names addresses of the stack; got a reference`];
  }
  const problem = problemOf(ROLE_NAME, place, name);
  if (problem !== undefined) {
    return [problem];
  }
  const twice = earlier.indexOf(name);
  return twice === -1 ? [] : [`${place}: login[${twice}] has this name already; got '${name}'`];
}

function entriesOf(login: LoginSettings | readonly LoginSettings[]): readonly LoginSettings[] {
  return isLoginList(login) ? login : [login];
}

/** Whether there are several roles. The compiler does not know that an object is no read-only list. */
export function isLoginList(
  login: LoginSettings | readonly LoginSettings[] | undefined,
): login is readonly LoginSettings[] {
  return Array.isArray(login);
}

function withDefaults(
  { role, boundPrincipals, policy, otherPolicies = [] }: LoginSettings,
  defaults: Required<Pick<LoginSettings, 'boundPrincipals' | 'policy'>> & { readonly roleName: string },
) {
  return {
    boundPrincipals: boundPrincipals ?? defaults.boundPrincipals,
    policy: policy ?? defaults.policy,
    otherPolicies,
    role: {
      ...role,
      roleName: role?.roleName ?? defaults.roleName,
      // A periodic token has no other TTL.
      tokenTtl: role?.tokenTtl ?? (role?.tokenPeriod ? undefined : Duration.hours(1)),
      tokenMaxTtl: role?.tokenMaxTtl ?? Duration.days(1),
    },
  };
}
