import { GetPolicyVersionCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { type TerraformStack, TerraformVariable, Token } from 'cdktf';
import { AwsAuthMount } from '../../lib/constructs/vault';
import { BoundPrincipal, IamAuthRole, VaultPolicy } from '../../lib/constructs/vault';
import { type Trusted } from '../../lib/constructs/aws/trust';
import { VaultIamRole, VaultIamUser } from '../../lib/constructs/aws';
import type { PolicyRule } from '../../lib/policy';
import { methodStack } from './support/method-stack';
import { ACCOUNT, TestSandbox } from './support/test-sandbox';

// A value that arrives only at apply becomes part of a bind or of a policy's text. One stack has a variable for each
// place: with hostile values Terraform must stop before it makes anything, and with right ones Vault must have them.

let sandbox: TestSandbox;
beforeAll(async () => (sandbox = await TestSandbox.start()));
afterAll(() => sandbox.stop());

interface Place {
  readonly declare: (value: string, id: string, mount: AwsAuthMount, stack: TerraformStack) => unknown;
  /** What no value may be there. */
  readonly hostile: readonly string[];
  readonly good: string;
  /** Where the server has it then. */
  readonly at: (id: string) => Promise<unknown>;
  /** What the server has there. */
  readonly reads: unknown;
}

const boundArns = async (id: string) =>
  (await sandbox.vault<{ data: { bound_iam_principal_arn: string[] } }>('GET', `auth/aws_method/role/${id}`))
    .data.bound_iam_principal_arn;
const policyText = async (id: string) =>
  (await sandbox.vault<{ data: { policy: string } }>('GET', `sys/policies/acl/${id}`)).data.policy;
const trustText = async (id: string) => {
  const { Role } = await sandbox.iam().send(new GetRoleCommand({ RoleName: id }));
  return decodeURIComponent(Role!.AssumeRolePolicyDocument!);
};

const INJECTION =
  'a" { capabilities = ["read"] }\npath "sys/policies/acl/*" { capabilities = ["sudo", "update"] }\n#';
const NO_TEXT = [INJECTION, 'a\\', 'a*', 'a\nb', ''];

const bind =
  (principal: (value: string) => BoundPrincipal): Place['declare'] =>
  (value, roleName, mount, stack) =>
    new IamAuthRole(stack, `role_${roleName}`, {
      mount,
      roleName,
      boundPrincipals: [principal(value)],
      resolveAwsUniqueIds: false,
    });
const rule =
  (of: (value: string) => Partial<PolicyRule>): Place['declare'] =>
  (value, policyName, _, stack) =>
    new VaultPolicy(stack, `policy_${policyName}`, {
      policyName,
      rules: [{ path: 'auth/token/create', capabilities: ['create', 'update'], ...of(value) }],
    });

const trusted =
  (of: (value: string) => Trusted): Place['declare'] =>
  (value, roleName, _, stack) =>
    new VaultIamRole(stack, `iam_${roleName}`, {
      permissionsFor: [],
      roleName,
      policyName: roleName,
      trusted: [of(value)],
    });
const STATEMENT = 'x"}},{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"},{"a":{"b":"';

const PLACES: Readonly<Record<string, Place>> = {
  user: {
    declare: bind((value) => BoundPrincipal.user(value)),
    hostile: ['*', 'a*', 'a/b', 'a:b', '', 'x'.repeat(65)],
    good: 'alice',
    at: boundArns,
    reads: ['arn:aws:iam::123456789012:user/alice'],
  },
  role: {
    declare: bind((value) => BoundPrincipal.role(value)),
    hostile: ['*', 'team-*', 'a/b', ''],
    good: 'app',
    at: boundArns,
    reads: ['arn:aws:iam::123456789012:role/app'],
  },
  user_path: {
    declare: bind((value) => BoundPrincipal.user('alice', value)),
    hostile: ['/*', '/*/', 'a/', '/a', '//', '', '/a:b/'],
    good: '/teams/',
    at: boundArns,
    reads: ['arn:aws:iam::123456789012:user/alice'],
  },
  permission_set: {
    declare: bind((name) => BoundPrincipal.permissionSet({ name, region: 'eu-central-1' })),
    hostile: ['*', 'Dev*', 'a/b', ''],
    good: 'Dev',
    at: boundArns,
    reads: [
      'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Dev_*',
    ],
  },
  permission_set_region: {
    declare: bind((region) => BoundPrincipal.permissionSet({ name: 'Dev', region })),
    hostile: ['*', 'eu-*', 'Frankfurt', ''],
    good: 'eu-central-1',
    at: boundArns,
    reads: [
      'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Dev_*',
    ],
  },
  path: {
    declare: rule((team) => ({ path: `secret/data/${team}/app` })),
    hostile: [...NO_TEXT, '+', 'a/+', '+/a', '..', '../sys', '{{identity.entity.name}}', '/', 'a//b'],
    good: 'team-1/öä',
    at: policyText,
    reads: expect.stringContaining('path "secret/data/team-1/öä/app" {'),
  },
  prefix: {
    declare: rule((team) => ({ path: `secret/data/${team}*` })),
    hostile: ['', '+', '*', 'a/..', '/'],
    good: 'team',
    at: policyText,
    reads: expect.stringContaining('path "secret/data/team*" {'),
  },
  whole_path: {
    declare: rule((path) => ({ path })),
    hostile: [...NO_TEXT, '/v1/secret/x', 'v1/secret/x', ' secret', '+/x'],
    good: 'secret/data/x',
    at: policyText,
    reads: expect.stringContaining('path "secret/data/x" {'),
  },
  required: {
    declare: rule((name) => ({ requiredParameters: [name] })),
    hostile: [...NO_TEXT, 'TTL'],
    good: 'ttl',
    at: policyText,
    reads: expect.stringContaining('required_parameters = ["ttl"]'),
  },
  allowed_name: {
    declare: rule((name) => ({ allowedParameters: { [name]: [] } })),
    hostile: NO_TEXT,
    good: 'ttl',
    at: policyText,
    reads: expect.stringContaining('"ttl" = []'),
  },
  allowed_value: {
    declare: rule((value) => ({ allowedParameters: { ttl: [value] } })),
    hostile: NO_TEXT,
    good: '1h',
    at: policyText,
    reads: expect.stringContaining('"ttl" = ["1h"]'),
  },
  denied_value: {
    declare: rule((value) => ({ deniedParameters: { meta: [{ owner: value }] } })),
    hostile: NO_TEXT,
    good: 'me',
    at: policyText,
    reads: expect.stringContaining('"owner" = "me"'),
  },
  event_type: {
    declare: rule((type) => ({ capabilities: ['subscribe'], subscribeEventTypes: [type] })),
    hostile: NO_TEXT,
    good: 'kv-v2/data-write',
    at: policyText,
    reads: expect.stringContaining('subscribe_event_types = ["kv-v2/data-write"]'),
  },
  ttl: {
    declare: (ttl, roleName, mount, stack) =>
      new IamAuthRole(stack, `role_${roleName}`, {
        mount,
        roleName,
        boundPrincipals: [BoundPrincipal.user('alice')],
        resolveAwsUniqueIds: false,
        tokenTtl: Token.asAny(ttl),
        tokenNumUses: Token.asNumber(ttl),
        tokenNoDefaultPolicy: Token.asAny(`\${var.${roleName} == "90"}`),
      }),
    hostile: ['-1', '1.5', '9223372037', 'soon', '1h'],
    good: '90',
    at: async (id) => (await sandbox.vault<{ data: object }>('GET', `auth/aws_method/role/${id}`)).data,
    reads: expect.objectContaining({ token_ttl: 90, token_num_uses: 90, token_no_default_policy: true }),
  },
  mount_ttl: {
    declare: (ttl, id, _, stack) =>
      new AwsAuthMount(stack, `role_${id}`, { path: id, tune: { maxLeaseTtl: Token.asAny(ttl) } }),
    hostile: ['-1', '1.5', 'soon'],
    good: '5430',
    at: async (id) => (await sandbox.vault<{ data: object }>('GET', `sys/auth/${id}/tune`)).data,
    reads: expect.objectContaining({ max_lease_ttl: 5430 }),
  },
  trusted_principal: {
    declare: trusted((principalArn) => ({ principalArn })),
    hostile: ['*', 'arn:aws:iam::123456789012:role/*', STATEMENT, ''],
    good: 'arn:aws:iam::123456789012:role/vault',
    at: trustText,
    reads: expect.stringContaining('"AWS":"arn:aws:iam::123456789012:role/vault"'),
  },
  trusted_external_id: {
    declare: trusted((externalId) => ({ principalArn: 'arn:aws:iam::123456789012:role/vault', externalId })),
    hostile: ['*', STATEMENT, '${x}', ''],
    good: 'vault-1',
    at: trustText,
    reads: expect.stringContaining('"sts:ExternalId":"vault-1"'),
  },
  trusted_pod: {
    declare: trusted((name) => ({
      serviceAccount: {
        oidcProviderArn: 'arn:aws:iam::123456789012:oidc-provider/oidc.example.com/id/A',
        namespace: 'vault',
        name,
      },
    })),
    hostile: ['*', STATEMENT, 'a:b', ''],
    good: 'vault',
    at: trustText,
    reads: expect.stringContaining('"system:serviceaccount:vault:vault"'),
  },
  assumed: {
    declare: (assumeRole, userName, _, stack) =>
      new VaultIamUser(stack, `iam_${userName}`, {
        permissionsFor: [{ assumeRole }],
        userName,
        policyName: userName,
      }),
    hostile: ['*', 'arn:aws:iam::222222222222:role/*', STATEMENT, ''],
    good: 'arn:aws:iam::222222222222:role/look-up',
    at: async (id) => {
      const { PolicyVersion } = await sandbox
        .iam()
        .send(
          new GetPolicyVersionCommand({ PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/${id}`, VersionId: 'v1' }),
        );
      return decodeURIComponent(PolicyVersion!.Document!);
    },
    reads: expect.stringContaining('"Resource":"arn:aws:iam::222222222222:role/look-up"'),
  },
};

test('Terraform stops at each hostile value before it makes anything, and the server has each right one', async () => {
  const stack = methodStack(sandbox, (mount, stack) => {
    for (const [id, { declare }] of Object.entries(PLACES)) {
      declare(new TerraformVariable(stack, id, { type: 'string' }).stringValue, id, mount, stack);
    }
  });
  sandbox.synthStack(stack);
  await sandbox.init();
  const good = Object.fromEntries(Object.entries(PLACES).map(([id, { good }]) => [id, good]));
  const run = (command: string, values: Readonly<Record<string, string>>) =>
    sandbox.terraform(
      command,
      '-input=false',
      ...(command === 'plan' ? [] : ['-auto-approve']),
      ...Object.entries(values).map(([id, value]) => `-var=${id}=${value}`),
    );

  // Each round has a hostile value of each place, so that each is told by its own message.
  const rounds = Math.max(...Object.values(PLACES).map(({ hostile }) => hostile.length));
  for (let round = 0; round < rounds; round += 1) {
    const hostile = Object.entries(PLACES).filter(([, place]) => place.hostile.length > round);
    const values = Object.fromEntries(hostile.map(([id, place]) => [id, place.hostile[round]!]));
    const { exitCode, output } = await run('apply', { ...good, ...values });

    expect(exitCode).toBe(1);
    const refused = [...output.matchAll(/in resource\.\w+\.(?:policy|role|iam)_(\w+?)\.lifecycle/g)];
    expect([round, [...new Set(refused.map(([, id]) => id))].sort()]).toEqual([
      round,
      hostile.map(([id]) => id).sort(),
    ]);
    expect(await sandbox.vault('GET', 'sys/auth')).not.toHaveProperty('aws_method/');
  }

  expect((await run('apply', good)).exitCode).toBe(0);
  for (const [id, { at, reads }] of Object.entries(PLACES)) {
    expect([id, await at(id)]).toEqual([id, reads]);
  }
  expect((await run('plan', good)).output).toContain('No changes.');
}, 120_000);
