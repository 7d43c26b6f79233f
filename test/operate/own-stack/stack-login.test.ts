import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { synth } from '../../../lib/constructs/checks';
import { useProviders } from '../../../lib/constructs/stacks';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  VaultPolicy,
} from '../../../lib/constructs/vault';
import { stackLogin } from '../../../lib/operate/declared';
import { shellProgram } from '../../sandbox/parts/support/shell-program';
import { lateText } from '../../support/stack';

const folder = mkdtempSync(join(tmpdir(), 'stack-login-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ADDRESS = 'https://vault.example.com:8200';
const boundPrincipals = [BoundPrincipal.role('app')];
const mounted = (stack: TerraformStack) => new AwsAuthMount(stack, 'mount', { path: 'team/aws' });
const roleOf = (stack: TerraformStack, roleName: string, mount = mounted(stack), rest: object = {}) =>
  new IamAuthRole(stack, `role_${roleName.length}`, { mount, roleName, boundPrincipals, ...rest });

let number = 0;
/** The login that a stack declares. @param outputs what the deployed stack says @default it is not deployed */
const loginOf = async (
  declare: (stack: TerraformStack) => void,
  {
    role,
    outputs,
    env = {},
  }: { role?: string; outputs?: Record<string, unknown>; env?: NodeJS.ProcessEnv } = {},
  provide = (stack: TerraformStack) => useProviders(stack, { vaultAddress: ADDRESS }),
) => {
  const outdir = join(folder, String((number += 1)));
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'mine');
  provide(stack);
  declare(stack);
  synth(app);
  const values = Object.fromEntries(Object.entries(outputs ?? {}).map(([name, value]) => [name, { value }]));
  const terraform = join(outdir, 'terraform');
  const asked = join(outdir, 'asked');
  shellProgram(terraform, `echo "$*" > ${asked}`, `echo '${JSON.stringify(values)}'`);
  const login = stackLogin(
    { name: 'mine', outdir, env: { ...env, PATH: process.env.PATH, TERRAFORM_BINARY_NAME: terraform } },
    role,
  );
  await login.catch(() => undefined);
  return { login, asked: existsSync(asked) && readFileSync(asked, 'utf8') };
};

const everything = (stack: TerraformStack) => {
  const mount = mounted(stack);
  new AwsAuthClient(stack, 'client', {
    mount,
    credentials: { ambient: true },
    serverIdHeader: 'vault.example.com',
    endpoints: { sts: { url: 'https://sts.eu-central-1.amazonaws.com', region: 'eu-central-1' } },
  });
  const policy = new VaultPolicy(stack, 'policy', {
    policyName: 'app',
    rules: [{ path: 'secret/data/app/*', capabilities: ['read', 'list'] }],
  });
  roleOf(stack, 'app', mount, { policies: [policy, 'shared', 'default'] });
};

describe('the login that a stack declares', () => {
  test('is read from its resources and its providers, without Terraform', async () => {
    const { login, asked } = await loginOf(everything, {}, (stack) =>
      useProviders(stack, {
        vaultAddress: ADDRESS,
        namespace: 'team',
        caCertFile: '/ca.pem',
        tlsServerName: 'vault',
        clientAuth: { certFile: '/cert.pem', keyFile: '/key.pem' },
        endpoints: { sts: { url: 'https://sts.local', region: 'eu-central-1' } },
      }),
    );

    expect(await login).toEqual({
      vaultAddress: ADDRESS,
      namespace: 'team',
      caCertFile: '/ca.pem',
      tlsServerName: 'vault',
      clientAuth: { certFile: '/cert.pem', keyFile: '/key.pem' },
      mountPath: 'team/aws',
      role: 'app',
      serverIdHeader: 'vault.example.com',
      region: 'eu-central-1',
      stsEndpoint: 'https://sts.local',
      policies: [
        { name: 'app', rules: [{ path: 'secret/data/app/*', capabilities: ['read', 'list'] }] },
        { name: 'shared', rules: [] },
      ],
    });
    expect(asked).toBe(false);
  });

  test('reaches Vault as the environment says, if the provider does not', async () => {
    const env = { VAULT_ADDR: 'https://other:8200', VAULT_NAMESPACE: 'ops' };
    const { login } = await loginOf(everything, { env }, (stack) => useProviders(stack));

    expect(await login).toMatchObject({ vaultAddress: 'https://other:8200', namespace: 'ops' });
  });

  test('of a provider without an address needs VAULT_ADDR', async () => {
    const { login } = await loginOf(everything, {}, (stack) => useProviders(stack));

    await expect(login).rejects.toThrow(
      "The Vault provider of the stack 'mine' has no address: set VAULT_ADDR, as for Terraform.",
    );
  });
});

describe('what only the apply knows', () => {
  const late = (stack: TerraformStack) => {
    const name = lateText(stack);
    roleOf(stack, 'app', mounted(stack), { policies: [name] });
    new TerraformOutput(stack, 'policy_name', { value: name, staticId: true });
  };

  test('comes from the outputs of the deployed stack', async () => {
    const { login, asked } = await loginOf(late, { outputs: { policy_name: 'billing' } });

    expect((await login).policies).toEqual([{ name: 'billing', rules: [] }]);
    expect(asked).toBe('output -no-color -json\n');
  });

  test('is an error that says to declare an output', async () => {
    const { login } = await loginOf((stack) =>
      roleOf(stack, 'app', mounted(stack), { policies: [lateText(stack)] }),
    );

    await expect(login).rejects.toThrow(
      "A policy of the role of the stack 'mine' is known only at apply: declare an output with this value, and deploy it; got ${var.late}",
    );
  });

  test('in a path is not asked of Vault, and the other paths are', async () => {
    const { login } = await loginOf((stack) => {
      const rules = [
        { path: `secret/data/${lateText(stack)}/x`, capabilities: ['read' as const] },
        { path: 'secret/data/b', capabilities: ['read' as const] },
      ];
      const policy = new VaultPolicy(stack, 'policy', { policyName: 'app', rules });
      roleOf(stack, 'app', mounted(stack), { policies: [policy] });
    });

    expect((await login).policies[0]!.rules.map(({ path }) => path)).toEqual([
      'secret/data/(known only at apply)/x',
      'secret/data/b',
    ]);
  });
});

describe('the role that is meant', () => {
  const twoMounts = (stack: TerraformStack) => {
    const other = new AwsAuthMount(stack, 'other', { path: 'other' });
    roleOf(stack, 'app');
    new IamAuthRole(stack, 'other_role', { mount: other, roleName: 'app', boundPrincipals });
    roleOf(stack, 'billing', other);
  };

  test.each<[string, string | undefined, string]>([
    [
      'none is named',
      undefined,
      "The stack 'mine' has several roles. Choose one with --role: 'other/app', 'other/billing', 'team/aws/app'.",
    ],
    [
      'a name is on two mounts',
      'app',
      "The stack 'mine' has several roles. Choose one with --role: 'other/app', 'team/aws/app'.",
    ],
    [
      'there is none of the name',
      'ci',
      "The stack 'mine' has no role 'ci'; the roles are: 'other/app', 'other/billing', 'team/aws/app'.",
    ],
  ])('is an error with the list if %s', async (_, role, message) => {
    await expect((await loginOf(twoMounts, { role })).login).rejects.toThrow(message);
  });

  test.each<[string, object]>([
    ['billing', { role: 'billing', mountPath: 'other' }],
    ['team/aws/app', { role: 'app', mountPath: 'team/aws' }],
  ])('is found by %s', async (role, expected) => {
    expect(await (await loginOf(twoMounts, { role })).login).toMatchObject(expected);
  });

  test('is not one of type ec2, which nobody logs in by with AWS credentials', async () => {
    const ec2 = (stack: TerraformStack) =>
      new Ec2AuthRole(stack, 'ec2', {
        mount: mounted(stack),
        roleName: 'ec2',
        boundAmiIds: ['ami-01234567'],
      });

    await expect((await loginOf(ec2)).login).rejects.toThrow(
      "The stack 'mine' has no role that takes AWS credentials: declare an IamAuthRole in it.",
    );
  });
});
