import { ACCOUNT } from '../support/test-sandbox';

/** Resources by type and name, as Terraform's JSON has them. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** A statement of an IAM document. */
export const iam = (...Statement: readonly object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: Statement.map((each) => ({ Effect: 'Allow', ...each })),
  });

/** The text of a Vault policy: its paths, each with what it allows. */
export const hcl = (paths: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(paths)
    .map(([path, capabilities]) => `path "${path}" {\n  capabilities = ${JSON.stringify(capabilities)}\n}`)
    .join('\n');

export const LOOK_UP = { Action: ['iam:GetUser', 'iam:GetRole'], Resource: '*' };
export const BY_EC2 = { Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };

/** What the policy `app` says. */
export const APP = {
  'secret/data/app': ['read'],
  'secret/data/app/private': ['deny'],
  'secret/data/+/keys': ['deny'],
  'secret/data/shared/*': ['read', 'list'],
};

/** How the mount is tuned. Terraform's JSON asks for every attribute of a block that the provider takes as one. */
export const TUNE = {
  default_lease_ttl: '1h',
  max_lease_ttl: '24h',
  listing_visibility: 'hidden',
  token_type: 'default-service',
  allowed_response_headers: [],
  audit_non_hmac_request_keys: [],
  audit_non_hmac_response_keys: [],
  passthrough_request_headers: [],
};

/**
 * Resources of every kind that the review looks at, as somebody writes them who never heard of this project.
 *
 * @param aws where Vault finds its AWS
 */
export function plainResources(aws: string): Resources {
  const backend = '${vault_auth_backend.mount.path}';
  const role = (roleName: string, values: object) => ({
    backend,
    role: roleName,
    depends_on: ['vault_aws_auth_backend_client.client', 'aws_iam_user_policy.vault'],
    ...values,
  });
  return {
    aws_iam_user: { vault: { name: 'vault' }, alice: { name: 'alice' }, bob: { name: 'bob' } },
    aws_iam_access_key: { vault: { user: '${aws_iam_user.vault.name}' } },
    aws_iam_user_policy: {
      vault: { name: 'look-up', user: '${aws_iam_user.vault.name}', policy: iam(LOOK_UP) },
    },
    aws_iam_policy: {
      boundary: { name: 'boundary', policy: iam({ Action: 's3:*', Resource: '*' }) },
    },
    aws_iam_role: {
      app: {
        name: 'app',
        assume_role_policy: iam(BY_EC2),
        permissions_boundary: '${aws_iam_policy.boundary.arn}',
      },
    },
    vault_auth_backend: {
      mount: {
        type: 'aws',
        path: 'plain',
        tune: [TUNE],
      },
    },
    vault_aws_auth_backend_client: {
      client: {
        backend,
        access_key: '${aws_iam_access_key.vault.id}',
        secret_key: '${aws_iam_access_key.vault.secret}',
        iam_endpoint: aws,
        sts_endpoint: aws,
        sts_region: 'us-east-1',
        ec2_endpoint: aws,
        iam_server_id_header_value: 'vault.example.com',
      },
    },
    vault_aws_auth_backend_config_identity: { identity: { backend, iam_alias: 'unique_id' } },
    vault_policy: {
      app: { name: 'app', policy: hcl(APP) },
      ops: { name: 'ops', policy: hcl({ 'secret/data/ops/*': ['read', 'update'] }) },
    },
    vault_aws_auth_backend_role: {
      dev: role('dev', {
        auth_type: 'iam',
        bound_iam_principal_arns: ['${aws_iam_user.alice.arn}'],
        token_policies: ['${vault_policy.app.name}'],
        token_ttl: 3600,
        token_max_ttl: 86_400,
        token_bound_cidrs: ['10.0.0.0/16'],
      }),
      operator: role('operator', {
        auth_type: 'iam',
        bound_iam_principal_arns: ['${aws_iam_user.bob.arn}'],
        token_policies: ['${vault_policy.ops.name}'],
      }),
      fleet: role('fleet', {
        auth_type: 'ec2',
        bound_ami_ids: ['ami-0a1b2c3d'],
        bound_account_ids: [ACCOUNT],
        token_policies: ['app'],
      }),
      machines: role('machines', {
        auth_type: 'iam',
        inferred_entity_type: 'ec2_instance',
        inferred_aws_region: 'us-east-1',
        bound_account_ids: [ACCOUNT],
        bound_iam_principal_arns: [`arn:aws:iam::${ACCOUNT}:role/app`],
        resolve_aws_unique_ids: false,
        token_policies: ['app'],
      }),
    },
    vault_identity_entity: { carol: { name: 'carol' }, dave: { name: 'dave' } },
    vault_identity_group: {
      team: { name: 'team', policies: ['ops'], member_entity_ids: ['${vault_identity_entity.carol.id}'] },
    },
  };
}

/** The resources with some of them changed: attribute by attribute; `null` takes a resource out. */
export function changed(
  resources: Resources,
  changes: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>> | null>>>>,
): Resources {
  const types = [...new Set([...Object.keys(resources), ...Object.keys(changes)])];
  return Object.fromEntries(
    types.flatMap((type) => {
      const blocks = Object.entries({ ...resources[type], ...changes[type] }).flatMap(([name, values]) =>
        values === null ? [] : [[name, { ...resources[type]?.[name], ...values }] as const],
      );
      // A type without a block is no JSON that Terraform takes.
      return blocks.length === 0 ? [] : [[type, Object.fromEntries(blocks)] as const];
    }),
  );
}
