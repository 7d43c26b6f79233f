import {
  type ExistingVaultIamRoleProps,
  type NewVaultIamRoleProps,
  type Trusted,
  VaultIamRole,
} from '../../../lib/constructs/aws';
import { AwsAuthClient, AwsAuthMount } from '../../../lib/constructs/vault';
import { lateText, problemsOf, synthesize } from '../../support/stack';

type Props = Omit<NewVaultIamRoleProps, 'permissionsFor'> | Omit<ExistingVaultIamRoleProps, 'permissionsFor'>;

const declare = (props: Props) => (stack: Parameters<Parameters<typeof problemsOf>[0]>[0]) =>
  new VaultIamRole(stack, 'vault_role', { permissionsFor: ['look-up-users'], ...props });

const trustOf = (...trusted: Trusted[]): unknown => {
  const { resource } = synthesize(declare({ trusted }));
  const document = JSON.parse(resource.aws_iam_role!.vault_role!.assume_role_policy as string) as {
    Statement: unknown[];
  };
  return document.Statement;
};

const oidcProviderArn = 'arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EX';
const serviceAccount = { oidcProviderArn, namespace: 'vault', name: 'server' };
const principalArn = 'arn:aws:iam::222222222222:role/vault';

describe('the principal that the role trusts', () => {
  test.each(['ec2', 'ecs-tasks'] as const)('is the service %s', (service) => {
    expect(trustOf(service)).toEqual([
      { Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' },
    ]);
  });

  test('is EKS for its pods, which tags their sessions', () => {
    expect(trustOf('eks-pod-identity')).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
      },
    ]);
  });

  test('is one service account of a cluster, and no other', () => {
    const issuer = 'oidc.eks.eu-central-1.amazonaws.com/id/EX';
    expect(trustOf({ serviceAccount })).toEqual([
      {
        Effect: 'Allow',
        Principal: { Federated: oidcProviderArn },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${issuer}:sub`]: 'system:serviceaccount:vault:server',
            [`${issuer}:aud`]: 'sts.amazonaws.com',
          },
        },
      },
    ]);
  });

  test('is a principal of another account, with what it must say', () => {
    expect(trustOf({ principalArn, externalId: 'x1' })).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: principalArn },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'x1' } },
      },
    ]);
  });
});

test('an account can be trusted as a whole', () => {
  const root = 'arn:aws:iam::222222222222:root';
  const { resource } = synthesize(declare({ trusted: [{ principalArn: root }] }));

  expect(String(Object.values(resource.aws_iam_role!)[0]!.assume_role_policy)).toContain(`"AWS":"${root}"`);
});

test('an instance profile has the role, if one is asked for', () => {
  const { resource } = synthesize(declare({ trusted: ['ec2'], instanceProfile: true }));

  expect(Object.values(resource.aws_iam_instance_profile!)).toEqual([
    { name: 'vault_auth', path: '/', role: '${aws_iam_role.vault_role.name}' },
  ]);
  expect(synthesize(declare({ trusted: ['ec2'] })).resource.aws_iam_instance_profile).toBeUndefined();
});

describe('a role that is there already', () => {
  test('gets the policy, and keeps its trust', () => {
    const { resource } = synthesize(declare({ roleArn: 'arn:aws:iam::123456789012:role/ops/vault' }));

    expect(resource.aws_iam_role).toBeUndefined();
    expect(Object.values(resource.aws_iam_role_policy_attachment!)[0]).toMatchObject({ role: 'vault' });
  });

  test('can be known only at apply', () => {
    const { resource } = synthesize((stack) => void declare({ roleArn: lateText(stack) })(stack));

    expect(Object.values(resource.aws_iam_role_policy_attachment!)[0]!.role).toBe(
      '${replace(var.late, "/^.*//", "")}',
    );
  });
});

test('the client configuration has no credential, and waits for the policy', () => {
  const { resource } = synthesize((stack) => {
    const mount = new AwsAuthMount(stack, 'mount', { guideOnly: true });
    const { credentials } = new VaultIamRole(stack, 'vault_role', {
      permissionsFor: mount,
      trusted: ['ec2'],
    });
    new AwsAuthClient(stack, 'client', { mount, credentials });
  });

  expect(resource.vault_aws_auth_backend_client!.client).toEqual({
    backend: '${vault_auth_backend.mount.path}',
    depends_on: [expect.stringMatching(/^aws_iam_role_policy_attachment\./)],
  });
});

test.each<[string, object, string]>([
  ['nobody who trusts', { trusted: [] }, 'trusted: somebody must be able to assume the role; got none'],
  [
    'all principals of an account',
    { trusted: ['ec2', { principalArn: 'arn:aws:iam::222222222222:role/*' }] },
    "trusted[1].principalArn: must be the ARN of a user or role without wildcard, or an account's 'arn:PARTITION:iam::ACCOUNT:root'; got 'arn:aws:iam::222222222222:role/*'",
  ],
  [
    'an issuer in place of its ARN',
    { trusted: [{ serviceAccount: { ...serviceAccount, oidcProviderArn: 'oidc.eks' } }] },
    "trusted[0].serviceAccount.oidcProviderArn: must be 'arn:PARTITION:iam::ACCOUNT:oidc-provider/ISSUER', known at synth; got 'oidc.eks'",
  ],
  [
    'all service accounts',
    { trusted: [{ serviceAccount: { ...serviceAccount, name: '*' } }] },
    "trusted[0].serviceAccount.name: must be a name in Kubernetes; got '*'",
  ],
  [
    'a profile without EC2',
    { trusted: ['ecs-tasks'], instanceProfile: true },
    "instanceProfile: EC2 must be able to assume the role, add 'ec2' to trusted",
  ],
  [
    'the ARN of a user',
    { roleArn: 'arn:aws:iam::123456789012:user/vault' },
    "roleArn: must be a role's ARN, 'arn:PARTITION:iam::ACCOUNT:role/NAME'; got 'arn:aws:iam::123456789012:user/vault'",
  ],
  [
    'a role that is there and one to be made',
    { roleArn: principalArn, trusted: ['ec2'] },
    'trusted: the role is there already, and stays as it is; leave out roleArn or trusted; got both',
  ],
])('a role is refused with %s', (_, props, message) => {
  expect(problemsOf((stack) => void declare(props as Props)(stack))).toEqual([
    `[stack/vault_role] ${message}`,
  ]);
});
