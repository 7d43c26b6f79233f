import type { ValueRule } from '../checks';

/**
 * A mount path in the form that the provider reads back. Another form would plan a change at every run, and Vault
 * mounts `a/../b` at `b`.
 */
export const MOUNT_PATH: ValueRule = {
  pattern: /^\.*[\w-][\w.-]*(?:\/\.*[\w-][\w.-]*)*$/,
  except: /^(?:token$|auth\/)/,
  says: "letters, digits or any of _.- in segments with a single '/' between them, and no segment of dots only",
  explain: (path) => {
    if (path.startsWith('auth/')) {
      return "must be written without 'auth/', because Vault adds it";
    }
    return path === 'token' ? "Vault's own token method is there" : undefined;
  },
};

/**
 * A role's name as Vault stores it, in lower case. Vault takes other names silently.
 *
 * Source: `GenericNameRegex` in Vault's `sdk/framework/path.go`, and `path_role.go` of its aws method, which
 * lowercases the name.
 */
export const ROLE_NAME: ValueRule = {
  pattern: /^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/,
  says: 'lower-case letters, digits or any of _.-, with no . or - at an end',
  explain: (name) =>
    /^\w(?:[\w.-]*\w)?$/.test(name)
      ? `Vault lowercases a role name, write '${name.toLowerCase()}'`
      : 'a role name must be letters, digits or any of _.-, with no . or - at an end',
};

// Vault refuses to write or delete these: `immutablePolicies` in vault/policy_store.go.
const IMMUTABLE_POLICY = /^(?:root|response-wrapping|control-group)$/;

/**
 * A policy's name as Vault stores it.
 *
 * Source: `sanitizeName` in Vault's `vault/policy_store.go`, which lowercases the name.
 */
export const POLICY_NAME: ValueRule = {
  pattern: /^[a-z0-9_](?:[a-z0-9_./@-]*[a-z0-9_])?$/,
  except: IMMUTABLE_POLICY,
  says: 'lower-case letters, digits or any of _./@-, with none of ./@- at an end',
  explain: (name) => {
    if (IMMUTABLE_POLICY.test(name.toLowerCase())) {
      return "this policy belongs to Vault and can't be changed";
    }
    return /^\w(?:[\w./@-]*\w)?$/.test(name)
      ? `Vault lowercases a policy name, write '${name.toLowerCase()}'`
      : 'a policy name must be letters, digits or any of _./@-, with none of ./@- at an end';
  },
};

/** Names that Vault keeps as they are. Source: `GenericNameRegex` in Vault's `sdk/framework/path.go`. */
export const CERTIFICATE_NAME: ValueRule = {
  pattern: /^\w(?:[\w.-]*\w)?$/,
  says: 'letters, digits or any of _.-, with no . or - at an end',
};

export const HEADER_NAME: ValueRule = { pattern: /^[\w-]+$/, says: "a header's name" };
