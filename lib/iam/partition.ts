/**
 * The partitions other than `aws`, by how the names of their regions begin.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html, and `partitions` in
 * `aws/endpoints/defaults.go` of github.com/aws/aws-sdk-go 1.55.8.
 */
const BEGINNINGS: readonly (readonly [beginning: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

/** The partition that a region is in. */
export function partitionOfRegion(region: string): string {
  return BEGINNINGS.find(([beginning]) => region.startsWith(beginning))?.[1] ?? 'aws';
}

/** A region, or what IAM of GovCloud has in its place, as a part of a host's name. */
const REGION_IN_HOST = /(?:^|[.-])(us-gov(?=\.)|(?:[a-z]{2}|eusc)(?:-[a-z]+)+-\d+)(?=\.)/;

/** The partition of a public endpoint of AWS; undefined for any other host. */
export function partitionOfUrl(url: string): string | undefined {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  if (host.endsWith('.amazonaws.com.cn')) {
    return 'aws-cn';
  }
  if (!host.endsWith('.amazonaws.com')) {
    return undefined;
  }
  const region = REGION_IN_HOST.exec(host)?.[1];
  return region === undefined ? 'aws' : partitionOfRegion(`${region}-`);
}
