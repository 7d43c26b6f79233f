/**
 * The regions whose STS Vault 1.21.1 finds by their name. It matches strictly: it refuses a later region, and
 * also the pseudo-regions, for which nobody makes a signature.
 *
 * Source: `stsRegionalEndpoint` in `builtin/credential/aws/path_login.go` of Vault, and the service `sts` in
 * `aws/endpoints/defaults.go` of github.com/aws/aws-sdk-go 1.55.8.
 */
export const STS_REGIONS: readonly string[] = [
  ...[
    'af-south-1',
    'ap-east-1',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-south-2',
  ],
  ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ca-central-1', 'ca-west-1'],
  ...[
    'eu-central-1',
    'eu-central-2',
    'eu-north-1',
    'eu-south-1',
    'eu-south-2',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
  ],
  ...[
    'il-central-1',
    'me-central-1',
    'me-south-1',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ],
  ...['cn-north-1', 'cn-northwest-1', 'us-gov-east-1', 'us-gov-west-1'],
  ...['us-iso-east-1', 'us-iso-west-1', 'us-isob-east-1'],
];
