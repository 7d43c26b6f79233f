/** What a stack says about one auth mount and its roles, for {@link checkAgent} to compare an agent with. */
export interface AgentTarget {
  /** Where the auth method is mounted, without `auth/`. */
  readonly mountPath: string;

  /** Vault's address. @default not compared */
  readonly vaultAddress?: string;

  /** Namespace of the mount. @default not compared */
  readonly namespace?: string;

  /** What a login must carry. @default no header is asked for */
  readonly serverIdHeader?: string;

  /** Vault asks STS in the region that a login is signed for. @default false */
  readonly useStsRegionFromClient?: boolean;

  /** The region that the client's STS endpoint takes signatures for. @default the global endpoint, 'us-east-1' */
  readonly stsRegion?: string;

  /** All roles that the stack declares on the mount. */
  readonly roles: readonly AgentRole[];
}

/** What an agent must know about a role. */
export interface AgentRole {
  /** In lower case. */
  readonly name: string;

  readonly authType: 'iam' | 'inferred' | 'ec2';

  /** @default 0, no limit */
  readonly tokenNumUses?: number;

  /** An instance logs in once. @default false */
  readonly disallowReauthentication?: boolean;
}

/** Whether a value is known now: a token of cdktf is filled in by Terraform. */
export function isKnown(text: string): boolean {
  return !text.includes('${TfToken[');
}
