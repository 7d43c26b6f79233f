import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { AwsCredentialIdentity } from './credentials';

/** The header that ties a login to one Vault. */
export const SERVER_ID_HEADER = 'X-Vault-AWS-IAM-Server-ID';

/** The region of a login if none is given, as in `vault login -method=aws`. */
export const DEFAULT_REGION = 'us-east-1';

/** A signed sts:GetCallerIdentity. Anyone who holds it can pose as its signer for 15 minutes, also to Vault. */
export interface SignedIdentityRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SigningOptions {
  /** The region that the signature is for. @default 'us-east-1' */
  readonly region?: string;

  /**
   * The URL of the STS that must answer.
   *
   * @default the region's, `https://sts.REGION.amazonaws.com`; for us-east-1 the global one
   */
  readonly stsEndpoint?: string;

  /** The value of {@link SERVER_ID_HEADER}, which is signed with the rest. @default the header is not sent */
  readonly serverIdHeader?: string;
}

/**
 * Signs the request that asks who the caller is, without sending it.
 *
 * Source: `GenerateLoginData` in github.com/hashicorp/go-secure-stdlib/awsutil, which Vault's command uses.
 */
export async function signIdentityRequest(
  credentials: AwsCredentialIdentity,
  { region = DEFAULT_REGION, stsEndpoint = publicStsEndpoint(region), serverIdHeader }: SigningOptions = {},
): Promise<SignedIdentityRequest> {
  const { protocol, host, hostname, pathname, href } = new URL(stsEndpoint);
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
  const { headers } = await signer.sign(
    new HttpRequest({
      method: 'POST',
      protocol,
      hostname,
      path: pathname,
      headers: {
        host,
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        ...(serverIdHeader && { [SERVER_ID_HEADER.toLowerCase()]: serverIdHeader }),
      },
      body,
    }),
  );
  return { method: 'POST', url: href, headers, body };
}

/**
 * The signed request in the fields of a login: Vault sends it on to STS, and decides about the
 * caller that STS names.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#login
 */
export function loginFields({ method, url, headers, body }: SignedIdentityRequest) {
  return {
    iam_http_request_method: method,
    iam_request_url: base64(url),
    iam_request_body: base64(body),
    iam_request_headers: base64(JSON.stringify(headers)),
  };
}

/** The public STS of a region; that of us-east-1 is the global one. */
export function publicStsEndpoint(region: string): string {
  // A region newer than the library's table is most likely in the partition of most regions.
  const domain = RegionInfo.get(region).domainSuffix ?? 'amazonaws.com';
  return region === DEFAULT_REGION ? 'https://sts.amazonaws.com' : `https://sts.${region}.${domain}`;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
