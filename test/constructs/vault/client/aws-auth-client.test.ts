import { Duration } from 'aws-cdk-lib/core';
import type { TerraformStack } from 'cdktf';
import { AwsAuthClient, AwsAuthMount, Ec2AuthRole } from '../../../../lib/constructs/vault';
import { lateText, preconditionsOf, problemsOf, synthesize, warningsOf } from '../../../support/stack';
import { clientWith, declare, key, problemsWith, type Props } from './client-with';

test('headers, retries and the region of the caller reach the provider', () => {
  expect(
    clientWith({ allowedStsHeaders: ['X-Custom'], maxRetries: 3, useStsRegionFromClient: true }),
  ).toMatchObject({
    allowed_sts_header_values: ['X-Custom'],
    max_retries: 3,
    use_sts_region_from_client: true,
  });
});

describe('a client configuration is refused with', () => {
  test.each<[string, Props, string]>([
    [
      'the region of the caller together with an endpoint',
      { useStsRegionFromClient: true, endpoints: { sts: { url: 'https://sts.local', region: 'eu-west-1' } } },
      "useStsRegionFromClient: Vault would ignore endpoints.sts and ask the public STS of the region, leave one out; got 'https://sts.local'",
    ],
    ['fewer retries than none', { maxRetries: -2 }, 'maxRetries: must be a whole number from -1; got -2'],
    ['half a retry', { maxRetries: 0.5 }, 'maxRetries: must be a whole number from -1; got 0.5'],
    [
      'a header with its value',
      { allowedStsHeaders: ['X-One', 'X-Two: 2'] },
      "allowedStsHeaders[1]: must be a header's name; got 'X-Two: 2'",
    ],
    [
      'an empty server ID header, which would ask for none',
      { serverIdHeader: '' },
      "serverIdHeader: must be a header's value without white space, such as Vault's host name; got ''",
    ],
    [
      'an STS endpoint that is no URL',
      { endpoints: { sts: { url: 'sts.local', region: 'eu-west-1' } } },
      "endpoints.sts.url: must be an http or https URL; got 'sts.local'",
    ],
    [
      'an invalid STS region',
      { endpoints: { sts: { url: 'https://sts.local', region: 'EU' } } },
      "endpoints.sts.region: must be the region that signatures for it are made for, such as 'eu-central-1'; got 'EU'",
    ],
    [
      'an EC2 endpoint that is no URL',
      { endpoints: { ec2: 'ftp://ec2.local' } },
      "endpoints.ec2: must be an http or https URL; got 'ftp://ec2.local'",
    ],
  ])('%s', (_, props, message) => {
    expect(problemsWith(props)).toEqual([`[stack/client] ${message}`]);
  });
});

describe('a client configuration without a server ID header', () => {
  const without = { serverIdHeader: undefined };

  test('is warned of', () => {
    expect(warningsOf(declare(without))).toEqual([
      '[stack/client] no-server-id-header: serverIdHeader: a login request made for another Vault can be replayed here while its signature is fresh; got none',
    ]);
    expect(warningsOf(declare({}))).toEqual([]);
  });

  test('is not warned of if only instances log in, by their documents', () => {
    expect(
      warningsOf((stack) => {
        const mount = new AwsAuthMount(stack, 'mount');
        new AwsAuthClient(stack, 'client', { mount, credentials: key });
        new Ec2AuthRole(stack, 'role', {
          mount,
          roleName: 'web',
          boundAmiIds: ['ami-01234567'],
          tokenMaxTtl: Duration.hours(8),
        });
      }),
    ).toEqual([]);
  });

  test('can be acknowledged', () => {
    expect(
      problemsWith({ ...without, acknowledge: { 'no-server-id-header': 'the only Vault of the company' } }),
    ).toEqual([]);
  });
});

test('a header that is known is not checked by Terraform again', () => {
  expect(preconditionsOf(clientWith({}))).toEqual([]);
});

test('a header or a role that is known only at apply is checked by Terraform', () => {
  const { resource } = synthesize((stack) => {
    declare({
      serverIdHeader: lateText(stack, 'header'),
      credentials: { identityToken: { audience: 'vault', roleArn: lateText(stack, 'role') } },
    })(stack);
  });

  expect(preconditionsOf(resource.vault_aws_auth_backend_client!.client)).toEqual([
    [
      String.raw`${'$'}{can(regex("^[\\x21-\\x7e]+$", var.header))}`,
      "serverIdHeader: must be a header's value without white space, such as Vault's host name; got '${var.header}'",
    ],
    [
      expect.stringContaining('regex('),
      "credentials.identityToken.roleArn: must be a role's ARN, 'arn:PARTITION:iam::ACCOUNT:role/NAME'; got '${var.role}'",
    ],
  ]);
});

test('endpoints that are known only at apply are let through, and checked by Terraform', () => {
  const build = (stack: TerraformStack) => {
    const url = `https://${lateText(stack)}`;
    declare({ endpoints: { ec2: url, iam: url, sts: { url, region: lateText(stack, 'region') } } })(stack);
  };

  expect(problemsOf(build)).toEqual([]);
  const { resource } = synthesize(build);
  expect(
    preconditionsOf(resource.vault_aws_auth_backend_client!.client).map(([, message]) => message),
  ).toEqual([
    "endpoints.iam: must be an https URL, or an http URL of the machine itself; got 'https://${var.late}'",
    "endpoints.sts.url: must be an https URL, or an http URL of the machine itself; got 'https://${var.late}'",
    "endpoints.sts.region: must be the region that signatures for it are made for, such as 'eu-central-1'; got '${var.region}'",
    "endpoints.ec2: must be an https URL, or an http URL of the machine itself; got 'https://${var.late}'",
  ]);
});
