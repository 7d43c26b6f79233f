import { type Field, matching, objectOf, optional, type ValueRule } from '../checks';
import { IDENTIFIERS } from './identifiers';
import { type OfPartition, ofRegion, ofUrl } from './partition';

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

/** A host or an address in brackets, a port, and what follows. */
const HTTP_URL: ValueRule = {
  pattern: /^https?:\/\/(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?(?:[/?#][\x21-\x7e]*)?$/,
  also: (url) => URL.canParse(url),
  says: 'an http or https URL',
};

const REGION_OF_STS: ValueRule = {
  ...IDENTIFIERS.region,
  says: "the region that signatures for it are made for, such as 'eu-central-1'",
};

/** What is of one partition in endpoints. */
export function partitionsOfEndpoints({ iam, sts, ec2 }: AwsEndpoints = {}): OfPartition[] {
  return [
    ...ofUrl('endpoints.iam', iam),
    ...(sts === undefined ? [] : [ofRegion('endpoints.sts.region', sts.region)]),
    ...ofUrl('endpoints.sts.url', sts?.url),
    ...ofUrl('endpoints.ec2', ec2),
  ];
}

/** What endpoints must be. */
export const ENDPOINTS: Field = objectOf({
  iam: optional(matching(HTTP_URL)),
  sts: optional(objectOf({ url: matching(HTTP_URL), region: matching(REGION_OF_STS) })),
  ec2: optional(matching(HTTP_URL)),
} satisfies Record<keyof AwsEndpoints, Field>);
