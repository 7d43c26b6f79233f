import { identityData } from '../../../lib/review/rules/identity-data';
import { findingsOf } from '../support/findings';

const found = (type: string, was: object, is: object) =>
  findingsOf(identityData, {
    before: [{ type, values: { ...was } }],
    after: [{ type, values: { ...is } }],
  });

test.each([
  ['vault_identity_entity', 'metadata', { team: 'web' }, { team: 'ops' }],
  ['vault_identity_entity', 'metadata', undefined, { team: 'ops' }],
  ['vault_identity_entity', 'name', 'alice', 'bob'],
  ['vault_identity_entity_alias', 'custom_metadata', { team: 'web' }, { team: 'ops' }],
  ['vault_identity_group', 'metadata', { team: 'web' }, {}],
  ['vault_identity_group', 'name', 'web', 'ops'],
  ['vault_aws_auth_backend_config_identity', 'iam_metadata', ['account_id'], ['account_id', 'canonical_arn']],
  ['vault_aws_auth_backend_config_identity', 'ec2_metadata', ['account_id'], []],
])('%s changes in its %s: %j', (type, attribute, was, is) => {
  expect(found(type, { [attribute]: was }, { [attribute]: is })).toEqual([
    `medium: ${type}.it changes in ${attribute}, which templates in policies can use`,
  ]);
});

test('an entity is enabled again', () => {
  expect(found('vault_identity_entity', { disabled: true }, { disabled: false })).toEqual([
    'medium: vault_identity_entity.it is no longer disabled',
  ]);
});

test.each<[string, string, object, object]>([
  ['is disabled', 'vault_identity_entity', { disabled: false }, { disabled: true }],
  [
    'stays disabled',
    'vault_identity_entity',
    { disabled: true, policies: [] },
    { disabled: true, policies: ['a'] },
  ],
  ['says the same', 'vault_identity_entity', { metadata: { team: 'web' } }, { metadata: { team: 'web' } }],
  ['is an empty list, then none', 'vault_aws_auth_backend_config_identity', { iam_metadata: [] }, {}],
  ['is none, then an empty map', 'vault_identity_entity', {}, { metadata: {} }],
  ['changes in something else', 'vault_identity_group', { policies: ['a'] }, { policies: ['b'] }],
  ['is of a kind that JavaScript has a name for', 'constructor', { name: 'a' }, { name: 'b' }],
  ['has metadata that no template is on', 'vault_auth_backend', { metadata: 'a' }, { metadata: 'b' }],
])('what %s is left', (_, type, was, is) => {
  expect(found(type, was, is)).toEqual([]);
});

test('what is made or goes is left: nobody had anything by it before, or has after', () => {
  const entity = { type: 'vault_identity_entity', values: { name: 'alice', metadata: { team: 'web' } } };

  expect(findingsOf(identityData, { after: [entity] })).toEqual([]);
  expect(findingsOf(identityData, { before: [entity] })).toEqual([]);
});
