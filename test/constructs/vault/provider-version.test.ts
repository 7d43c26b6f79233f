import { type TerraformStack, Testing } from 'cdktf';
import {
  AwsAuthClient,
  type AwsAuthClientProps,
  AwsAuthMount,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  StsRole,
} from '../../../lib/constructs/vault';
import { testApp } from '../../support/app';
import { emptyStack, synthesize } from '../../support/stack';

type Declare = (mount: AwsAuthMount, stack: TerraformStack) => unknown;

const versionFor = (declare: Declare) => {
  const { terraform } = synthesize((stack) => declare(new AwsAuthMount(stack, 'mount'), stack));
  return versionIn({ terraform });
};

const versionIn = ({ terraform }: { terraform: Record<string, unknown> }) =>
  (terraform.required_providers as { vault: { version: string } }).vault.version;

const client =
  (props: Partial<AwsAuthClientProps>): Declare =>
  (mount, stack) =>
    new AwsAuthClient(stack, 'client', {
      mount,
      credentials: { accessKeyId: 'AKIA0', secretAccessKey: '${var.secret}', usableAfter: [] },
      ...props,
    });

const stsRole =
  (externalId?: string): Declare =>
  (mount, stack) =>
    new StsRole(stack, 'sts', {
      mount,
      accountId: '222222222222',
      roleArn: 'arn:aws:iam::222222222222:role/vault',
      externalId,
    });

test.each<[string, Declare, string]>([
  [
    'a mount, a client configuration and an STS role',
    (...of) => [client({}), stsRole()].map((declare) => declare(...of)),
    '4.4.0',
  ],
  [
    'a role of type ec2',
    (mount, stack) => new Ec2AuthRole(stack, 'role', { mount, roleName: 'a', boundRegions: ['eu-west-1'] }),
    '4.4.0',
  ],
  ['an external ID', stsRole('vault'), '4.6.0'],
  ['a rotation', client({ rotation: { disabled: true } }), '4.7.0'],
  ['headers to STS', client({ allowedStsHeaders: ['X-Custom'] }), '5.4.0'],
  [
    'metadata of an alias',
    (mount, stack) =>
      new IamAuthRole(stack, 'role', {
        mount,
        roleName: 'dev',
        boundPrincipals: [BoundPrincipal.allUsers()],
        aliasMetadata: { team: 'a' },
      }),
    '5.5.0',
  ],
  [
    'a write-only key',
    client({
      credentials: {
        accessKeyId: 'AKIA0',
        secretAccessKeyWriteOnly: '${var.secret}',
        secretAccessKeyVersion: 1,
      },
    }),
    '5.7.0',
  ],
  [
    'an alias by canonical ARN',
    (_, stack) =>
      new AwsAuthMount(stack, 'other', { path: 'other', identity: { iamAlias: 'canonical_arn' } }),
    '5.11.0',
  ],
  [
    'several of them the newest one',
    (...of) =>
      [client({ allowedStsHeaders: ['X-Custom'] }), stsRole('vault')].map((declare) => declare(...of)),
    '5.4.0',
  ],
])('%s needs the provider %s', (_, declare, version) => {
  expect(versionFor(declare)).toBe(`>= ${version}, < 6.0.0`);
});

test('a stack does not need what another one uses', () => {
  const app = testApp();
  const [one, other] = [emptyStack(app, 'one'), emptyStack(app, 'other')];
  stsRole('vault')(new AwsAuthMount(one, 'mount'), one);

  expect(versionIn(JSON.parse(Testing.synth(other)) as { terraform: Record<string, unknown> })).toBe(
    '>= 4.4.0, < 6.0.0',
  );
});
