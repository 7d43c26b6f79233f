import { Token } from 'cdktf';

/** What is wrong with the path of an auth mount; empty where all is well or it is known only at apply. */
export function checkMountPath(place: string, path: string): string[] {
  if (Token.isUnresolved(path)) {
    return [];
  }
  if (path.startsWith('auth/')) {
    return [`${place}: is written without 'auth/', Vault adds it; got '${path}'`];
  }
  return /^[\w.-]+(?:\/[\w.-]+)*$/.test(path)
    ? []
    : [`${place}: must be letters, digits or any of _.- in segments parted by single '/'; got '${path}'`];
}

/**
 * What is wrong with the name of a role; empty where all is well or it is known only at apply.
 *
 * Source: `GenericNameRegex` in Vault's `sdk/framework/path.go`, and `path_role.go` of its aws method, which
 * lowercases the name.
 */
export function checkRoleName(place: string, name: string): string[] {
  return checkName(
    place,
    'a role name',
    name,
    /^\w(?:[\w.-]*\w)?$/,
    'letters, digits or any of _.-, with no . or - at an end',
  );
}

// Vault refuses to write or delete these: `immutablePolicies` in vault/policy_store.go.
const IMMUTABLE_POLICIES = ['root', 'response-wrapping', 'control-group'];

/**
 * What is wrong with the name of a policy; empty where all is well or it is known only at apply.
 *
 * Source: `sanitizeName` in Vault's `vault/policy_store.go`, which lowercases the name.
 */
export function checkPolicyName(place: string, name: string): string[] {
  if (IMMUTABLE_POLICIES.includes(name)) {
    return [`${place}: this policy belongs to Vault and can't be changed; got '${name}'`];
  }
  return checkName(
    place,
    'a policy name',
    name,
    /^\w(?:[\w./@-]*\w)?$/,
    'letters, digits or any of _./@-, with none of ./@- at an end',
  );
}

function checkName(place: string, what: string, name: string, pattern: RegExp, says: string): string[] {
  if (Token.isUnresolved(name)) {
    return [];
  }
  if (!pattern.test(name)) {
    return [`${place}: ${what} must be ${says}; got '${name}'`];
  }
  const lower = name.toLowerCase();
  return name === lower ? [] : [`${place}: Vault lowercases ${what}, write '${lower}'; got '${name}'`];
}
