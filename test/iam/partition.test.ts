import { partitionOfRegion, partitionOfUrl } from '../../lib/iam';

test.each([
  ['eu-central-1', 'aws'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-gov-east-1', 'aws-us-gov'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eu-isoe-west-1', 'aws-iso-e'],
  ['us-isof-south-1', 'aws-iso-f'],
  ['eusc-de-east-1', 'aws-eusc'],
])('a region is in its partition: %s', (region, partition) => {
  expect(partitionOfRegion(region)).toBe(partition);
});

test.each([
  ['https://iam.amazonaws.com', 'aws'],
  ['https://sts.amazonaws.com', 'aws'],
  ['https://sts.eu-central-1.amazonaws.com', 'aws'],
  ['https://vpce-0a1b-c2d3.sts.eu-central-1.vpce.amazonaws.com', 'aws'],
  ['https://iam.us-gov.amazonaws.com', 'aws-us-gov'],
  ['https://sts.us-gov-east-1.amazonaws.com:443/', 'aws-us-gov'],
  ['https://vpce-0a1b-c2d3-us-gov-west-1a.ec2.us-gov-west-1.vpce.amazonaws.com', 'aws-us-gov'],
  ['https://sts.cn-north-1.amazonaws.com.cn', 'aws-cn'],
  ['http://127.0.0.1:5000', undefined],
  ['https://sts.example.com', undefined],
  ['https://amazonaws.com.example.com', undefined],
  ['no URL', undefined],
])('a public endpoint of AWS is in its partition, and any other in none: %s', (url, partition) => {
  expect(partitionOfUrl(url)).toBe(partition);
});
