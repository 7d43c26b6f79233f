/** One of Terraform's import blocks: https://developer.hashicorp.com/terraform/language/import */
export interface ImportBlock {
  /** The address in the stack. */
  readonly to: string;
  /** The ID that the provider knows it by. */
  readonly id: string;
}

/** What was found of an IAM user. */
export interface AdoptedUser {
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** ARN of a policy. @default none */
  readonly permissionsBoundary?: string;
}

/**
 * What was made by hand, and is taken over unchanged; `vault-aws-auth adopt` writes it. If you remove a part, the
 * next plan shows a change to what the stack would have made.
 */
export interface Adopted {
  /** What Terraform imports into its state. Remove it when that is done, at the latest after a destroy. */
  readonly imports?: readonly ImportBlock[];

  /** Needed to adopt a mount. */
  readonly mount?: {
    /** What `vault auth list` shows for it. */
    readonly description: string;
  };

  readonly client?: {
    /**
     * Vault keeps the access key that it has. Nobody can read its secret, so Terraform neither writes the key nor
     * destroys the client configuration, which it could not write again.
     *
     * Remove it and set `aws.vaultUser.accessKeyGeneration` to 1, and Terraform replaces the key with one that it
     * knows. Also remove it before a destroy.
     *
     * @default the stack's key is written
     */
    readonly keepsAccessKey?: boolean;

    /** How often Vault retries a call to AWS. @default -1, the AWS SDK's own count */
    readonly maxRetries?: number;
  };

  readonly vaultUser?: AdoptedUser;

  /** The policy of Vault's IAM user. */
  readonly iamPolicy?: {
    /**
     * What it allows, as a policy document; remove it to narrow the policy.
     * @default what the declared roles need
     */
    readonly document?: object;
    /** AWS can't change it: without it Terraform replaces the policy, and Vault may look nothing up in between. */
    readonly description: string;
    /** IAM path of the policy. @default that of the user */
    readonly path?: string;
    /** @default none */
    readonly tags?: Readonly<Record<string, string>>;
  };

  readonly testUser?: AdoptedUser;
}
