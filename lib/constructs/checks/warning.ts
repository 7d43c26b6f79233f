/**
 * What is allowed, but needs a person's decision: each gives more access, or for longer, than most users need. The
 * key is what `acknowledge` takes; docs/rules.md lists them with their sources.
 */
export const WARNINGS = {
  'bind-all-principals': 'a role takes all users, or all roles, of an account',
  'bind-wildcard': 'a role takes all principals whose ARN begins in a certain way',
  'bind-all-instances': 'a role takes all instances of an account or a region',
  'inference-by-name': 'a role takes anyone who names a session after an instance',
  'resolve-off': 'a role knows its principals by name only, not by their unique ID',
  'no-server-id-header': 'a login request made for another Vault can be replayed here',
  'long-ttl': 'a token can live for more than a day',
  'iam-policy-wide': "Vault's IAM user may do more than the declared roles need",
  'features-lacking': "Vault's credentials were given less than the roles on the mount need",
  'permissions-elsewhere': "nothing in the app says that Vault's credentials may do what the roles need",
  'guide-defaults': "a Vault that others can reach has the guide's policy or test user",
  'policy-misleading': 'Vault takes a policy in another way than it looks',
  'policy-name-unusual': 'the name of a policy needs quotes or escapes',
  'policy-root-like': 'a policy gives all, or a way to all, of Vault',
} as const;

/** The name of a warning, as `acknowledge` takes it. */
export type WarningId = keyof typeof WARNINGS;

/** One setting that allows more than most users need. */
export interface Warning {
  readonly id: WarningId;
  /** The place, what it allows, and the value. */
  readonly message: string;
}

/**
 * Warnings that were considered, each with its reason: `{ 'bind-all-principals': 'a test account' }`. They stay
 * listed, and no longer fail a strict check. An unknown id is an error, and so is an id whose warning is not raised
 * here.
 */
export type Acknowledgements = { readonly [id in WarningId]?: string };
