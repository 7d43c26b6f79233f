import { notModelled } from '../../../lib/review/rules/not-modelled';
import { findingsOf } from '../support/findings';

test.each([
  [
    'another method',
    { type: 'vault_jwt_auth_backend_role', values: { token_policies: ['ops'] } },
    ['high: vault_jwt_auth_backend_role.it gives the policies ops'],
  ],
  [
    'a token role',
    { type: 'vault_token_auth_backend_role', values: { allowed_policies: ['ops'] } },
    ['high: vault_token_auth_backend_role.it gives the policies ops'],
  ],
  [
    'a raw write',
    { type: 'vault_generic_endpoint', values: { path: 'sys/policies/acl/x', data_json: 'x' } },
    ['high: vault_generic_endpoint.it writes to sys/policies/acl/x, and what it writes is not shown'],
  ],
  [
    "this project's own alias",
    { type: 'vault_generic_endpoint', values: { path: 'identity/entity-alias' } },
    [],
  ],
  [
    "this project's own rotation",
    { type: 'vault_generic_endpoint', values: { path: 'auth/aws/config/rotate-root' } },
    [],
  ],
  [
    'an alias',
    {
      type: 'vault_identity_entity_alias',
      values: { name: 'AIDA', mount_accessor: 'auth_aws_1', canonical_id: 'carol' },
    },
    ['high: vault_identity_entity_alias.it maps the caller AIDA of the mount auth_aws_1 to carol'],
  ],
  [
    'members by a resource of their own',
    {
      type: 'vault_identity_group_member_entity_ids',
      values: { group_id: 'team', member_entity_ids: ['carol'] },
    },
    ['high: vault_identity_group_member_entity_ids.it puts carol into the group team'],
  ],
  ['what gives none', { type: 'vault_mount', values: { path: 'secret' } }, []],
])('%s', (_, sample, expected) => {
  expect(findingsOf(notModelled, { after: [sample] })).toEqual(expected);
});

test('what gives the same as before', () => {
  const role = (ttl: number) => ({
    type: 'vault_jwt_auth_backend_role',
    values: { token_policies: ['ops'], token_ttl: ttl },
  });

  expect(findingsOf(notModelled, { before: [role(1)], after: [role(2)] })).toEqual([]);
});
