import { type Leftover, findLeftovers } from '../../../lib/operate/adopt/findings';
import type { Live, LiveMethod, LiveUser } from '../../../lib/operate/adopt/live';
import { renderAdoption } from '../../../lib/operate/adopt/render-adoption';
import { LIVE_GUIDE } from './live-guide';

const KEY = {
  place: 'access key AKIAVAULT',
  what: 'its secret is only in Vault, which never gives it back: Terraform does not change the key in Vault, and refuses to destroy the client configuration',
  next: 'replace it with one that Terraform knows: remove adopt.client.keepsAccessKey and set aws.vaultUser.accessKeyGeneration to 1',
};

/** What is found beside the key of Vault's user. */
function found(live: Partial<Live>): Leftover[] {
  const [key, ...others] = findLeftovers({ ...LIVE_GUIDE, ...live });
  expect(key).toEqual(KEY);
  return others;
}

test('the guide leaves nothing but the key', () => {
  expect(found({})).toEqual([]);
});

const constructs = 'declare it with the constructs of lib/constructs/vault if it should be code';

test.each<[string, Partial<LiveMethod>, Leftover]>([
  [
    'a tuned mount',
    { tuned: ['max_lease_ttl'] },
    {
      place: 'auth/aws_test/tune max_lease_ttl',
      what: 'the stack does not tune the mount',
      next: constructs,
    },
  ],
  [
    'an identity configuration',
    { identity: ['iam_alias'] },
    {
      place: 'auth/aws_test/config/identity iam_alias',
      what: 'the stack has no identity configuration',
      next: constructs,
    },
  ],
  [
    'another role',
    { otherRoles: { fleet: 'ec2' } },
    {
      place: 'auth/aws_test/role/fleet',
      what: 'a role of type ec2; the stack has one role, of type iam',
      next: `${constructs}; it may need what adopt.iamPolicy allows`,
    },
  ],
  [
    'a trusted account',
    { stsAccounts: ['222222222222'] },
    {
      place: 'auth/aws_test/config/sts/222222222222',
      what: 'the stack trusts no other account',
      next: constructs,
    },
  ],
  [
    'a certificate',
    { certificates: ['own'] },
    {
      place: 'auth/aws_test/config/certificate/own',
      what: 'the stack has no certificates',
      next: constructs,
    },
  ],
  [
    'the region of the caller',
    { client: { ...LIVE_GUIDE.method.client, use_sts_region_from_client: true } },
    {
      place: 'auth/aws_test/config/client use_sts_region_from_client',
      what: 'the stack does not set it; Terraform keeps what is there',
      next: constructs,
    },
  ],
])('names %s', (_, method, finding) => {
  expect(found({ method: { ...LIVE_GUIDE.method, ...method } })).toEqual([finding]);
});

test.each<[string, Partial<LiveUser>, string]>([
  [
    'a second access key',
    {
      accessKeys: [
        { id: 'AKIAVAULT', active: true },
        { id: 'AKIAOLD', active: false },
      ],
    },
    'the stack has one access key; the user also has AKIAOLD',
  ],
  [
    'a second policy',
    {
      attachedPolicies: [
        ...LIVE_GUIDE.vaultUser.attachedPolicies,
        { name: 'ReadOnlyAccess', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      ],
    },
    'the stack attaches at most one policy; the user also has arn:aws:iam::aws:policy/ReadOnlyAccess',
  ],
  ['an inline policy', { inlinePolicies: ['extra'] }, 'the stack has no inline policies; the user has extra'],
  ['a group', { groups: ['admins'] }, 'the stack puts the user in no group; the user is in admins'],
])('names what hangs on Vault’s user: %s', (_, user, what) => {
  expect(found({ vaultUser: { ...LIVE_GUIDE.vaultUser, ...user } })).toEqual([
    { place: 'IAM user vault_auth', what, next: 'check whether it is needed' },
  ]);
});

test('names the secret of the test user’s key', () => {
  const testUser = {
    ...LIVE_GUIDE.vaultUser,
    name: 'tester',
    accessKeys: [{ id: 'AKIATEST', active: true }],
  };

  expect(found({ testUser: { ...testUser, attachedPolicies: [] } })).toEqual([
    {
      place: 'access key AKIATEST',
      what: "the secret of tester can't be read: the output test_user_secret_access_key stays empty, and `verify --test-user` has nothing to log in with",
      next: 'log in with the key you have: `AWS_PROFILE=… npx vault-aws-auth verify`',
    },
  ]);
});

describe('the report', () => {
  const adoption = {
    files: { 'policies/dev.hcl': '', 'settings.ts': '' },
    imports: [{ to: 'vault_policy.policy', id: 'dev' }],
    findings: [
      { place: 'IAM user a', what: 'it is in b', next: 'check it' },
      { place: 'Vault policy c', what: 'it stays' },
    ],
    warnings: [{ id: 'long-ttl' as const, path: 'stack/role', message: 'tokenTtl: long' }],
  };

  test('names what is written, imported, left and wide', () => {
    expect(renderAdoption(adoption, true)).toBe(`Written: policies/dev.hcl, settings.ts

The next plan imports 1 and changes nothing:
  vault_policy.policy
    dev

Not in the code; it stays as it is:
  IAM user a: it is in b.
    What to do: check it.
  Vault policy c: it stays.

In the code; it allows more than most users need:
  tokenTtl: long (long-ttl)

Next: \`npx cdktf diff\`, then \`npx cdktf deploy\`, then remove adopt.imports.`);
  });

  test('has no section without content, and no next step where nothing is written', () => {
    expect(renderAdoption({ ...adoption, findings: [], warnings: [] }, false))
      .toBe(`Would be written: policies/dev.hcl, settings.ts

The next plan imports 1 and changes nothing:
  vault_policy.policy
    dev`);
  });
});
