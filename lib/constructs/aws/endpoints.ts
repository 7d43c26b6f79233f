import { type Field, fits, flag, matching, optional, table, type ValueRule } from '../checks';
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

  /**
   * Takes URLs with http that are not of the machine itself. Anyone who can change what crosses that network can then
   * answer as if it were AWS, and so decide who may log in.
   *
   * @default false
   */
  readonly allowHttp?: boolean;
}

/** A host or an address in brackets. */
const HOST = '(?:[\\w.-]+|\\[[\\da-fA-F:.]+\\])';
/** The machine itself. */
const LOOPBACK = '(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1\\])';
/** A port, and what follows. */
const REST = '(?::\\d{1,5})?(?:[/?#][\\x21-\\x7e]*)?';

const HTTP_URL: ValueRule = {
  pattern: new RegExp(`^https?://${HOST}${REST}$`),
  also: (url) => URL.canParse(url),
  says: 'an http or https URL',
};

const HTTPS_URL: ValueRule = {
  ...HTTP_URL,
  pattern: new RegExp(`^(?:https://${HOST}|http://${LOOPBACK})${REST}$`),
  says: 'an https URL, or an http URL of the machine itself',
  explain: (url) =>
    fits(HTTP_URL, url)
      ? 'anyone on the network could answer an http request, and so decide who may log in; use https, or set allowHttp: true among the endpoints'
      : `must be ${HTTP_URL.says}`,
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

const endpoints = (url: ValueRule): Field =>
  table<AwsEndpoints>({
    iam: optional(matching(url)),
    sts: optional(
      table<NonNullable<AwsEndpoints['sts']>>({ url: matching(url), region: matching(REGION_OF_STS) }),
    ),
    ec2: optional(matching(url)),
    allowHttp: optional(flag),
  });
const SAFE = endpoints(HTTPS_URL);
const ANY = endpoints(HTTP_URL);
const ofTheirs = (value: unknown) => ((value as AwsEndpoints | undefined)?.allowHttp === true ? ANY : SAFE);

/** What endpoints must be. */
export const ENDPOINTS: Field = {
  ...SAFE,
  rule: (place, value) => ofTheirs(value).rule?.(place, value) ?? [],
  atApply: (place, value) => ofTheirs(value).atApply?.(place, value) ?? [],
};
