import { mountTuned } from '../../../lib/review/rules/mount-tuned';
import { findingsOf } from '../support/findings';

const mount = (tune: object, type = 'aws') => ({
  type: 'vault_auth_backend',
  values: { type, path: 'aws', tune: [tune] },
});

test.each([
  [
    'a longer TTL',
    mount({ max_lease_ttl: '24h' }),
    mount({ max_lease_ttl: '768h' }),
    ['medium: auth/aws: max_lease_ttl goes from 24h to 768h'],
  ],
  [
    'a listed mount',
    mount({ listing_visibility: 'hidden' }),
    mount({ listing_visibility: 'unauth' }),
    ['medium: auth/aws: listing_visibility goes from hidden to unauth'],
  ],
  [
    'a TTL less',
    mount({ max_lease_ttl: '24h' }),
    mount({ max_lease_ttl: '' }),
    ["medium: auth/aws: max_lease_ttl goes from 24h to Vault's default"],
  ],
  [
    'what the audit log shows in clear',
    mount({ audit_non_hmac_request_keys: [] }),
    mount({ audit_non_hmac_request_keys: ['iam_request_headers'] }),
    ["medium: auth/aws: audit_non_hmac_request_keys goes from Vault's default to iam_request_headers"],
  ],
  [
    'another path',
    mount({}),
    { ...mount({}), values: { type: 'aws', path: 'people' } },
    ['high: auth/aws moves to auth/people: logins at the old path are refused'],
  ],
  ['nothing, and an empty list', mount({}), mount({ allowed_response_headers: [] }), []],
  ['the same', mount({ token_type: 'service' }), mount({ token_type: 'service' }), []],
  ['another method', mount({ max_lease_ttl: '1h' }, 'jwt'), mount({ max_lease_ttl: '2h' }, 'jwt'), []],
])('%s', (_, before, after, expected) => {
  expect(findingsOf(mountTuned, { before: [before], after: [after] })).toEqual(expected);
});
