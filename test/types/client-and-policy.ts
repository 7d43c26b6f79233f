// Not run: `tsc` fails where one of these is taken, for then an expected error is missing.
import type { Duration } from 'aws-cdk-lib/core';
import type { TerraformStack } from 'cdktf';
import type { AwsEndpoints } from '../../lib/constructs/aws';
import {
  type ClientCredentials,
  type KeyRotation,
  VaultPolicy,
  type VaultPolicyProps,
} from '../../lib/constructs/vault';

export const credentials: ClientCredentials[] = [
  { ambient: true },
  // @ts-expect-error half a key
  { accessKeyId: 'AKIA' },
  // @ts-expect-error an identity token is for a role
  { identityToken: { audience: 'vault' } },
  // @ts-expect-error a write-only secret has a version
  { accessKeyId: 'AKIA', secretAccessKeyWriteOnly: 'secret' },
];

export const rotations = (window: Duration): KeyRotation[] => [
  { schedule: '0 3 * * 0', window },
  // @ts-expect-error a window is for a schedule
  { window },
];

export const endpoints: AwsEndpoints[] = [
  { sts: { url: 'https://sts.local', region: 'eu-west-1' } },
  // @ts-expect-error STS has both or neither
  { sts: { url: 'https://sts.local' } },
];

export function policy(stack: TerraformStack, { rules = [], file }: VaultPolicyProps): void {
  new VaultPolicy(stack, 'taken', { policyName: 'dev', rules });
  // @ts-expect-error rules or a file
  new VaultPolicy(stack, 'policy', { policyName: 'dev' });
  // @ts-expect-error rules or a file
  new VaultPolicy(stack, 'policy', { policyName: 'dev', rules, file: file! });
}
