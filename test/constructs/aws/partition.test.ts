import { TerraformStack, Testing } from 'cdktf';
import { AwsAccount, trustedAccount, VaultIamRole, VaultLookUpRole } from '../../../lib/constructs/aws';
import { check } from '../../../lib/constructs/checks';
import { useAws, useProviders } from '../../../lib/constructs/stacks';
import {
  AwsAuthClient,
  type AwsAuthClientProps,
  AwsAuthMount,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  InferredAuthRole,
  PeopleGroups,
  StsRole,
} from '../../../lib/constructs/vault';
import { testApp } from '../../support/app';
import { lateText, problemsOf } from '../../support/stack';

const OTHER = '222222222222';
const STS = { url: 'https://sts.us-gov-west-1.amazonaws.com', region: 'us-gov-west-1' };

type Build = (stack: TerraformStack) => void;
const mounted = (stack: TerraformStack) =>
  (stack.node.tryFindChild('mount') as AwsAuthMount | undefined) ??
  new AwsAuthMount(stack, 'mount', { identity: { iamAlias: 'full_arn' } });
const client =
  (props: Partial<AwsAuthClientProps>): Build =>
  (stack) =>
    new AwsAuthClient(stack, 'client', { mount: mounted(stack), credentials: { ambient: true }, ...props });
const bound =
  (...arns: string[]): Build =>
  (stack) =>
    new IamAuthRole(stack, 'role', {
      mount: mounted(stack),
      roleName: 'app',
      boundPrincipals: arns.map((arn) => BoundPrincipal.arn(arn)),
    });

/** Each is of the partition `aws`, at a place. */
const PLACES: readonly [place: string, build: Build, value: string][] = [
  [
    '[stack/role] boundPrincipals[0]',
    bound(`arn:aws:iam::${OTHER}:role/app`),
    `arn:aws:iam::${OTHER}:role/app`,
  ],
  ['[stack/role] boundPrincipals[0]', bound(`arn:aws:iam::${OTHER}:user/*`), `arn:aws:iam::${OTHER}:user/*`],
  [
    '[stack/role] boundPrincipals[0]',
    (stack) =>
      new IamAuthRole(stack, 'role', {
        mount: mounted(stack),
        roleName: 'app',
        boundPrincipals: [BoundPrincipal.permissionSet({ name: 'Developer', region: 'eu-central-1' })],
      }),
    'eu-central-1',
  ],
  [
    '[stack/role] boundRegions[1]',
    (stack) =>
      new Ec2AuthRole(stack, 'role', {
        mount: mounted(stack),
        roleName: 'app',
        boundRegions: ['us-gov-east-1', 'eu-central-1'],
      }),
    'eu-central-1',
  ],
  [
    '[stack/role] inferredRegion',
    (stack) =>
      new InferredAuthRole(stack, 'role', {
        mount: mounted(stack),
        roleName: 'app',
        inferredRegion: 'eu-central-1',
        boundAmiIds: ['ami-01234567'],
      }),
    'eu-central-1',
  ],
  [
    '[stack/role] boundIamRoleArns[0]',
    (stack) =>
      new Ec2AuthRole(stack, 'role', {
        mount: mounted(stack),
        roleName: 'app',
        boundIamRoleArns: [`arn:aws:iam::${OTHER}:role/app`],
      }),
    `arn:aws:iam::${OTHER}:role/app`,
  ],
  [
    '[stack/role] boundInstanceProfileArns[0]',
    (stack) =>
      new Ec2AuthRole(stack, 'role', {
        mount: mounted(stack),
        roleName: 'app',
        boundInstanceProfileArns: [`arn:aws:iam::${OTHER}:instance-profile/app`],
      }),
    `arn:aws:iam::${OTHER}:instance-profile/app`,
  ],
  [
    '[stack/sts] roleArn',
    (stack) => new StsRole(stack, 'sts', { mount: mounted(stack), ...trustedAccount({ accountId: OTHER }) }),
    `arn:aws:iam::${OTHER}:role/vault-looks-up`,
  ],
  [
    '[stack/role] account',
    (stack) =>
      new VaultLookUpRole(stack, 'role', {
        account: trustedAccount({ accountId: OTHER }),
        vaultIdentityArn: 'arn:aws-us-gov:iam::111111111111:user/vault',
        permissionsFor: [],
      }),
    `arn:aws:iam::${OTHER}:role/vault-looks-up`,
  ],
  [
    '[stack/role] vaultIdentityArn',
    (stack) =>
      new VaultLookUpRole(stack, 'role', {
        account: trustedAccount({ accountId: OTHER, partition: 'aws-us-gov' }),
        vaultIdentityArn: 'arn:aws:iam::111111111111:user/vault',
        permissionsFor: [],
      }),
    'arn:aws:iam::111111111111:user/vault',
  ],
  [
    '[stack/own] roleArn',
    (stack) =>
      new VaultIamRole(stack, 'own', { permissionsFor: [], roleArn: 'arn:aws:iam::111111111111:role/vault' }),
    'arn:aws:iam::111111111111:role/vault',
  ],
  [
    '[stack/own] trusted[1].principalArn',
    (stack) =>
      new VaultIamRole(stack, 'own', {
        permissionsFor: [],
        trusted: ['ec2', { principalArn: 'arn:aws:iam::111111111111:role/vault' }],
      }),
    'arn:aws:iam::111111111111:role/vault',
  ],
  [
    '[stack/client] endpoints.iam',
    client({ endpoints: { sts: STS, iam: 'https://iam.amazonaws.com' } }),
    'https://iam.amazonaws.com',
  ],
  [
    '[stack/client] endpoints.ec2',
    client({ endpoints: { sts: STS, ec2: 'https://ec2.eu-central-1.amazonaws.com' } }),
    'https://ec2.eu-central-1.amazonaws.com',
  ],
  [
    '[stack/client] endpoints.sts.region',
    client({ endpoints: { sts: { ...STS, region: 'eu-central-1' } } }),
    'eu-central-1',
  ],
  [
    '[stack/client] endpoints.sts.url',
    client({ endpoints: { sts: { ...STS, url: 'https://sts.amazonaws.com' } } }),
    'https://sts.amazonaws.com',
  ],
  [
    '[stack/client] credentials.identityToken.roleArn',
    client({
      endpoints: { sts: STS },
      credentials: { identityToken: { audience: 'vault', roleArn: 'arn:aws:iam::111111111111:role/vault' } },
    }),
    'arn:aws:iam::111111111111:role/vault',
  ],
  [
    '[stack/people] permissionSets[0].region',
    (stack) =>
      new PeopleGroups(stack, 'people', {
        mount: mounted(stack),
        roleName: 'people',
        permissionSets: [{ name: 'Developer', region: 'eu-central-1' }],
        groups: { developers: { people: ['alice'], policies: ['reader'] } },
      }),
    'eu-central-1',
  ],
];

test.each(PLACES)(
  'what is of another partition than the provider’s region is refused: %s',
  (place, build, value) => {
    expect(problemsOf(build, 'us-gov-west-1')).toEqual([
      `${place}: must be of the partition 'aws-us-gov', as the region 'us-gov-west-1' of the stack's AWS provider is; got '${value}'`,
    ]);
  },
);

test('the role that Terraform assumes and its own endpoints are of the provider’s partition too', () => {
  const app = testApp();
  useAws(new TerraformStack(app, 'stack'), {
    region: 'cn-north-1',
    assumeRoleArn: 'arn:aws:iam::111111111111:role/deployer',
    endpoints: { iam: 'https://iam.amazonaws.com' },
  });

  expect(check(app).problems).toEqual([
    expect.stringContaining("[stack] assumeRoleArn: must be of the partition 'aws-cn'"),
    expect.stringContaining("[stack] endpoints.iam: must be of the partition 'aws-cn'"),
  ]);
});

describe('a stack of another partition than aws', () => {
  const GLOBAL =
    "[stack/client] endpoints.sts: Vault would ask the global STS of the partition 'aws', which knows no caller of 'aws-us-gov', so the URL and the region of an STS of 'aws-us-gov' must be given; got 'none'";

  test('needs its own STS', () => {
    expect(problemsOf(client({}), 'us-gov-west-1')).toEqual([GLOBAL]);
    expect(
      problemsOf(client({ endpoints: { iam: 'https://iam.us-gov.amazonaws.com' } }), 'us-gov-west-1'),
    ).toEqual([GLOBAL]);
  });

  test.each<[string, Partial<AwsAuthClientProps>]>([
    ['its own STS', { endpoints: { sts: STS } }],
    ['the STS of the client', { useStsRegionFromClient: true }],
  ])('is taken with %s', (_, props) => {
    expect(problemsOf(client(props), 'us-gov-west-1')).toEqual([]);
  });

  test('is known by its binds if the provider has no region', () => {
    expect(withoutRegion(client({}), bound(`arn:aws-us-gov:iam::${OTHER}:role/app`)).problems).toEqual([
      GLOBAL,
    ]);
  });
});

test.each<[string, Build]>([
  ['of one role', bound(`arn:aws:iam::${OTHER}:role/app`, `arn:aws-cn:iam::${OTHER}:role/app`)],
  [
    'of a role and an STS role',
    (stack) => {
      new StsRole(stack, 'sts', { mount: mounted(stack), ...trustedAccount({ accountId: OTHER }) });
      bound(`arn:aws-cn:iam::${OTHER}:role/app`)(stack);
    },
  ],
])('without a region of the provider two partitions are refused: %s', (_, build) => {
  expect(withoutRegion(build).problems).toEqual([
    expect.stringMatching(
      /^\[stack\/role\] boundPrincipals\[\d\]: must be of the partition 'aws', as \S+ of 'stack\/\w+' is; got 'arn:aws-cn:/,
    ),
  ]);
});

describe('a partition that is known only at the plan', () => {
  const checksOf = (...builds: Build[]) => {
    const { stack } = withoutRegion((own) => AwsAccount.of(own), ...builds);
    const { data } = JSON.parse(Testing.synth(stack)) as {
      data: { aws_partition: { partition: { lifecycle?: { postcondition: Record<string, string>[] } } } };
    };
    return data.aws_partition.partition.lifecycle?.postcondition;
  };

  test('is checked by Terraform as soon as it is read', () => {
    expect(checksOf(bound(`arn:aws-cn:iam::${OTHER}:role/app`))).toEqual([
      {
        condition: '${self.partition == "aws-cn"}',
        error_message: `the region of the AWS provider must be of the partition 'aws-cn', as these are: boundPrincipals[0] of 'stack/role': 'arn:aws-cn:iam::${OTHER}:role/app'; got '\${self.partition}'`,
      },
    ]);
  });

  test('is that of aws for a client configuration without its own STS', () => {
    expect(checksOf(client({}))).toEqual([
      expect.objectContaining({ condition: '${self.partition == "aws"}' }),
    ]);
    expect(checksOf(client({ useStsRegionFromClient: true }))).toBeUndefined();
  });

  test('names five values, and how many more there are', () => {
    const arns = Array.from({ length: 7 }, (_, index) => `arn:aws:iam::${OTHER}:user/u${index}`);
    const [postcondition] = checksOf(bound(...arns)) ?? [];

    expect(postcondition!.error_message).toMatch(/user\/u4', 2 more; got/);
  });

  test('has an ARN in its message that looks like an expression as it is', () => {
    const [postcondition] = checksOf(bound(`arn:aws:iam::${OTHER}:user/\${x}/a`)) ?? [];

    expect(postcondition!.error_message).toContain('user/$\${x}/a');
  });

  test('is not checked of a value that is a reference', () => {
    expect(
      checksOf(
        (stack) =>
          new IamAuthRole(stack, 'role', {
            mount: mounted(stack),
            roleName: 'app',
            boundPrincipals: [BoundPrincipal.user('alice'), BoundPrincipal.arn(lateText(stack), 'user')],
          }),
      ),
    ).toBeUndefined();
  });
});

/** A stack whose provider takes its region from the environment. */
function withoutRegion(...builds: Build[]) {
  const app = testApp();
  const stack = new TerraformStack(app, 'stack');
  useProviders(stack);
  for (const build of builds) {
    build(stack);
  }
  return { stack, problems: check(app).problems };
}
