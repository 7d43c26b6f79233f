import { TerraformOutput, TerraformStack } from 'cdktf';
import { VaultIamUser } from '../../lib/constructs/aws';
import { useProviders, useStateBackend } from '../../lib/constructs/stacks';
import {
  AwsAuthClient,
  AwsAuthMount,
  AwsCertificate,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  RoleTag,
  StsRole,
} from '../../lib/constructs/vault';
import { defaultOf, fieldRows, type FieldRow, WITHOUT_DEFAULT } from '../docs/field-rows';
import { IdentityAuthority } from './support/instance-identity';
import { TestSandbox } from './support/test-sandbox';

const OTHER = '222222222222';
const STS_ROLE = `arn:aws:iam::${OTHER}:role/vault`;
const AMI = 'ami-0123456789abcdef0';
const BY_HAND = 'by_hand';

let sandbox: TestSandbox;
const authority = new IdentityAuthority();

/** Each resource of the method, with nothing given but what is needed. */
function leastMethod(stack: TerraformStack): void {
  useProviders(stack);
  useStateBackend(stack, { kind: 'local' });
  const mount = new AwsAuthMount(stack, 'mount', { identityAccessListTidy: {}, roleTagDenyListTidy: {} });
  const { credentials } = new VaultIamUser(stack, 'vault_user', { permissionsFor: mount });
  new AwsAuthClient(stack, 'client', { mount, credentials });
  new StsRole(stack, 'sts_role', { mount, accountId: OTHER, roleArn: STS_ROLE });
  new AwsCertificate(stack, 'certificate', { mount, certificateName: 'x', pem: authority.certificate });
  // A wildcard is looked up only at a login.
  new IamAuthRole(stack, 'iam', { mount, roleName: 'iam', boundPrincipals: [BoundPrincipal.allUsers()] });
  new Ec2AuthRole(stack, 'ec2', { mount, roleName: 'ec2', boundAmiIds: [AMI] });
  const tagged = new Ec2AuthRole(stack, 'tagged', {
    mount,
    roleName: 'tagged',
    boundAmiIds: [AMI],
    roleTag: 'vault',
  });
  const { value } = new RoleTag(stack, 'least', { role: tagged });
  new TerraformOutput(stack, 'tag', { value, staticId: true });
}

/** The same, written to Vault itself. */
async function writeByHand(): Promise<void> {
  const at = `auth/${BY_HAND}`;
  await sandbox.vault('POST', `sys/${at}`, { type: 'aws' });
  for (const path of ['config/client', 'config/tidy/identity-accesslist', 'config/tidy/roletag-denylist']) {
    await sandbox.vault('POST', `${at}/${path}`, {});
  }
  await sandbox.vault('POST', `${at}/config/sts/${OTHER}`, { sts_role: STS_ROLE });
  const aws_public_cert = Buffer.from(authority.certificate).toString('base64');
  await sandbox.vault('POST', `${at}/config/certificate/x`, { aws_public_cert });
  const anybody = { auth_type: 'iam', bound_iam_principal_arn: `arn:aws:iam::${OTHER}:user/*` };
  await sandbox.vault('POST', `${at}/role/iam`, anybody);
  const instances = { auth_type: 'ec2', bound_ami_id: AMI };
  await sandbox.vault('POST', `${at}/role/ec2`, instances);
  await sandbox.vault('POST', `${at}/role/tagged`, { ...instances, role_tag: 'vault' });
  const tag = await sandbox.vault<{ data: { tag_value: string } }>('POST', `${at}/role/tagged/tag`, {});
  tags.set(BY_HAND, tag.data.tag_value);
}

/** The role tag of each mount. */
const tags = new Map<string, string>();

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await sandbox.applyStack((app) => {
    const stack = new TerraformStack(app, 'method');
    leastMethod(stack);
    return stack;
  });
  const { tag } = JSON.parse(await sandbox.mustSucceed('output', '-json')) as { tag: { value: string } };
  tags.set('aws_test', tag.value);
  await writeByHand();
});
afterAll(() => sandbox.stop());

/** Where Vault answers for a table of docs/fields.md. A role is read once for each class of it. */
const ANSWERS: Readonly<Record<string, (mount: string) => string[]>> = {
  vault_auth_backend: (mount) => [`sys/mounts/auth/${mount}`],
  'vault_auth_backend tune': (mount) => [`sys/mounts/auth/${mount}/tune`],
  vault_aws_auth_backend_client: (mount) => [`auth/${mount}/config/client`],
  vault_aws_auth_backend_config_identity: (mount) => [`auth/${mount}/config/identity`],
  vault_aws_auth_backend_role: (mount) => [`auth/${mount}/role/iam`, `auth/${mount}/role/ec2`],
  vault_aws_auth_backend_sts_role: (mount) => [`auth/${mount}/config/sts/${OTHER}`],
  vault_aws_auth_backend_cert: (mount) => [`auth/${mount}/config/certificate/x`],
  vault_aws_auth_backend_identity_whitelist: (mount) => [`auth/${mount}/config/tidy/identity-accesslist`],
  vault_aws_auth_backend_roletag_blacklist: (mount) => [`auth/${mount}/config/tidy/roletag-denylist`],
};

/** What Vault's answers leave out as long as it is not set. */
const LEFT_OUT: readonly string[] = [
  'identity_token_key',
  'listing_visibility',
  'audit_non_hmac_request_keys',
  'audit_non_hmac_response_keys',
  'passthrough_request_headers',
  'allowed_response_headers',
  'external_id',
  'alias_metadata',
];

/** What Vault answers for a field, once for each place that has it. */
async function answersFor({ table, field }: FieldRow, mount: string): Promise<unknown[]> {
  if (table === 'vault_aws_auth_backend_role_tag') {
    return [ofTag(tags.get(mount)!)[field]];
  }
  if (field === 'path') {
    return Object.keys(await sandbox.vault('GET', 'sys/auth'))
      .filter((path) => path === `${mount}/`)
      .map((path) => path.slice(0, -1));
  }
  const places = ANSWERS[table]!(mount).filter(
    (place) => field !== 'bound_ami_ids' || !place.endsWith('ec2'),
  );
  return Promise.all(
    places.map(async (place) => {
      const { data } = await sandbox.vault<{ data: Record<string, unknown> }>('GET', place);
      // The provider has its own names for the API's fields.
      const name = [field, field.replace(/s$/, ''), field.replace('ec2_', '')].find((one) => one in data);
      if (name === undefined && !LEFT_OUT.includes(field)) {
        throw new Error(`${place} does not answer for ${field}: ${Object.keys(data).join(', ')}`);
      }
      return name && data[name];
    }),
  );
}

/** A tag's fields, from its value: `v1:NONCE:r=ROLE:d=false:m=false:…`. */
function ofTag(value: string): Record<string, unknown> {
  const parts = new Map(value.split(':').map((part) => part.split('=') as [string, string]));
  return {
    instance_id: parts.get('i') ?? '',
    // The role has only Vault's own, which a tag does not name.
    policies: parts.get('p')?.split(',') ?? [],
    max_ttl: Number(parts.get('t') ?? 0),
    allow_instance_migration: parts.get('m') === 'true',
    disallow_reauthentication: parts.get('d') === 'true',
  };
}

/** Vault answers null, or nothing, for what is empty. */
function filled(answer: unknown, like: unknown): unknown {
  const empty = Array.isArray(like) ? [] : typeof like === 'object' ? {} : '';
  return answer ?? empty;
}

const compared = fieldRows()
  .filter(({ here, default: text }) => here !== 'no' && text !== '' && !WITHOUT_DEFAULT.includes(text))
  .map((row): [string, FieldRow] => [`${row.table} ${row.field}`, row]);

test.each(compared)('Vault has the default that docs/fields.md names: %s', async (_, row) => {
  const { here } = defaultOf(row);
  const answers = await answersFor(row, 'aws_test');

  expect(answers.length).toBeGreaterThan(0);
  expect(answers.map((answer) => filled(answer, here))).toEqual(answers.map(() => here));
});

test.each(compared.filter(([, row]) => 'vault' in defaultOf(row)))(
  'a Vault that is written by hand has the same default, or the other that the page names: %s',
  async (_, row) => {
    const { vault } = defaultOf(row);
    const answers = await answersFor(row, BY_HAND);

    expect(answers.map((answer) => filled(answer, vault))).toEqual(answers.map(() => vault));
  },
);

test('the same once more plans no change', async () => {
  expect(await sandbox.plannedChanges()).toBeUndefined();
});
