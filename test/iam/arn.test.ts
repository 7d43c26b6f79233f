import {
  arnParts,
  GROUP_ARN,
  iamArn,
  INSTANCE_PROFILE_ARN_OR_PREFIX,
  isManagedByAws,
  nameOfArn,
  OIDC_PROVIDER_ARN,
  permissionSetOf,
  PRINCIPAL_ARN,
  PRINCIPAL_ARN_OR_PREFIX,
  principalsNamedBy,
  reservedPath,
  reservedRolePrefix,
  ROLE_ARN,
  ROLE_ARN_OR_PREFIX,
  sessionArn,
  withoutPath,
} from '../../lib/iam';
import { NO_ROLES, ROLE_PREFIXES, ROLES } from './arns';

const asUser = (arn: string) => arn.replace(':role', ':user');

test.each([
  ['one role', ROLE_ARN, ROLES, [...ROLE_PREFIXES, ...NO_ROLES, ...ROLES.map(asUser)]],
  [
    'one role or a prefix',
    ROLE_ARN_OR_PREFIX,
    [...ROLES, ...ROLE_PREFIXES],
    [...NO_ROLES, ...ROLES.map(asUser)],
  ],
  [
    'one principal',
    PRINCIPAL_ARN,
    [...ROLES, ...ROLES.map(asUser)],
    [...ROLE_PREFIXES, ...NO_ROLES, ...NO_ROLES.map(asUser)],
  ],
  [
    'one principal or a prefix',
    PRINCIPAL_ARN_OR_PREFIX,
    [...ROLES, ...ROLES.map(asUser), ...ROLE_PREFIXES.map(asUser)],
    [...NO_ROLES, ...NO_ROLES.map(asUser)],
  ],
])('the pattern of %s takes what AWS can have, and nothing else', (_, pattern, good, bad) => {
  expect(good.filter((arn) => !pattern.test(arn))).toEqual([]);
  expect(bad.filter((arn) => pattern.test(arn))).toEqual([]);
});

test('names of groups and instance profiles may have 128 characters', () => {
  const long = 'n'.repeat(128);
  const group = `arn:aws:iam::123456789012:group/${long}`;
  const profile = `arn:aws:iam::123456789012:instance-profile/${long}`;

  expect([GROUP_ARN.test(group), GROUP_ARN.test(`${group}n`)]).toEqual([true, false]);
  expect([profile, `${profile}n`].map((arn) => INSTANCE_PROFILE_ARN_OR_PREFIX.test(arn))).toEqual([
    true,
    false,
  ]);
});

test('the issuer is read from the ARN of an OIDC provider', () => {
  const issuer = 'oidc.eks.eu-central-1.amazonaws.com/id/EX';
  expect(OIDC_PROVIDER_ARN.exec(`arn:aws:iam::123456789012:oidc-provider/${issuer}`)?.[1]).toBe(issuer);
  expect(OIDC_PROVIDER_ARN.test(issuer)).toBe(false);
});

test('an ARN falls into its parts, and is put together again from them', () => {
  const arn = 'arn:aws-cn:iam::123456789012:user/a/alice';
  const parts = arnParts(arn);

  expect(parts).toEqual({
    partition: 'aws-cn',
    service: 'iam',
    accountId: '123456789012',
    resource: 'user/a/alice',
  });
  expect(iamArn(parts, parts.resource)).toBe(arn);
  expect(sessionArn(parts, 'app', 'i-1')).toBe('arn:aws-cn:sts::123456789012:assumed-role/app/i-1');
  expect(arnParts('arn:aws:logs:eu-west-1:123456789012:log-group:app:*').resource).toBe('log-group:app:*');
  expect(arnParts('alice')).toEqual({ partition: '', service: '', accountId: '', resource: '' });
});

test('a path is left out of the ARN of a principal, and of no other', () => {
  expect(withoutPath('arn:aws:iam::123456789012:role/a/role/b/app')).toBe(
    'arn:aws:iam::123456789012:role/app',
  );
  expect(withoutPath('arn:aws:iam::123456789012:user/alice')).toBe('arn:aws:iam::123456789012:user/alice');
  expect(withoutPath('arn:aws:iam::123456789012:group/a/dev')).toBe('arn:aws:iam::123456789012:group/a/dev');
  expect(nameOfArn('arn:aws:iam::123456789012:group/a/dev')).toBe('dev');
});

test('a bind says whether it is for users or roles, if its account is a reference too', () => {
  expect(principalsNamedBy('arn:aws:iam::${var.account}:role/user/a*')).toEqual({
    kind: 'role',
    name: 'user/a*',
  });
  expect(principalsNamedBy('${var.account}:user/*')).toEqual({ kind: 'user', name: '*' });
  expect(principalsNamedBy('arn:aws:iam::123456789012:*')).toBeUndefined();
});

test('only policies that AWS itself keeps are managed by AWS', () => {
  expect(isManagedByAws('arn:aws-us-gov:iam::aws:policy/job-function/ViewOnlyAccess')).toBe(true);
  expect(isManagedByAws('arn:aws:iam::123456789012:policy/x:iam::aws:policy/')).toBe(false);
});

test.each(['eu-west-1', 'us-east-1'])('the permission set is read from its role in %s', (region) => {
  expect(permissionSetOf(`${reservedPath(region)}${reservedRolePrefix('Dev_Ops')}*`)).toBe('Dev_Ops');
  expect(permissionSetOf(`teams/${reservedRolePrefix('Dev_Ops')}*`)).toBeUndefined();
});
