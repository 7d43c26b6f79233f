/** How a role takes logins. */
export type RoleKind = 'iam' | 'iam with inference' | 'ec2';

/**
 * Who one caller is, for a template of a policy:
 * - `user`: an IAM user;
 * - `person`: a user of IAM Identity Center, who has a permission set;
 * - `session`: a session of an IAM role, and nobody said whether it is a caller by itself;
 * - `iam-role`: an IAM role with all its sessions;
 * - `pinned-session`: a session of an IAM role by its name, which no other caller can take;
 * - `instance`, `image`: an EC2 instance, or all instances of an image;
 * - `vault-role`: all callers of a role of Vault.
 */
export type CallerKind =
  'user' | 'person' | 'session' | 'iam-role' | 'pinned-session' | 'instance' | 'image' | 'vault-role';

export interface Caller {
  readonly kind: CallerKind;
  /** It is bound by a wildcard, so anyone who may make such a principal chooses its name. @default false */
  readonly wildcard?: boolean;
}

/** What a person may say of a role's callers. */
export type IamTemplatesFor = 'iam-role' | 'pinned-session' | 'vault-role';
export type Ec2TemplatesFor = 'image' | 'vault-role';
export type TemplatesFor = IamTemplatesFor | Ec2TemplatesFor;
