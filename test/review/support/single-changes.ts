import { role, type Sample } from './plan';

/** A change of one resource that opens something, and what a finding has to name one of. */
export interface SingleChange {
  /** @default it is made */
  readonly before?: Sample;
  /** @default it goes */
  readonly after?: Sample;
  readonly named: readonly string[];
}

const ACCOUNT = 'arn:aws:iam::123456789012';

const sample = (
  type: string,
  values: Readonly<Record<string, unknown>>,
  more: Partial<Sample> = {},
): Sample => ({
  type,
  values,
  name: 'single',
  ...more,
});

function changed(
  type: string,
  values: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
  named: readonly string[],
): SingleChange {
  return { before: sample(type, values), after: sample(type, { ...values, ...change }), named };
}

const made = (
  type: string,
  values: Readonly<Record<string, unknown>>,
  named: readonly string[],
): SingleChange => ({
  after: sample(type, values),
  named,
});

const gone = (
  type: string,
  values: Readonly<Record<string, unknown>>,
  named: readonly string[],
): SingleChange => ({
  before: sample(type, values),
  named,
});

/** A role that nothing else changes. */
function roleChange(
  values: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
): SingleChange {
  const of = (more: object) => role('single', [`${ACCOUNT}:role/app`], ['p-app'], { ...values, ...more });
  return { before: of({}), after: of(change), named: ['single'] };
}

const EC2 = { auth_type: 'ec2', bound_iam_principal_arns: [] };
const INFERRED = {
  inferred_entity_type: 'ec2_instance',
  inferred_aws_region: 'us-east-1',
  bound_account_ids: ['1'],
};
const ENTITY = { id: 'id-single', name: 'single', policies: [], metadata: { team: 'web' } };
const ENDPOINT = { path: 'auth/aws/role/hidden', data_json: '{"token_policies":["root"]}' };

/** One of each kind that a rule looks at. */
export const SINGLE_CHANGES: Readonly<Record<string, SingleChange>> = {
  'metadata of an entity': changed('vault_identity_entity', ENTITY, { metadata: { team: 'ops' } }, [
    'vault_identity_entity.single',
  ]),
  'a policy of an entity': changed('vault_identity_entity', ENTITY, { policies: ['p-ops'] }, ['single']),
  'an entity that is enabled': changed(
    'vault_identity_entity',
    { ...ENTITY, disabled: true },
    { disabled: false },
    ['single'],
  ),
  'an alias': made('vault_identity_entity_alias', { name: 'AIDA1', canonical_id: 'id-alice' }, [
    'AIDA1',
    'alice',
  ]),
  'an alias of a group': made('vault_identity_group_alias', { name: 'admins', canonical_id: 'g' }, [
    'admins',
    'single',
  ]),
  'how callers are told apart': changed(
    'vault_aws_auth_backend_config_identity',
    { backend: 'aws', iam_alias: 'unique_id' },
    { iam_alias: 'full_arn' },
    ['auth/aws'],
  ),
  'the metadata of callers': changed(
    'vault_aws_auth_backend_config_identity',
    { backend: 'aws', iam_alias: 'unique_id', iam_metadata: [] },
    { iam_metadata: ['account_id'] },
    ['vault_aws_auth_backend_config_identity.single'],
  ),
  'the TTL of a mount': changed(
    'vault_auth_backend',
    { type: 'aws', path: 'single', tune: [{ max_lease_ttl: '24h' }] },
    { tune: [{ max_lease_ttl: '768h' }] },
    ['auth/single'],
  ),
  'a mount that goes': gone('vault_auth_backend', { type: 'aws', path: 'single' }, ['auth/single']),
  'an account': made('vault_aws_auth_backend_sts_role', { backend: 'aws', account_id: '222222222222' }, [
    '222222222222',
  ]),
  'a certificate': made(
    'vault_aws_auth_backend_cert',
    { backend: 'aws', cert_name: 'single', aws_public_cert: 'x' },
    ['single'],
  ),
  'a key of Vault': changed(
    'vault_aws_auth_backend_client',
    { backend: 'single', access_key: 'AKIA1' },
    { access_key: 'AKIA2' },
    ['auth/single'],
  ),
  'an endpoint by hand': made('vault_generic_endpoint', ENDPOINT, ['auth/aws/role/hidden', 'single']),
  'a role of another method': made(
    'vault_token_auth_backend_role',
    { role_name: 'single', allowed_policies: ['root'] },
    ['single'],
  ),
  'addresses of a role': roleChange({ token_bound_cidrs: ['10.0.0.0/16'] }, { token_bound_cidrs: [] }),
  'uses of a role’s tokens': roleChange({ token_num_uses: 5 }, { token_num_uses: 0 }),
  'the longest TTL of a role': roleChange({ token_max_ttl: 3600 }, { token_max_ttl: 86_400 }),
  'the period of a role': roleChange({ token_period: 3600 }, { token_period: 86_400 }),
  'an image of a role': roleChange(
    { ...EC2, bound_ami_ids: ['ami-1'], bound_account_ids: ['1'] },
    { bound_ami_ids: [] },
  ),
  'one more image of a role': roleChange(
    { ...EC2, bound_ami_ids: ['ami-1'] },
    { bound_ami_ids: ['ami-1', 'ami-2'] },
  ),
  'migration of instances': roleChange(
    { ...EC2, bound_ami_ids: ['ami-1'] },
    { allow_instance_migration: true },
  ),
  'inference of a role': roleChange(INFERRED, {
    inferred_entity_type: null,
    inferred_aws_region: null,
    bound_account_ids: null,
  }),
  'a role that moves': (() => {
    const { before, after, named } = roleChange({}, {});
    return {
      before,
      after: { ...after!, name: 'moved', previousAddress: 'vault_aws_auth_backend_role.single' },
      named: ['moved', ...named],
    };
  })(),
  'an access key': made('aws_iam_access_key', { user: 'single' }, ['single']),
  'an IAM user that is replaced': {
    before: sample('aws_iam_user', { name: 'single' }),
    after: sample('aws_iam_user', { name: 'single', path: '/a/' }, { replace: true }),
    named: ['single'],
  },
  'a boundary': changed(
    'aws_iam_user',
    { name: 'single', permissions_boundary: `${ACCOUNT}:policy/b` },
    { permissions_boundary: null },
    ['single'],
  ),
  'a membership in IAM': made('aws_iam_user_group_membership', { user: 'single', groups: ['admins'] }, [
    'admins',
  ]),
  'a password': made('aws_iam_user_login_profile', { user: 'single' }, ['single']),
  'an audience of a provider': changed(
    'aws_iam_openid_connect_provider',
    { url: 'https://single.example.com', client_id_list: ['a'] },
    { client_id_list: ['a', 'b'] },
    ['single.example.com'],
  ),
  ...Object.fromEntries(
    ['user', 'role', 'group'].flatMap((kind) => {
      const policy = (action: string) =>
        JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: action, Resource: '*' },
        });
      const inline = { name: 'inline', [kind]: 'single', policy: policy('iam:GetUser') };
      const attachment = { [kind]: 'single', policy_arn: 'arn:aws:iam::aws:policy/A' };
      return [
        [
          `the policy of a ${kind}`,
          changed(`aws_iam_${kind}_policy`, inline, { policy: policy('iam:*') }, ['single']),
        ],
        [
          `all attachments of a ${kind}`,
          made(
            `aws_iam_${kind}_policy_attachments_exclusive`,
            { [`${kind}_name`]: 'single', policy_arns: ['a'] },
            ['single'],
          ),
        ],
        [`an attachment to a ${kind}`, made(`aws_iam_${kind}_policy_attachment`, attachment, ['single'])],
      ];
    }),
  ),
  'an attachment to several': made(
    'aws_iam_policy_attachment',
    { users: ['single'], policy_arn: 'arn:aws:iam::aws:policy/A' },
    ['single'],
  ),
  'the members of an IAM group': changed(
    'aws_iam_group_membership',
    { group: 'admins', users: ['alice'] },
    { users: ['alice', 'bob'] },
    ['admins'],
  ),
  'members by entity': made(
    'vault_identity_group_member_entity_ids',
    { group_id: 'single', member_entity_ids: ['id-alice'] },
    ['single'],
  ),
  'members by group': made(
    'vault_identity_group_member_group_ids',
    { group_id: 'single', member_group_ids: ['g'] },
    ['single'],
  ),
  'the sessions of a role': changed('aws_iam_role', { name: 'single' }, { max_session_duration: 7200 }, [
    'single',
  ]),
  'an assignment': made(
    'aws_ssoadmin_account_assignment',
    { principal_id: 'single', principal_type: 'USER' },
    ['single'],
  ),
  'the role of a profile': made('aws_iam_instance_profile', { name: 'single', role: 'app' }, ['app']),
  'a password for a service': made('aws_iam_service_specific_credential', { user_name: 'single' }, [
    'single',
  ]),
  'an SSH key': made('aws_iam_user_ssh_key', { username: 'single' }, ['single']),
  'a signing certificate': made('aws_iam_signing_certificate', { user_name: 'single' }, ['single']),
  'the keys of a provider': changed(
    'aws_iam_saml_provider',
    { name: 'single', saml_metadata_document: '<a/>' },
    { saml_metadata_document: '<b/>' },
    ['single'],
  ),
};
