/**
 * What the ARNs of IAM look like. They are for JavaScript and for Terraform's `regex` (RE2) alike, so they have no
 * look-around. What does not match one of them is an ARN that AWS never gives, so Vault would never match it.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */

/** `aws`, `aws-cn`, `aws-us-gov`, `aws-iso-b` … */
const PARTITION = 'aws(?:-[a-z]+)*';

/**
 * A part of a path: printable ASCII. Three characters are left out: `/` ends the part, `*` is a wildcard, and Vault
 * can't read an ARN with one more `:`.
 */
const SEGMENT = '[!-)+-.0-9;-~]';

const NAME = '[\\w+=,.@-]';

/** How long a name may be, in characters. */
const LONGEST = { user: 64, role: 64, group: 128, 'instance-profile': 128 };

type Kind = keyof typeof LONGEST;

/** @param or what the name may be instead */
function pattern(kinds: readonly Kind[], or: string = ''): RegExp {
  const longest = Math.max(...kinds.map((kind) => LONGEST[kind]));
  return new RegExp(
    `^arn:${PARTITION}:iam::\\d{12}:(?:${kinds.join('|')})/(?:${SEGMENT}+/)*(?:${NAME}{1,${longest}}${or})$`,
  );
}

/** A prefix that ends in `*`: the path, or the name, may break off anywhere. */
const PREFIX = `|${SEGMENT}*\\*`;

/** An account's 12 digits. */
export const ACCOUNT_ID = /^\d{12}$/;

/** A path alone: `/`, or parts with a `/` around each. AWS also takes `:` and `*` in it, which no bind could name. */
export const IAM_PATH = new RegExp(`^/(?:${SEGMENT}+/)*$`);

/** One user or role. */
export const PRINCIPAL_ARN = pattern(['user', 'role']);

/** One user or role, or an account, which in a trust policy means all its principals that may assume roles. */
export const TRUSTED_ARN = new RegExp(`${PRINCIPAL_ARN.source}|^arn:${PARTITION}:iam::\\d{12}:root$`);

/** One user or role, or all whose ARN begins like this. */
export const PRINCIPAL_ARN_OR_PREFIX = pattern(['user', 'role'], PREFIX);

/** A session of a role. It has the role's name, without the path. */
export const SESSION_ARN = new RegExp(
  `^arn:${PARTITION}:sts::\\d{12}:assumed-role/${NAME}{1,${LONGEST.role}}/${NAME}+$`,
);

export const ROLE_ARN = pattern(['role']);

/** One role, or all whose ARN begins like this. */
export const ROLE_ARN_OR_PREFIX = pattern(['role'], PREFIX);

/** One instance profile, or all whose ARN begins like this. */
export const INSTANCE_PROFILE_ARN_OR_PREFIX = pattern(['instance-profile'], PREFIX);

/** A policy of the account, or one of AWS. */
export const POLICY_ARN = new RegExp(
  `^arn:${PARTITION}:iam::(?:\\d{12}|aws):policy/(?:${SEGMENT}+/)*${NAME}{1,128}$`,
);

export const GROUP_ARN = pattern(['group']);

/** Its first group is the issuer, without `https://`. */
export const OIDC_PROVIDER_ARN = new RegExp(`^arn:${PARTITION}:iam::\\d{12}:oidc-provider/(.+)$`);
