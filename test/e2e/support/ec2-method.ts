import { PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { SANDBOX_REGION } from '../../../lib/sandbox/region';
import { allow, type Fleet, LOOKUPS } from './fleet';
import type { Instance } from './instance';
import type { IdentityAuthority } from './instance-identity';
import type { TestSandbox } from './test-sandbox';

/** The mount path. */
export const MOUNT = 'aws_ec2';

const POLICIES = ['billing', 'reports'];

/** Every bind that an EC2 role and an inferring IAM role share, with its value for an instance. */
export const binds = ({ imageId, accountId, vpcId, subnetId, ...instance }: Instance) => ({
  bound_ami_id: imageId,
  bound_account_id: accountId,
  bound_vpc_id: vpcId,
  bound_subnet_id: subnetId,
  bound_ec2_instance_id: instance.instanceId,
  bound_iam_instance_profile_arn: instance.instanceProfileArn,
  bound_iam_role_arn: instance.roleArn,
});

export type Bind = keyof ReturnType<typeof binds>;

/**
 * Sets the method up for the instances of a fleet: everything before the first login. For each bind there are the
 * roles `ec2_BIND` and `inferred_BIND`, bound to the instance `app`; the other roles are bound to the accounts only.
 */
export async function configure(
  sandbox: TestSandbox,
  { app, foreign, foreignLookupRole }: Fleet,
  authority: IdentityAuthority,
): Promise<void> {
  const key = await sandbox.createUser('vault_auth');
  const mayLookUp = { PolicyName: 'lookups', PolicyDocument: allow(LOOKUPS) };
  const mayAssume = {
    PolicyName: 'assume',
    PolicyDocument: allow(['sts:AssumeRole'], foreignLookupRole),
  };
  for (const policy of [mayLookUp, mayAssume]) {
    await sandbox.iam().send(new PutUserPolicyCommand({ UserName: 'vault_auth', ...policy }));
  }

  const write = (path: string, body: object) => sandbox.vault('POST', `auth/${MOUNT}/${path}`, body);
  await sandbox.vault('POST', `sys/auth/${MOUNT}`, { type: 'aws' });
  const { endpoint } = sandbox.record.aws;
  await write('config/client', {
    access_key: key.accessKeyId,
    secret_key: key.secretAccessKey,
    endpoint,
    iam_endpoint: endpoint,
    sts_endpoint: endpoint,
    sts_region: SANDBOX_REGION,
  });
  await write(`config/sts/${foreign.accountId}`, { sts_role: foreignLookupRole });
  await write('config/identity', {
    ec2_metadata: ['account_id', 'ami_id', 'instance_id', 'region'],
    iam_metadata: ['account_id', 'client_arn', 'inferred_aws_region', 'inferred_entity_id'],
  });
  for (const type of ['identity', 'pkcs7']) {
    await write(`config/certificate/${type}`, { aws_public_cert: authority.certificate, type });
  }

  const ec2 = { auth_type: 'ec2', token_policies: POLICIES };
  const inferred = {
    auth_type: 'iam',
    inferred_entity_type: 'ec2_instance',
    inferred_aws_region: SANDBOX_REGION,
    token_policies: POLICIES,
  };
  const anyAccount = { bound_account_id: [app.accountId, foreign.accountId] };
  await write('role/ec2', { ...ec2, ...anyAccount });
  await write('role/once', { ...ec2, ...anyAccount, disallow_reauthentication: true });
  await write('role/migrating', { ...ec2, ...anyAccount, allow_instance_migration: true });
  await write('role/tagged', { ...ec2, ...anyAccount, role_tag: 'vault-role' });
  await write('role/inferred', { ...inferred, ...anyAccount });
  await write('role/inferred_principal', {
    ...inferred,
    bound_ami_id: app.imageId,
    bound_iam_principal_arn: `arn:aws:iam::${app.accountId}:role/app`,
    resolve_aws_unique_ids: false,
  });
  for (const [bind, value] of Object.entries(binds(app))) {
    await write(`role/ec2_${bind}`, { ...ec2, [bind]: value });
    await write(`role/inferred_${bind}`, { ...inferred, [bind]: value });
  }
  await write('role/ec2_bound_region', { ...ec2, bound_region: app.region });
}
