// Not run: `tsc` fails where one of these is taken, for then an expected error is missing.
import { Duration } from 'aws-cdk-lib/core';
import type { TerraformStack } from 'cdktf';
import {
  type Ec2AuthRole,
  type IamAuthRole,
  type InferredAuthRole,
  VaultAgent,
} from '../../lib/constructs/vault';

export function agents(
  stack: TerraformStack,
  iam: IamAuthRole,
  inferred: InferredAuthRole,
  ec2: Ec2AuthRole,
): void {
  const sinks = [{ path: '/run/token' }];
  new VaultAgent(stack, 'iam', { role: iam, sinks, region: 'eu-central-1' });
  new VaultAgent(stack, 'inferred', { role: inferred, sinks, accessKey: 'AKIA', secretKey: 'secret' });
  new VaultAgent(stack, 'ec2', { role: ec2, sinks, nonce: 'nonce' });
  // @ts-expect-error an instance has no static credentials
  new VaultAgent(stack, 'static', { role: ec2, sinks, accessKey: 'AKIA', secretKey: 'secret' });
  // @ts-expect-error an instance signs nothing
  new VaultAgent(stack, 'region', { role: ec2, sinks, region: 'eu-central-1' });
  // @ts-expect-error an instance sends no header
  new VaultAgent(stack, 'header', { role: ec2, sinks, headerValue: 'vault.example.com' });
  // @ts-expect-error an instance looks for no credentials
  new VaultAgent(stack, 'interval', { role: ec2, sinks, credentialPollInterval: Duration.minutes(1) });
  // @ts-expect-error a nonce is an instance's
  new VaultAgent(stack, 'nonce', { role: iam, sinks, nonce: 'nonce' });
  // @ts-expect-error the type is the role's
  new VaultAgent(stack, 'type', { role: iam, sinks, type: 'ec2' });
  // @ts-expect-error a sink of the agent is a file
  new VaultAgent(stack, 'sink', { role: iam, sinks: [{ url: 'https://example.com' }] });
}
