import type { AwsCredentialIdentity } from './credentials';
import { signIdentityRequest, type SigningOptions } from './signed-request';

const TIMEOUT_MS = 5_000;

/**
 * The ARN that AWS gives for these credentials; that of a user has its path. No permission is needed.
 *
 * @throws Error if STS refuses or cannot be reached within 5 seconds
 */
export async function askCallerArn(
  credentials: AwsCredentialIdentity,
  options: Pick<SigningOptions, 'region' | 'stsEndpoint'>,
): Promise<string> {
  const { url, method, headers, body } = await signIdentityRequest(credentials, options);
  const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const arn = /<Arn>([^<]+)<\/Arn>/.exec(await response.text())?.[1];
  if (!response.ok || arn === undefined) {
    throw new Error(`STS at '${url}' answered ${response.status}`);
  }
  return arn;
}
