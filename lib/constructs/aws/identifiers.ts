import {
  ACCOUNT_ID,
  IAM_PATH,
  INSTANCE_PROFILE_ARN_OR_PREFIX,
  POLICY_ARN,
  PRINCIPAL_ARN,
  ROLE_ARN,
  ROLE_ARN_OR_PREFIX,
  TRUSTED_ARN,
} from '../../iam';
import type { ValueRule } from '../checks';

const NAME_OF_64 = { pattern: /^[\w+=,.@-]{1,64}$/, says: '1 to 64 letters, digits or any of _+=,.@-' };
const NAME_OF_128 = { pattern: /^[\w+=,.@-]{1,128}$/, says: '1 to 128 letters, digits or any of _+=,.@-' };

/**
 * What identifiers in AWS look like.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html,
 * https://docs.aws.amazon.com/general/latest/gr/rande.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html and, for the external ID,
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const IDENTIFIERS = {
  accountId: { pattern: ACCOUNT_ID, says: "an account's 12 digits" },
  amiId: { pattern: /^ami-[0-9a-f]{8,17}$/, says: "an AMI's ID, 'ami-' and 8 to 17 hexadecimal digits" },
  externalId: {
    // In two halves, because a pattern of Terraform can't count further than 1000.
    pattern: /^[\w+=,.@:/-]{2,612}[\w+=,.@:/-]{0,612}$/,
    says: '2 to 1224 letters, digits or any of _+=,.@:/-',
  },
  groupName: { subject: 'an IAM group name', ...NAME_OF_128 },
  iamPath: {
    subject: 'an IAM path',
    pattern: IAM_PATH,
    says: "'/' alone, or parts with one '/' around each, without ':' and '*'",
  },
  instanceId: {
    pattern: /^i-[0-9a-f]{8,17}$/,
    says: "an instance's ID, 'i-' and 8 to 17 hexadecimal digits",
  },
  instanceProfileArn: {
    pattern: INSTANCE_PROFILE_ARN_OR_PREFIX,
    says: "an instance profile's ARN, 'arn:PARTITION:iam::ACCOUNT:instance-profile/NAME', or its beginning and '*'",
  },
  policyArn: {
    pattern: POLICY_ARN,
    says: "a policy's ARN, 'arn:PARTITION:iam::ACCOUNT:policy/NAME', or 'aws' as the account",
  },
  policyName: { subject: 'an IAM policy name', ...NAME_OF_128 },
  principalArn: {
    pattern: PRINCIPAL_ARN,
    says: 'the ARN of a user or role, without wildcard',
  },
  region: { pattern: /^[a-z]{2,}(?:-[a-z]+)+-\d+$/, says: "a region, such as 'eu-central-1'" },
  roleArn: {
    pattern: ROLE_ARN,
    says: "a role's ARN, 'arn:PARTITION:iam::ACCOUNT:role/NAME'",
  },
  roleArnOrPrefix: {
    pattern: ROLE_ARN_OR_PREFIX,
    says: "a role's ARN, 'arn:PARTITION:iam::ACCOUNT:role/NAME', or its beginning and '*'",
  },
  roleName: { subject: 'an IAM role name', ...NAME_OF_64 },
  subnetId: {
    pattern: /^subnet-[0-9a-f]{8,17}$/,
    says: "a subnet's ID, 'subnet-' and 8 to 17 hexadecimal digits",
  },
  trustedArn: {
    pattern: TRUSTED_ARN,
    says: "the ARN of a user or role without wildcard, or an account's 'arn:PARTITION:iam::ACCOUNT:root'",
  },
  userName: { subject: 'an IAM user name', ...NAME_OF_64 },
  vpcId: { pattern: /^vpc-[0-9a-f]{8,17}$/, says: "a VPC's ID, 'vpc-' and 8 to 17 hexadecimal digits" },
} satisfies Record<string, ValueRule>;
