import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import { TerraformStack } from 'cdktf';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  IamGroups,
  RoleTag,
  StsRole,
  VaultPolicy,
} from '../../../../lib/constructs/vault';
import { deployerRules } from '../../../../lib/constructs/vault';
import { testApp } from '../../../support/app';
import { emptyStack, lateText, problemsOf, synthesize } from '../../../support/stack';

const boundPrincipals = [BoundPrincipal.user('alice')];
const rules = [{ path: 'secret/data/app', capabilities: ['read' as const] }];

describe('a mount that another app made', () => {
  test('takes roles, and nothing of it is made or changed', () => {
    const { resource, data } = synthesize((stack) => {
      const mount = AwsAuthMount.fromPath(stack, 'mount', { path: 'aws' });
      new IamAuthRole(stack, 'role', { mount, roleName: 'app', boundPrincipals });
    });

    expect(Object.keys(resource).sort()).toEqual(['terraform_data', 'vault_aws_auth_backend_role']);
    expect(resource.vault_aws_auth_backend_role!.role!.backend).toBe('aws');
    expect(data).not.toHaveProperty('vault_auth_backend');
  });

  test('is read for its accessor, and must be of the method', () => {
    const { data } = synthesize((stack) => {
      const mount = AwsAuthMount.fromPath(stack, 'mount', {
        path: 'aws',
        identity: { iamAlias: 'unique_id', iamMetadata: ['account_id', 'auth_type'] },
      });
      new VaultPolicy(stack, 'policy', {
        policyName: 'app',
        rules: [
          { path: `secret/data/${mount.iamAliasMetadata.template('account_id')}/*`, capabilities: ['read'] },
        ],
      });
    });

    expect(data!.vault_auth_backend).toMatchObject({
      mount: {
        path: 'aws',
        lifecycle: { postcondition: [{ condition: '${self.type == "aws"}' }] },
      },
    });
  });

  test('has a path that is known at synth, and no prop of a mount that is made', () => {
    expect(
      problemsOf((stack) => AwsAuthMount.fromPath(stack, 'mount', { path: lateText(stack) })),
    ).toHaveLength(1);
    expect(problemsOf((stack) => AwsAuthMount.fromPath(stack, 'mount', { path: 'auth/aws' }))).toEqual([
      "[stack/mount] path: must be written without 'auth/', because Vault adds it; got 'auth/aws'",
    ]);
  });

  test('is not also made here', () => {
    expect(
      problemsOf((stack) => {
        AwsAuthMount.fromPath(stack, 'theirs', { path: 'aws' });
        new AwsAuthMount(stack, 'ours', { path: 'aws' });
      }),
    ).toHaveLength(1);
  });

  test('needs of a deployer no more than to read the mount', () => {
    const stack = emptyStack(testApp());
    const mount = AwsAuthMount.fromPath(stack, 'mount', { path: 'aws', identity: { iamAlias: 'unique_id' } });
    new VaultPolicy(stack, 'policy', {
      policyName: 'app',
      rules: [
        { path: `secret/data/${mount.iamAliasMetadata.template('account_id')}/*`, capabilities: ['read'] },
      ],
    });

    expect(deployerRules(stack, 'apply').map(({ path }) => path)).toEqual(
      expect.arrayContaining(['sys/mounts/auth/aws', 'sys/policies/acl/app']),
    );
    expect(
      deployerRules(stack, 'apply').find(({ path }) => path === 'sys/mounts/auth/aws')!.capabilities,
    ).toEqual(['read']);
  });
});

describe('two Vaults or namespaces in one stack', () => {
  const declare = (stack: TerraformStack, name: string) => {
    const provider = new VaultProvider(stack, name, { alias: name, namespace: name });
    const mount = new AwsAuthMount(stack, `${name}_mount`, {
      path: 'aws',
      provider,
      identity: { iamAlias: 'unique_id' },
    });
    new AwsAuthClient(stack, `${name}_client`, { mount, credentials: { ambient: true } });
    new StsRole(stack, `${name}_sts`, {
      mount,
      accountId: '222222222222',
      roleArn: 'arn:aws:iam::222222222222:role/look-up',
    });
    const policy = new VaultPolicy(stack, `${name}_policy`, { policyName: 'app', rules, provider });
    new IamAuthRole(stack, `${name}_role`, { mount, roleName: 'app', boundPrincipals, policies: [policy] });
    const role = new Ec2AuthRole(stack, `${name}_ec2`, {
      mount,
      roleName: 'ec2',
      roleTag: 'vault',
      boundAmiIds: ['ami-01234567'],
      policies: ['app'],
    });
    new RoleTag(stack, `${name}_tag`, { role, policies: ['app'] });
    new IamGroups(stack, `${name}_groups`, {
      mount,
      roleName: 'members',
      groups: { developers: ['app'] },
    });
  };

  test('have the same names, and each resource of Vault is of its own provider', () => {
    const build = (stack: TerraformStack) => ['one', 'two'].forEach((name) => declare(stack, name));
    const { resource, data = {} } = synthesize(build);

    expect(problemsOf(build)).toEqual([]);
    const all = [...Object.entries(resource), ...Object.entries(data)]
      .filter(([type]) => type.startsWith('vault_'))
      .flatMap(([type, blocks]) =>
        Object.entries(blocks as Record<string, { provider?: unknown }>).map(([id, { provider }]) => [
          type,
          id,
          provider,
        ]),
      );
    expect(all.length).toBeGreaterThan(20);
    expect(
      all.filter(([, id, provider]) => provider !== `vault.${String(id).startsWith('one') ? 'one' : 'two'}`),
    ).toEqual([]);
  });

  test('can not have one name twice in the same one', () => {
    expect(
      problemsOf((stack) => {
        const provider = new VaultProvider(stack, 'one', { alias: 'one' });
        new VaultPolicy(stack, 'a', { policyName: 'app', rules, provider });
        new VaultPolicy(stack, 'b', { policyName: 'app', rules, provider });
        new VaultPolicy(stack, 'c', { policyName: 'app', rules });
      }),
    ).toEqual([expect.stringContaining("policy 'app' is declared twice")]);
  });

  test('a provider of something else is refused', () => {
    expect(() =>
      problemsOf((stack) => {
        new VaultPolicy(stack, 'a', { policyName: 'app', rules, provider: stack as never });
      }),
    ).toThrow('provider: must be a VaultProvider of @cdktf/provider-vault; got something else');
  });
});

test('a stack that configures its providers itself has a version with all its fields, too', () => {
  const app = testApp();
  const stack = new TerraformStack(app, 'own');
  new VaultProvider(stack, 'vault', {});
  new AwsAuthMount(stack, 'mount', { identity: { iamAlias: 'canonical_arn' } });
  stack.prepareStack();

  expect(JSON.stringify(stack.toTerraform())).toContain('"version":">= 5.11.0, < 6.0.0"');
});
