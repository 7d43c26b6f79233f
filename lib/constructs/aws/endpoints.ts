import { Token } from 'cdktf';

/**
 * Addresses of AWS services other than the public ones: an emulator's, a VPC endpoint's.
 *
 * They are never taken from the environment: a variable left over in a shell must not be able to point a
 * production Vault at another STS, which would then decide who may log in.
 */
export interface AwsEndpoints {
  /** URL of IAM. @default the partition's public endpoint */
  readonly iam?: string;

  /**
   * STS, with the region its signatures are for. Vault takes both or neither.
   *
   * @default the global endpoint, https://sts.amazonaws.com
   */
  readonly sts?: { readonly url: string; readonly region: string };

  /** URL of EC2. @default the region's public endpoint */
  readonly ec2?: string;
}

/** Source: https://docs.aws.amazon.com/general/latest/gr/rande.html */
export const REGION = { pattern: /^[a-z]{2,}(?:-[a-z]+)+-\d+$/, says: "a region, such as 'eu-central-1'" };

/** What is wrong with the endpoints, a sentence each; empty where all is well, or a URL is known only at apply. */
export function checkEndpoints(place: string, endpoints: AwsEndpoints = {}): string[] {
  const region = endpoints.sts?.region;
  const noRegion =
    region === undefined || Token.isUnresolved(region) || REGION.pattern.test(region)
      ? []
      : [
          `${place}.sts.region: must be the region that signatures for it are made for, such as 'eu-central-1'; got '${region}'`,
        ];
  const urls = { iam: endpoints.iam, 'sts.url': endpoints.sts?.url, ec2: endpoints.ec2 };
  const problems = Object.entries(urls).flatMap(([service, url]) =>
    url === undefined || Token.isUnresolved(url) || isHttpUrl(url)
      ? []
      : [`${place}.${service}: must be an http or https URL; got '${url}'`],
  );
  return [...problems, ...noRegion];
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
