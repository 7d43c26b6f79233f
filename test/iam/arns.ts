const ACCOUNT = 'arn:aws:iam::123456789012';
const LONG = 'n'.repeat(64);

/** Roles as AWS can have them. */
export const ROLES = [
  `${ACCOUNT}:role/app`,
  `${ACCOUNT}:role/a`,
  `${ACCOUNT}:role/${LONG}`,
  `${ACCOUNT}:role/_+=,.@-`,
  `${ACCOUNT}:role/teams/a/app`,
  `${ACCOUNT}:role/te!"#$%&'()ms/app`,
  `${ACCOUNT}:role/;<>?[\\]^\`{|}~/app`,
  `${ACCOUNT}:role/user/app`,
  `${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_dev_0123456789abcdef`,
  'arn:aws-cn:iam::123456789012:role/app',
  'arn:aws-us-gov:iam::123456789012:role/app',
  'arn:aws-iso-b:iam::123456789012:role/app',
];

/** What roles begin with, and `*`. */
export const ROLE_PREFIXES = [
  `${ACCOUNT}:role/*`,
  `${ACCOUNT}:role/ap*`,
  `${ACCOUNT}:role/teams/*`,
  `${ACCOUNT}:role/te$ms/a*`,
  `${ACCOUNT}:role/te$*`,
];

/** What looks like the ARN of a role, or the beginning of one, and never matches one. */
export const NO_ROLES = [
  '',
  '*',
  'app',
  'role/app',
  `${ACCOUNT}:root`,
  `${ACCOUNT}:role`,
  `${ACCOUNT}:role/`,
  `${ACCOUNT}:role/app/`,
  `${ACCOUNT}:role//app`,
  `${ACCOUNT}:role/a//app`,
  `${ACCOUNT}:role//*`,
  `${ACCOUNT}:role/*/app`,
  `${ACCOUNT}:role/**`,
  `${ACCOUNT}:role/a b`,
  `${ACCOUNT}:role/a b/app`,
  `${ACCOUNT}:role/a:b/app`,
  `${ACCOUNT}:role/a$b`,
  `${ACCOUNT}:role/größe/app`,
  `${ACCOUNT}:role/${LONG}n`,
  `${ACCOUNT}:role/app\n`,
  ` ${ACCOUNT}:role/app`,
  `${ACCOUNT}:group/app`,
  `${ACCOUNT}:Role/app`,
  'arn:aws:iam::1234:role/app',
  'arn:aws:iam:us-east-1:123456789012:role/app',
  'arn:aws:sts::123456789012:role/app',
  'arn:aws-:iam::123456789012:role/app',
  'arn:awsome:iam::123456789012:role/app',
  'arn::iam::123456789012:role/app',
  'arn:aws:sts::123456789012:assumed-role/app/session',
];
