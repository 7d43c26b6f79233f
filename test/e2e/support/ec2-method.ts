import {
  AwsCertificate,
  BoundPrincipal,
  Ec2AuthRole,
  InferredAuthRole,
  type InstanceBinds,
  StsRole,
} from '../../../lib/constructs/vault';
import { SANDBOX_REGION } from '../../../sandbox/region';
import type { Fleet } from './fleet';
import type { Instance } from './instance';
import type { IdentityAuthority } from './instance-identity';
import { methodStack } from './method-stack';
import type { TestSandbox } from './test-sandbox';

export { MOUNT } from './method-stack';

const policies = ['billing', 'reports'];

/** Every bind that an EC2 role and an inferring IAM role share, with its value for an instance. */
const binds = ({ imageId, accountId, vpcId, subnetId, ...instance }: Instance): Required<InstanceBinds> => ({
  boundAmiIds: [imageId],
  boundAccountIds: [accountId],
  boundVpcIds: [vpcId],
  boundSubnetIds: [subnetId],
  boundInstanceIds: [instance.instanceId],
  boundInstanceProfileArns: [instance.instanceProfileArn],
  boundIamRoleArns: [instance.roleArn],
});

export type Bind = keyof InstanceBinds;

/** Name of the role of a type that has one bind only: `ec2_boundamiids`. */
export const roleOf = (type: 'ec2' | 'inferred', bind: Bind) => `${type}_${bind}`.toLowerCase();

/**
 * Deploys the method for the instances of a fleet: everything before the first login. For each bind there are a role
 * of type ec2 and an inferring one, bound to the instance `app`; the other roles are bound to the accounts only.
 */
export async function configure(
  sandbox: TestSandbox,
  { app, foreign, foreignLookupRole }: Fleet,
  authority: IdentityAuthority,
): Promise<void> {
  const anyAccount = { boundAccountIds: [app.accountId, foreign.accountId] };
  await sandbox.applyStack(
    methodStack(
      sandbox,
      (mount, stack) => {
        new StsRole(stack, 'foreign', {
          mount,
          accountId: foreign.accountId,
          roleArn: foreignLookupRole,
        });
        for (const type of ['identity', 'pkcs7'] as const) {
          const pem = authority.certificate;
          new AwsCertificate(stack, `certificate_${type}`, { mount, certificateName: type, pem, type });
        }
        const ec2 = (roleName: string, props: Partial<ConstructorParameters<typeof Ec2AuthRole>[2]>) =>
          new Ec2AuthRole(stack, `role_${roleName}`, { mount, roleName, policies, ...props });
        const inferred = (
          roleName: string,
          props: Partial<ConstructorParameters<typeof InferredAuthRole>[2]>,
        ) =>
          new InferredAuthRole(stack, `role_${roleName}`, {
            mount,
            roleName,
            inferredRegion: SANDBOX_REGION,
            policies,
            ...props,
          });

        ec2('ec2', anyAccount);
        ec2('once', { ...anyAccount, disallowReauthentication: true });
        ec2('migrating', { ...anyAccount, allowInstanceMigration: true });
        ec2('tagged', { ...anyAccount, roleTag: 'vault-role' });
        ec2('ec2_region', { boundRegions: [app.region] });
        inferred('inferred', anyAccount);
        inferred('inferred_principal', {
          boundAmiIds: [app.imageId],
          boundPrincipals: [BoundPrincipal.arn(`arn:aws:iam::${app.accountId}:role/app`)],
          resolveAwsUniqueIds: false,
        });
        for (const [bind, value] of Object.entries(binds(app))) {
          ec2(roleOf('ec2', bind as Bind), { [bind]: value });
          inferred(roleOf('inferred', bind as Bind), { [bind]: value });
        }
      },
      {
        identity: {
          ec2Metadata: ['account_id', 'ami_id', 'instance_id', 'region'],
          iamMetadata: ['account_id', 'auth_type', 'client_arn', 'inferred_aws_region', 'inferred_entity_id'],
        },
      },
    ),
  );
}
