import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { SignatureV4Init } from '@smithy/signature-v4';

/** Gives the AWS credentials to sign with: `async () => ({ accessKeyId, secretAccessKey, sessionToken? })`. */
export type AwsCredentialIdentityProvider = Extract<SignatureV4Init['credentials'], () => unknown>;

export type AwsCredentialIdentity = Awaited<ReturnType<AwsCredentialIdentityProvider>>;

/** No AWS credentials were found. */
export class CredentialsError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'CredentialsError';
  }
}

/**
 * Looks for credentials where the AWS SDK and the AWS CLI look: environment variables, the shared files of the
 * profile, IAM Identity Center, a web identity token, the container's or the instance's metadata.
 *
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function credentialsFromChain(): AwsCredentialIdentityProvider {
  return fromNodeProviderChain();
}

/** @throws CredentialsError if the provider has none */
export async function loadCredentials(
  provider: AwsCredentialIdentityProvider,
): Promise<AwsCredentialIdentity> {
  try {
    return await provider();
  } catch (error) {
    throw new CredentialsError(error);
  }
}
