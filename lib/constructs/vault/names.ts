import { type Precondition, Token } from 'cdktf';
import { type Form, whenEachKnown, whenKnown } from './form';

/** What is wrong with the path of an auth mount; empty where all is well or it is known only at apply. */
export function checkMountPath(place: string, path: string): string[] {
  if (Token.isUnresolved(path)) {
    return [];
  }
  if (path.startsWith('auth/')) {
    return [`${place}: is written without 'auth/', Vault adds it; got '${path}'`];
  }
  if (path === 'token') {
    return [`${place}: Vault's own token method is there; got '${path}'`];
  }
  return MOUNT_PATH.pattern.test(path) ? [] : [`${place}: must be ${MOUNT_PATH.says}; got '${path}'`];
}

/** A mount path as the provider reads it back: another would plan a change for ever, and Vault mounts `a/../b` at `b`. */
const MOUNT_PATH: Form = {
  pattern: /^\.*[\w-][\w.-]*(?:\/\.*[\w-][\w.-]*)*$/,
  says: "letters, digits or any of _.- in segments parted by single '/', none of dots alone",
};

/** Names as Vault stores them, in lower case: it takes others without a word. */
const ROLE_NAME: Form = {
  pattern: /^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/,
  says: 'lower-case letters, digits or any of _.-, with no . or - at an end',
};
const POLICY_NAME: Form = {
  pattern: /^[a-z0-9_](?:[a-z0-9_./@-]*[a-z0-9_])?$/,
  says: 'lower-case letters, digits or any of _./@-, with none of ./@- at an end',
};

/** The check of a mount path by Terraform, where it is known only at apply. */
export function whenMountPathKnown(place: string, path: string): Precondition[] {
  return whenKnown(place, MOUNT_PATH, path);
}

/** The check of a role's name by Terraform, where it is known only at apply. */
export function whenRoleNameKnown(place: string, name: string): Precondition[] {
  return whenKnown(place, ROLE_NAME, name);
}

/** The check of a policy's name by Terraform, where it is known only at apply. */
export function whenPolicyNameKnown(place: string, name: string): Precondition[] {
  return whenKnown(place, POLICY_NAME, name);
}

/** The same of a list of names that is a reference as a whole. */
export function whenPolicyNamesKnown(place: string, names: readonly string[]): Precondition[] {
  return whenEachKnown(place, POLICY_NAME, names);
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
  if (IMMUTABLE_POLICIES.includes(name.toLowerCase())) {
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
