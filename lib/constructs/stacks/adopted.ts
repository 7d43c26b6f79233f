/** One of Terraform's import blocks: https://developer.hashicorp.com/terraform/language/import */
export interface ImportBlock {
  /** The address in the stack. */
  readonly to: string;
  /** What the provider knows it by. */
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
 * What was made by hand, and is taken over as it stands; `vault-aws-auth adopt` writes it. Each part that is taken
 * out again is a change to what the stack would have made, which the next plan shows.
 */
export interface Adopted {
  /** What Terraform takes into its state. To be taken out when that is done, at the latest after a destroy. */
  readonly imports?: readonly ImportBlock[];

  /** Needed to adopt a mount. */
  readonly mount?: {
    /** What `vault auth list` says of it. */
    readonly description: string;
  };

  readonly client?: {
    /**
     * Vault goes on with the access key that it has. Nobody can read its secret, so Terraform neither writes the key
     * nor destroys the client configuration, which it could not write again.
     *
     * Take it out with `aws.vaultUser.accessKeyGeneration` set to 1, and the key is replaced by one that Terraform
     * knows; or before a destroy.
     *
     * @default the stack's key is written
     */
    readonly keepsAccessKey?: boolean;

    /** How often Vault tries a call to AWS again. @default -1, the AWS SDK's own count */
    readonly maxRetries?: number;
  };

  readonly vaultUser?: AdoptedUser;

  /** The policy of Vault's IAM user. */
  readonly iamPolicy?: {
    /**
     * What it allows, as a policy document; to be taken out to narrow it.
     * @default what the declared roles need
     */
    readonly document?: object;
    /** AWS can't change it: without it the policy is made anew, and Vault may look nothing up in between. */
    readonly description: string;
    /** IAM path of the policy. @default that of the user */
    readonly path?: string;
    /** @default none */
    readonly tags?: Readonly<Record<string, string>>;
  };

  readonly testUser?: AdoptedUser;
}
