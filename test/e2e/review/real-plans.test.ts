import { RULES } from '../../../lib/review';
import { plainText } from '../../../lib/review/sentence';
import {
  BoundPrincipal,
  IamAuthRole,
  IamGroups,
  type IamGroupsProps,
  VaultPolicy,
} from '../../../lib/constructs/vault';
import { Directory } from '../support/groups';
import { methodStack } from '../support/method-stack';
import { ACCOUNT, TestSandbox } from '../support/test-sandbox';
import { APP, BY_EC2, changed, hcl, iam, LOOK_UP, plainResources, type Resources, TUNE } from './plain-stack';
import { reviewPlanned, writePlain } from './planned';

/** Rules that no plan here meets, and why. */
const WITHOUT_PLAN = {
  'account-assignment':
    "the sandbox's AWS provider is built with the services of the stack alone, without Identity Center",
};

let sandbox: TestSandbox;
let base: Resources;
/** The rules that real plans met. */
const met = new Set<string>();
/** What a review must not show, and the plans that have it. */
const secrets: string[] = [];

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  base = plainResources(sandbox.record.aws.endpoint);
  await sandbox.vault('POST', 'sys/policies/acl/by-hand', { policy: hcl({ 'secret/data/x': ['read'] }) });
  writePlain(sandbox, { resource: base });
  await sandbox.init();
  await sandbox.mustSucceed('apply', '-input=false', '-auto-approve');
  const { values } = JSON.parse(await sandbox.mustSucceed('show', '-json')) as {
    values: { root_module: { resources: { type: string; values: { secret?: string } }[] } };
  };
  secrets.push(
    sandbox.record.aws.admin.secretAccessKey,
    sandbox.record.vault.token,
    ...values.root_module.resources.flatMap(({ type, values: { secret } }) =>
      type === 'aws_iam_access_key' && secret ? [secret] : [],
    ),
  );
});
afterAll(() => sandbox.stop());

/** The findings of what Terraform plans now, the same at every run. Its secrets are in no format. */
async function findings(...options: string[]): Promise<string> {
  const { review, shown } = await reviewPlanned(sandbox, options);
  expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
  for (const { rule } of review.findings) {
    met.add(rule);
  }
  return review.findings
    .map(({ severity, rule, sentence }) => `${severity} ${rule}: ${plainText(sentence)}`)
    .join('\n')
    .replaceAll(sandbox.record.aws.endpoint, 'http://the-sandbox');
}

const planned = (changes: Parameters<typeof changed>[1], more: object = {}) =>
  writePlain(sandbox, { resource: changed(base, changes), ...more });

describe('a stack that this project did not write', () => {
  test('has a secret in its plan, so there is something to hide', async () => {
    writePlain(sandbox, { resource: base });
    await sandbox.mustSucceed('plan', '-input=false', '-out=p');

    expect(secrets.every((secret) => secret.length > 10)).toBe(true);
    expect(await sandbox.mustSucceed('show', '-json', 'p')).toContain(secrets.at(-1));
  });

  test('nothing changes', async () => {
    writePlain(sandbox, { resource: base });

    expect(await findings()).toBe('');
  });

  test('a policy allows more', async () => {
    const policy = hcl({
      ...APP,
      'secret/data/app': ['read', 'update', 'sudo'],
      'secret/data/app/private': ['read'],
      'secret/data/app/keys': ['read'],
      'secret/data/*': ['read'],
    });
    planned({ vault_policy: { app: { policy } } });

    expect(await findings()).toMatchSnapshot();
  });

  test('a policy that nobody of the plan has allows more', async () => {
    planned({ vault_policy: { new: { name: 'new', policy: hcl({ 'sys/*': ['read', 'sudo'] }) } } });

    expect(await findings()).toMatchSnapshot();
  });

  test('roles are opened', async () => {
    planned({
      vault_aws_auth_backend_role: {
        dev: {
          bound_iam_principal_arns: [`arn:aws:iam::${ACCOUNT}:user/*`],
          resolve_aws_unique_ids: false,
          token_ttl: 7200,
          token_max_ttl: 604_800,
          token_bound_cidrs: ['10.0.0.0/8'],
        },
        operator: { token_policies: ['root'] },
        fleet: { bound_ami_ids: [] },
        machines: { inferred_entity_type: null, inferred_aws_region: null, bound_account_ids: null },
        new: {
          backend: 'plain',
          role: 'new',
          auth_type: 'iam',
          bound_iam_principal_arns: [`arn:aws:iam::${ACCOUNT}:role/app`],
          token_policies: ['app', 'ops'],
        },
      },
    });

    expect(await findings()).toMatchSnapshot();
  });

  test('Vault asks somebody else, as somebody else', async () => {
    planned({
      aws_iam_access_key: { second: { user: 'bob' } },
      vault_auth_backend: {
        mount: { tune: [{ ...TUNE, max_lease_ttl: '768h', listing_visibility: 'unauth' }] },
      },
      vault_aws_auth_backend_client: {
        client: {
          access_key: '${aws_iam_access_key.second.id}',
          secret_key: '${aws_iam_access_key.second.secret}',
          sts_endpoint: 'https://sts.example.com',
          iam_endpoint: null,
          iam_server_id_header_value: null,
        },
      },
      vault_aws_auth_backend_config_identity: { identity: { iam_alias: 'full_arn' } },
      vault_aws_auth_backend_cert: {
        abroad: { backend: 'plain', cert_name: 'abroad', aws_public_cert: 'only planned, so never read' },
      },
      vault_aws_auth_backend_sts_role: {
        other: {
          backend: 'plain',
          account_id: '222222222222',
          sts_role: 'arn:aws:iam::222222222222:role/look-up',
        },
      },
    });

    expect(await findings('-replace=aws_iam_access_key.vault')).toMatchSnapshot();
  });

  test('AWS allows more', async () => {
    planned({
      aws_iam_user_policy: { vault: { policy: iam(LOOK_UP, { Action: 'iam:*', Resource: '*' }) } },
      aws_iam_role: {
        app: {
          assume_role_policy: iam(BY_EC2, { Action: 'sts:AssumeRole', Principal: { AWS: '*' } }),
          permissions_boundary: null,
          max_session_duration: 43_200,
        },
      },
      aws_iam_user_login_profile: { alice: { user: '${aws_iam_user.alice.name}' } },
      aws_iam_instance_profile: { app: { name: 'app', role: '${aws_iam_role.app.name}' } },
      aws_iam_openid_connect_provider: {
        gitlab: { url: 'https://gitlab.example.com', client_id_list: ['sts.amazonaws.com'] },
      },
      aws_iam_user_policy_attachment: {
        vault: { user: 'vault', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      },
    });

    expect(await findings('-replace=aws_iam_user.alice')).toMatchSnapshot();
  });

  test('a role and the client go, and the mount is replaced', async () => {
    planned({
      vault_aws_auth_backend_role: Object.fromEntries(
        Object.keys(base.vault_aws_auth_backend_role!).map((name) => [
          name,
          name === 'operator' ? null : { depends_on: [] },
        ]),
      ),
      vault_aws_auth_backend_client: { client: null },
    });

    expect(await findings('-replace=vault_auth_backend.mount')).toMatchSnapshot();
  });

  test('a member joins, another method gives a policy, and a policy is known only after the apply', async () => {
    planned({
      aws_iam_user: { new: { name: 'new' } },
      vault_identity_entity: { carol: { metadata: { team: 'ops' } } },
      vault_identity_group: { team: { member_entity_ids: ['${vault_identity_entity.dave.id}'] } },
      vault_token_auth_backend_role: { ci: { role_name: 'ci', allowed_policies: ['ops'] } },
      vault_policy: {
        ops: { policy: 'path "secret/data/${aws_iam_user.new.unique_id}" {\n capabilities = ["read"]\n}' },
      },
    });

    expect(await findings()).toMatchSnapshot();
  });

  test('a policy is imported, another is moved', async () => {
    planned(
      {
        vault_policy: {
          ops: null,
          operations: base.vault_policy!.ops!,
          by_hand: { name: 'by-hand', policy: hcl({ 'secret/data/x': ['read'] }) },
        },
        vault_aws_auth_backend_role: { operator: { token_policies: ['${vault_policy.operations.name}'] } },
      },
      {
        import: [{ to: 'vault_policy.by_hand', id: 'by-hand' }],
        moved: [{ from: 'vault_policy.ops', to: 'vault_policy.operations' }],
      },
    );

    expect(await findings()).toMatchSnapshot();
  });

  test('the mount gets another path, somebody joins an IAM group, and a role is let go', async () => {
    planned(
      {
        vault_auth_backend: { mount: { path: 'moved' } },
        aws_iam_group: { admins: { name: 'admins' } },
        aws_iam_user_group_membership: {
          alice: { user: '${aws_iam_user.alice.name}', groups: ['${aws_iam_group.admins.name}'] },
        },
        vault_aws_auth_backend_role: { operator: null },
      },
      { removed: [{ from: 'vault_aws_auth_backend_role.operator', lifecycle: { destroy: false } }] },
    );

    expect(await findings()).toMatchSnapshot();
  });

  test('a part is planned', async () => {
    planned({
      vault_policy: { app: { policy: hcl({ ...APP, 'secret/data/app': ['read', 'update'] }) } },
      vault_aws_auth_backend_role: { operator: { token_policies: ['root'] } },
    });

    expect(await findings('-target=vault_policy.app')).toMatchSnapshot();
  });

  test('somebody changed Vault by hand', async () => {
    writePlain(sandbox, { resource: base });
    await sandbox.vault('POST', 'auth/plain/role/operator', { token_policies: ['ops', 'root'] });
    await sandbox.vault('POST', 'sys/policies/acl/app', { policy: hcl({ '*': ['read', 'sudo'] }) });

    expect(await findings()).toMatchSnapshot();
    expect(await findings('-refresh-only')).toMatchSnapshot();
  });
});

describe('a stack of this project', () => {
  const stack = (groups: IamGroupsProps['groups'], capabilities: readonly ('read' | 'update')[]) =>
    methodStack(
      sandbox,
      (mount, scope) => {
        const policy = new VaultPolicy(scope, 'policy', {
          policyName: 'developer',
          rules: [{ path: 'secret/data/*', capabilities: [...capabilities] }],
        });
        new IamGroups(scope, 'groups', { mount, roleName: 'people', groups });
        new IamAuthRole(scope, 'role', {
          mount,
          roleName: 'everyone',
          boundPrincipals: [BoundPrincipal.arn(`arn:aws:iam::${ACCOUNT}:user/staff/*`)],
          policies: [policy],
        });
      },
      { identity: { iamAlias: 'unique_id' } },
    );

  test('gets a group and a member, and a policy is widened', async () => {
    const directory = new Directory(sandbox);
    await directory.user('erin');
    await directory.user('frank');
    await directory.group('developers', 'erin');
    await directory.group('operators', 'frank');
    sandbox.synthStack(stack({ developers: ['developer'] }, ['read']));
    await sandbox.init();
    expect(await findings()).toMatchSnapshot('made');

    await sandbox.mustSucceed('apply', '-input=false', 'p');
    await directory.join('developers', 'frank');
    sandbox.synthStack(stack({ developers: ['developer'], operators: ['infra'] }, ['read', 'update']));
    expect(await findings()).toMatchSnapshot('changed');
  });
});

test('every rule has a real plan, or a reason why there is none', () => {
  expect(RULES.map(({ id }) => id).filter((id) => !met.has(id))).toEqual(Object.keys(WITHOUT_PLAN));
});
