import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { IdentityGroup } from '@cdktf/provider-vault/lib/identity-group';
import { Mount } from '@cdktf/provider-vault/lib/mount';
import { Fn, TerraformStack } from 'cdktf';
import { SelfRotatingIamUser } from '../../../../lib/constructs/aws';
import { checkRules } from '../../../../lib/policy';
import { useProviders, useVault } from '../../../../lib/constructs/stacks';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  deployerRules,
  IamAuthRole,
  IamGroups,
  StsRole,
  VaultPolicy,
} from '../../../../lib/constructs/vault';
import { testApp } from '../../../support/app';
import { emptyStack, lateText } from '../../../support/stack';

const rulesOf = (build: (stack: TerraformStack) => void, deployment: 'plan' | 'apply' = 'apply') => {
  const stack = emptyStack(testApp());
  build(stack);
  return deployerRules(stack, deployment);
};
const pathsOf = (build: (stack: TerraformStack) => void) => rulesOf(build).map(({ path }) => path);
const PROVIDER = ['auth/token/create', 'auth/token/lookup-self'];

test('the provider’s own requests have rules without any resource', () => {
  expect(rulesOf(() => {})).toEqual([
    { path: 'auth/token/create', capabilities: ['update'] },
    { path: 'auth/token/lookup-self', capabilities: ['read'] },
  ]);
});

test('without a child token, no rule allows to make one', () => {
  const stack = new TerraformStack(testApp(), 'stack');
  useProviders(stack, { skipChildToken: true });

  expect(deployerRules(stack, 'apply')).toEqual([{ path: 'auth/token/lookup-self', capabilities: ['read'] }]);
});

test('references are followed to their names, and a name that is known only at apply is a wildcard', () => {
  expect(
    pathsOf((stack) => {
      const mount = new AwsAuthMount(stack, 'mount', { path: 'team/aws', guideOnly: true });
      const boundPrincipals = [BoundPrincipal.allUsers()];
      new IamAuthRole(stack, 'app', { mount, roleName: 'app', boundPrincipals });
      new IamAuthRole(stack, 'other', { mount, roleName: lateText(stack), boundPrincipals });
      const roleArn = 'arn:aws:iam::222222222222:role/vault';
      new StsRole(stack, 'sts', { mount, accountId: '222222222222', roleArn });
      new VaultPolicy(stack, 'policy', { policyName: 'app', rules: [{ path: 'a', capabilities: ['read'] }] });
    }),
  ).toEqual(
    [
      ...PROVIDER,
      'auth/team/aws/config/sts/222222222222',
      'auth/team/aws/role/+',
      'auth/team/aws/role/app',
      'sys/auth/team/aws',
      'sys/mounts/auth/team/aws',
      'sys/mounts/auth/team/aws/tune',
      'sys/policies/acl/app',
    ].sort(),
  );
});

describe('a path that refers to another part of the stack', () => {
  const rotated = (stack: TerraformStack) => {
    const mount = new AwsAuthMount(stack, 'mount', { path: 'team/aws', identity: { iamAlias: 'unique_id' } });
    const { credentials } = new SelfRotatingIamUser(stack, 'vault_user', {
      permissionsFor: mount,
      rotation: 1,
    });
    new AwsAuthClient(stack, 'client', { mount, credentials });
    new IamGroups(stack, 'groups', { mount, roleName: 'people', groups: { developers: ['developer'] } });
  };
  const capabilitiesOf = (path: string, deployment: 'plan' | 'apply') =>
    rulesOf(rotated, deployment).find((rule) => rule.path === path)?.capabilities;

  test('is the path of that mount, and of no other', () => {
    expect(capabilitiesOf('auth/team/aws/config/rotate-root', 'apply')).toEqual(['update']);
    expect(pathsOf(rotated).filter((path) => path.startsWith('auth/+') || path === '+')).toEqual([]);
  });

  test('is read by its ID, through a local value', () => {
    expect(capabilitiesOf('auth/team/aws/config/client', 'plan')).toEqual(['read']);
  });

  test('is only written, and not for a plan, if Vault has nothing to read', () => {
    expect(capabilitiesOf('identity/entity-alias', 'apply')).toEqual(['update']);
    expect(capabilitiesOf('identity/entity-alias', 'plan')).toBeUndefined();
    expect(capabilitiesOf('auth/team/aws/config/rotate-root', 'plan')).toBeUndefined();
  });
});

test('members of groups have rules for entities and groups with any ID', () => {
  const rules = rulesOf((stack) => {
    const mount = new AwsAuthMount(stack, 'mount', { identity: { iamAlias: 'unique_id' } });
    new IamGroups(stack, 'groups', { mount, roleName: 'people', groups: { developers: ['developer'] } });
  });

  expect(rules.filter(({ path }) => path.startsWith('identity/'))).toEqual([
    { path: 'identity/entity', capabilities: ['update'] },
    { path: 'identity/entity-alias', capabilities: ['update'] },
    { path: 'identity/entity/id/+', capabilities: ['read', 'update', 'delete'] },
    { path: 'identity/group', capabilities: ['update'] },
    { path: 'identity/group/id/+', capabilities: ['read', 'update', 'delete'] },
  ]);
});

test('a generic endpoint is made, read and deleted, unless it says otherwise', () => {
  const endpoint = (props: object) =>
    rulesOf((stack) => {
      new GenericEndpoint(stack, 'endpoint', { path: 'kv/app', dataJson: '{}', ...props });
    }).filter(({ path }) => path === 'kv/app');

  expect(endpoint({})).toEqual([{ path: 'kv/app', capabilities: ['read', 'create', 'update', 'delete'] }]);
  expect(endpoint({ disableRead: true, disableDelete: true })).toEqual([
    { path: 'kv/app', capabilities: ['create', 'update'] },
  ]);
});

test('a path that is known only at apply has no rule, because the rule would be for all of Vault', () => {
  expect(() =>
    pathsOf(
      (stack) => void new GenericEndpoint(stack, 'endpoint', { path: lateText(stack), dataJson: '{}' }),
    ),
  ).toThrow('deployerRules: a path is known only at apply, and a wildcard for it would match all of Vault');
});

test('each segment that is known only at apply is a wildcard of its own', () => {
  const paths = pathsOf((stack) => {
    const path = `kv/team-${lateText(stack, 'team')}/keys/${Fn.lower(Fn.trimspace(lateText(stack, 'key')))}/x`;
    new GenericEndpoint(stack, 'endpoint', { path, dataJson: '{}' });
  });

  expect(paths).toContain('kv/+/keys/+/x');
});

test('a plan only reads', () => {
  const rules = rulesOf((stack) => {
    new AwsAuthMount(stack, 'mount', { path: 'aws' });
    new IdentityGroup(stack, 'group', { name: 'developers' });
  }, 'plan');

  expect(rules.filter(({ path }) => !PROVIDER.includes(path))).toEqual([
    { path: 'auth/aws/config/identity', capabilities: ['read'] },
    { path: 'identity/group/id/+', capabilities: ['read'] },
    { path: 'sys/mounts/auth/aws', capabilities: ['read'] },
  ]);
  expect(checkRules(rules)).toEqual([]);
});

test('a resource whose paths are not known is named', () => {
  expect(() => pathsOf((stack) => void new Mount(stack, 'mount', { path: 'kv', type: 'kv' }))).toThrow(
    'deployerRules: the paths of these resources are not known; got vault_mount',
  );
});

test('namespace, TLS and a client certificate are the provider’s', () => {
  const stack = new TerraformStack(testApp(), 'stack');
  useVault(stack, {
    vaultAddress: 'https://vault.example.com:8200',
    namespace: 'team',
    caCertFile: '/ca.pem',
    caCertDir: '/ca',
    tlsServerName: 'vault.internal',
    clientAuth: { certFile: '/client.pem', keyFile: '/client.key' },
  });

  const { provider } = stack.toTerraform() as { provider: { vault: object[] } };
  expect(provider.vault).toEqual([
    {
      address: 'https://vault.example.com:8200',
      namespace: 'team',
      ca_cert_file: '/ca.pem',
      ca_cert_dir: '/ca',
      tls_server_name: 'vault.internal',
      client_auth: [{ cert_file: '/client.pem', key_file: '/client.key' }],
    },
  ]);
});
