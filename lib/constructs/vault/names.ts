import { Token } from 'cdktf';
import { fits, type ValueRule, type Warning } from '../checks';

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
 * A policy's name as Vault stores it. Vault takes each printable character of ASCII, and changes or refuses the rest: it
 * lowers capitals, takes blanks off the ends, reads `a//b` and `a/./b` as `a/b`, and refuses `..`. It also takes
 * printable characters outside ASCII, which are refused here.
 *
 * Source: `sanitizeName` in Vault's `vault/policy_store.go`; generated names are tried on a real Vault.
 */
export const POLICY_NAME: ValueRule = {
  pattern: /^[!-@[-~](?:[ -@[-~]*[!-@[-~])?$/,
  except: /^(?:root|response-wrapping|control-group)$|[$%]\{|^\/|\/$|\/\/|\.\.|(?:^|\/)\.(?:\/|$)/,
  says: "printable ASCII characters without capitals, '..' and expressions of Terraform, with no blank or '/' at an end and no '//' or '/./'",
  explain: (name) => {
    if (IMMUTABLE_POLICY.test(name.toLowerCase())) {
      return "this policy belongs to Vault and can't be changed";
    }
    return name !== name.toLowerCase() && fits(POLICY_NAME, name.toLowerCase())
      ? `Vault lowercases a policy name, write '${name.toLowerCase()}'`
      : undefined;
  },
};

/**
 * A name that a rule can name, and nothing else with it: the policy that lets Terraform write `*` would let it write all
 * policies.
 */
export const DECLARED_POLICY_NAME: ValueRule = {
  ...POLICY_NAME,
  except: new RegExp(`${POLICY_NAME.except!.source}|\\*|^\\+|\\/\\+|\\{\\{|\\}\\}`),
  says: POLICY_NAME.says.replace("'..'", "'..', '*', '{{', '}}', a '+' that begins a part"),
};

/** The same, but not `default`: it is Vault's own, which nearly every token has. */
export const WRITTEN_POLICY_NAME: ValueRule = {
  ...DECLARED_POLICY_NAME,
  except: new RegExp(`${DECLARED_POLICY_NAME.except!.source}|^default$`),
  says: `${DECLARED_POLICY_NAME.says}, and not 'default'`,
  explain: (name) =>
    name === 'default'
      ? "it would replace Vault's own policy 'default', which nearly every token has, and deleting it fails; take another name, or set replacesDefault: true"
      : POLICY_NAME.explain?.(name),
};

/** Names that need no quotes in a shell, and no escapes in a URL. */
const PLAIN_POLICY_NAME = /^[a-z0-9_./@-]+$/;

/** A name that Vault takes, and people and programs may write wrongly. */
export function warnOfPolicyName(name: string): Warning[] {
  return Token.isUnresolved(name) || PLAIN_POLICY_NAME.test(name) || !fits(POLICY_NAME, name)
    ? []
    : [
        {
          id: 'policy-name-unusual',
          message: `policyName: needs quotes in a shell or escapes in a URL, and what splits lists at commas reads it wrongly; got '${name}'`,
        },
      ];
}

/** Names that Vault keeps as they are. Source: `GenericNameRegex` in Vault's `sdk/framework/path.go`. */
export const CERTIFICATE_NAME: ValueRule = {
  pattern: /^\w(?:[\w.-]*\w)?$/,
  says: 'letters, digits or any of _.-, with no . or - at an end',
};

export const HEADER_NAME: ValueRule = { pattern: /^[\w-]+$/, says: "a header's name" };
