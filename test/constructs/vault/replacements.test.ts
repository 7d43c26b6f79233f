import type { TerraformStack } from 'cdktf';
import {
  AwsAuthClient,
  type AwsAuthClientProps,
  AwsAuthMount,
  BoundPrincipal,
  Ec2AuthRole,
  type Ec2AuthRoleProps,
  IamAuthRole,
  InferredAuthRole,
  type InferredAuthRoleProps,
  StsRole,
} from '../../../lib/constructs/vault';
import { lateText, synthesize } from '../../support/stack';

const key = { accessKeyId: 'AKIA0', secretAccessKey: '${var.secret}', usableAfter: [] };
const ec2Binds = { boundAmiIds: ['ami-01234567'] };

/** What the resources of a stack are replaced for, by their names. */
const replacementsOf = (build: (mount: AwsAuthMount, stack: TerraformStack) => void, guideOnly = false) => {
  const { resource } = synthesize((stack) => build(new AwsAuthMount(stack, 'mount', { guideOnly }), stack));
  return resource.terraform_data?.replacements?.input;
};

describe('a role is replaced when a field is set or removed:', () => {
  test('for one of type iam only its kind counts, its binds can’t be empty', () => {
    expect(
      replacementsOf(
        (mount, stack) =>
          new IamAuthRole(stack, 'role', {
            mount,
            roleName: 'dev',
            boundPrincipals: [BoundPrincipal.allUsers()],
          }),
      ),
    ).toEqual({ role: ['iam'] });
  });

  const ec2 = (props: Partial<Ec2AuthRoleProps>) =>
    replacementsOf((mount, stack) => new Ec2AuthRole(stack, 'role', { mount, roleName: 'web', ...props }));

  test('for one of type ec2 each list and option that is set', () => {
    expect(
      ec2({
        ...ec2Binds,
        boundAccountIds: ['123456789012'],
        boundRegions: ['eu-central-1'],
        boundVpcIds: ['vpc-01234567'],
        boundSubnetIds: ['subnet-01234567'],
        boundIamRoleArns: ['arn:aws:iam::123456789012:role/web'],
        boundInstanceProfileArns: ['arn:aws:iam::123456789012:instance-profile/web'],
        boundInstanceIds: ['i-01234567'],
        roleTag: 'vault',
        allowInstanceMigration: true,
      }),
    ).toEqual({
      role: [
        'ec2',
        'boundAmiIds',
        'boundAccountIds',
        'boundVpcIds',
        'boundSubnetIds',
        'boundIamRoleArns',
        'boundInstanceProfileArns',
        'boundInstanceIds',
        'boundRegions',
        'roleTag',
        'allowInstanceMigration',
      ],
    });
    expect(ec2({ ...ec2Binds, disallowReauthentication: true })).toEqual({
      role: ['ec2', 'boundAmiIds', 'disallowReauthentication'],
    });
  });

  test('an empty list or an option that is false does not count', () => {
    expect(ec2({ ...ec2Binds, boundVpcIds: [], roleTag: '', allowInstanceMigration: false })).toEqual({
      role: ['ec2', 'boundAmiIds'],
    });
  });

  test('another value of a list does not count, because the provider sends it', () => {
    expect(ec2({ boundAmiIds: ['ami-01234567'] })).toEqual(
      ec2({ boundAmiIds: ['ami-89abcdef', 'ami-01234567'] }),
    );
  });

  const inferred = (props: Partial<InferredAuthRoleProps>) =>
    replacementsOf(
      (mount, stack) =>
        new InferredAuthRole(stack, 'role', {
          mount,
          roleName: 'worker',
          inferredRegion: 'eu-central-1',
          ...props,
        }),
    );

  test('for one with inference its kind, its principals and each list', () => {
    expect(inferred({ boundPrincipals: [BoundPrincipal.role('worker')] })).toEqual({
      role: ['iam with inference', 'boundPrincipals'],
    });
    expect(inferred({ boundPrincipals: [], ...ec2Binds })).toEqual({
      role: ['iam with inference', 'boundAmiIds'],
    });
  });
});

test('each resource is replaced for its own values, which are in one place in the stack', () => {
  const { resource } = synthesize((stack) => {
    const mount = new AwsAuthMount(stack, 'mount');
    new Ec2AuthRole(stack, 'web', { mount, roleName: 'web', ...ec2Binds });
    new Ec2AuthRole(stack, 'app', { mount, roleName: 'app', ...ec2Binds });
  });

  expect(resource.terraform_data!.replacements).toEqual({
    input: { web: ['ec2', 'boundAmiIds'], app: ['ec2', 'boundAmiIds'] },
  });
  expect(
    Object.entries(resource.vault_aws_auth_backend_role!).map(([name, { lifecycle }]) => [name, lifecycle]),
  ).toEqual([
    ['app', { replace_triggered_by: ['terraform_data.replacements.input.app'] }],
    ['web', { replace_triggered_by: ['terraform_data.replacements.input.web'] }],
  ]);
});

describe('a client configuration is replaced', () => {
  test.each<[string, AwsAuthClientProps['credentials'], string[]]>([
    ['a key', key, ['key']],
    [
      'a write-only key, or another one of them',
      { accessKeyId: 'AKIA1', secretAccessKeyWriteOnly: '${var.secret}', secretAccessKeyVersion: 1 },
      ['write-only key', 'AKIA1'],
    ],
    [
      'an identity token',
      { identityToken: { audience: 'vault', roleArn: 'arn:aws:iam::123456789012:role/vault' } },
      ['identity token'],
    ],
    ['what Vault finds by itself', { ambient: true }, ['ambient']],
  ])('when its credentials become %s', (_, credentials, values) => {
    expect(
      replacementsOf((mount, stack) => new AwsAuthClient(stack, 'client', { mount, credentials })),
    ).toEqual({ client: values });
  });
});

test('an STS role is replaced for another account, which has another path', () => {
  expect(
    replacementsOf((mount, stack) => {
      const accountId = lateText(stack);
      new StsRole(stack, 'sts', { mount, accountId, roleArn: 'arn:aws:iam::222222222222:role/vault' });
    }),
  ).toEqual({ sts: ['${var.late}'] });
});

test('a mount with guideOnly keeps nothing in the state for it', () => {
  expect(
    replacementsOf((mount, stack) => {
      new AwsAuthClient(stack, 'client', { mount, credentials: key });
      new IamAuthRole(stack, 'role', {
        mount,
        roleName: 'dev',
        boundPrincipals: [BoundPrincipal.allUsers()],
      });
    }, true),
  ).toBeUndefined();
});
