import {
  type AwsAuthMount,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  InferredAuthRole,
} from '../../lib/constructs/vault';
import { methodStack, MOUNT } from './support/method-stack';
import { TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => (sandbox = await TestSandbox.start()));
afterAll(() => sandbox.stop());

const USERS = BoundPrincipal.arn('arn:aws:iam::123456789012:user/*');
const inRole = async () =>
  (await sandbox.vault<{ data: Record<string, unknown> }>('GET', `auth/${MOUNT}/role/app`)).data;

const ec2 =
  (props: Partial<ConstructorParameters<typeof Ec2AuthRole>[2]> = {}) =>
  (mount: AwsAuthMount) =>
    new Ec2AuthRole(mount.node.scope!, 'role', {
      mount,
      roleName: 'app',
      boundAccountIds: ['123456789012'],
      ...props,
    });
const inferred =
  (props: Partial<ConstructorParameters<typeof InferredAuthRole>[2]> = {}) =>
  (mount: AwsAuthMount) =>
    new InferredAuthRole(mount.node.scope!, 'role', {
      mount,
      roleName: 'app',
      inferredRegion: 'us-east-1',
      boundAccountIds: ['123456789012'],
      ...props,
    });
const iam = (mount: AwsAuthMount) =>
  new IamAuthRole(mount.node.scope!, 'role', { mount, roleName: 'app', boundPrincipals: [USERS] });

type Declare = (mount: AwsAuthMount) => unknown;

// The provider sends none of these on an update: without a replacement the old value stays, and the plan never ends.
describe('what is taken out of a role is gone from the server after one apply:', () => {
  test.each<[string, Declare, Record<string, unknown>, Declare, Record<string, unknown>]>([
    [
      'a list of AMIs',
      ec2({ boundAmiIds: ['ami-0123456789abcdef0'] }),
      { bound_ami_id: ['ami-0123456789abcdef0'] },
      ec2(),
      { bound_ami_id: [] },
    ],
    [
      'an emptied list of regions',
      ec2({ boundRegions: ['us-east-1'] }),
      { bound_region: ['us-east-1'] },
      ec2({ boundRegions: [] }),
      { bound_region: [] },
    ],
    [
      'one of two subnets',
      ec2({ boundSubnetIds: ['subnet-01234567', 'subnet-89abcdef'] }),
      { bound_subnet_id: expect.arrayContaining(['subnet-01234567', 'subnet-89abcdef']) },
      ec2({ boundSubnetIds: ['subnet-01234567'] }),
      { bound_subnet_id: ['subnet-01234567'] },
    ],
    [
      'the permission to migrate',
      ec2({ allowInstanceMigration: true }),
      { allow_instance_migration: true },
      ec2({ allowInstanceMigration: false }),
      { allow_instance_migration: false },
    ],
    [
      'the refusal of a second login',
      ec2({ disallowReauthentication: true }),
      { disallow_reauthentication: true },
      ec2(),
      { disallow_reauthentication: false },
    ],
    ['a role tag', ec2({ roleTag: 'vault-role' }), { role_tag: 'vault-role' }, ec2(), { role_tag: '' }],
    [
      'the principals of an inferring role',
      inferred({ boundPrincipals: [USERS] }),
      { bound_iam_principal_arn: ['arn:aws:iam::123456789012:user/*'] },
      inferred(),
      { bound_iam_principal_arn: [] },
    ],
    [
      'the inference',
      inferred({ boundPrincipals: [USERS] }),
      { inferred_entity_type: 'ec2_instance', bound_account_id: ['123456789012'] },
      iam,
      { inferred_entity_type: '', inferred_aws_region: '', bound_account_id: [] },
    ],
    ['the type', ec2(), { auth_type: 'ec2' }, iam, { auth_type: 'iam', bound_account_id: [] }],
  ])('%s', async (_, before, had, after, has) => {
    await sandbox.applyStack(methodStack(sandbox, before));
    expect(await inRole()).toMatchObject(had);

    await sandbox.applyStack(methodStack(sandbox, after));

    expect(await inRole()).toMatchObject(has);
    expect(await sandbox.plannedChanges()).toBeUndefined();
  });
});

test('what is changed and not taken out is changed in place: the role keeps its ID', async () => {
  await sandbox.applyStack(methodStack(sandbox, ec2({ boundAmiIds: ['ami-01234567'] })));
  const { role_id: before } = await inRole();

  await sandbox.applyStack(methodStack(sandbox, ec2({ boundAmiIds: ['ami-89abcdef', 'ami-01234567'] })));

  expect(await inRole()).toMatchObject({ role_id: before, bound_ami_id: ['ami-01234567', 'ami-89abcdef'] });
});

test('another role that is added replaces none that is there', async () => {
  await sandbox.applyStack(methodStack(sandbox, ec2()));
  const { role_id: before } = await inRole();

  await sandbox.applyStack(
    methodStack(sandbox, (mount) => {
      ec2()(mount);
      new IamAuthRole(mount.node.scope!, 'another', { mount, roleName: 'another', boundPrincipals: [USERS] });
    }),
  );

  expect(await inRole()).toMatchObject({ role_id: before });
});
