import { identityProvider } from '../../../lib/review/rules/identity-provider';
import { findingsOf } from '../support/findings';

const openId = (values: object = {}) => ({
  type: 'aws_iam_openid_connect_provider',
  values: {
    url: 'https://gitlab.example.com',
    client_id_list: ['sts.amazonaws.com'],
    thumbprint_list: [],
    ...values,
  },
});
const saml = (values: object = {}) => ({
  type: 'aws_iam_saml_provider',
  values: { name: 'okta', saml_metadata_document: '<a/>', ...values },
});

test.each([
  [openId(), 'https://gitlab.example.com'],
  [saml(), 'okta'],
])('one comes or goes', (provider, name) => {
  expect(findingsOf(identityProvider, { after: [provider] })).toEqual([
    `medium: AWS trusts the identity provider ${name} from now on`,
  ]);
  expect(findingsOf(identityProvider, { before: [provider] })).toEqual([
    `low: AWS no longer trusts the identity provider ${name}`,
  ]);
});

test.each([
  [openId(), openId({ client_id_list: ['sts.amazonaws.com', 'another'] }), 'client_id_list'],
  [openId(), openId({ thumbprint_list: ['0123'] }), 'thumbprint_list'],
  [saml(), saml({ saml_metadata_document: '<b/>' }), 'saml_metadata_document'],
])('one changes: %#', (was, is, attribute) => {
  expect(findingsOf(identityProvider, { before: [was], after: [is] })).toEqual([
    expect.stringMatching(
      new RegExp(`^high: the identity provider \\S+ changes in ${attribute}, by which AWS`),
    ),
  ]);
});

test('what else changes is left', () => {
  const samples = { before: [openId({ tags: {} })], after: [openId({ tags: { team: 'web' } })] };

  expect(findingsOf(identityProvider, samples)).toEqual([]);
});
