import { TerraformOutput } from 'cdktf';
import { IDENTIFIERS } from '../../../lib/constructs/aws';
import { regexCheck, matching, problemOf, type ValueRule } from '../../../lib/constructs/checks';
import { lateText, synthesize } from '../../support/stack';

describe('a value of a form is', () => {
  test.each<[keyof typeof IDENTIFIERS, string[], string[]]>([
    ['accountId', ['123456789012'], ['', '12345678901', '1234567890123', 'a23456789012', '123456789012\n']],
    [
      'amiId',
      ['ami-01234567', 'ami-0123456789abcdef0'],
      ['ami-0123456', 'ami-0123456789abcdef01', 'ami-0123456G'],
    ],
    ['instanceId', ['i-01234567', 'i-0123456789abcdef0'], ['i-', '01234567', 'i-0123456789ABCDEF0']],
    [
      'instanceProfileArn',
      [
        'arn:aws:iam::123456789012:instance-profile/web',
        'arn:aws-cn:iam::123456789012:instance-profile/teams/web',
        'arn:aws:iam::123456789012:instance-profile/*',
      ],
      [
        'web',
        'arn:aws:iam::123456789012:instance-profile/',
        'arn:aws:iam::123456789012:instance-profile/*/web',
        'arn:aws:iam::123456789012:role/web',
      ],
    ],
    [
      'region',
      ['eu-central-1', 'us-gov-east-1', 'ap-southeast-10'],
      ['eu-central', 'us-east-1a', 'EU-central-1', ''],
    ],
    [
      'roleArn',
      ['arn:aws:iam::123456789012:role/app', 'arn:aws-us-gov:iam::123456789012:role/teams/app'],
      [
        'app',
        'arn:aws:iam::123456789012:role/',
        'arn:aws:iam::123456789012:role/*',
        'arn:aws:iam::1:role/app',
      ],
    ],
    [
      'roleArnOrPrefix',
      ['arn:aws:iam::123456789012:role/app', 'arn:aws:iam::123456789012:role/teams/*'],
      ['*', 'arn:aws:iam::123456789012:role/*/app', 'arn:aws:iam::123456789012:user/app'],
    ],
    [
      'iamPath',
      ['/', '/teams/', '/teams/pay-ments/'],
      ['', 'teams', '/teams', 'teams/', '//', '/a//b/', '/a b/', '/teams/*/', '/a:b/', '/\u00e4/'],
    ],
    ['subnetId', ['subnet-01234567'], ['subnet-', 'vpc-01234567']],
    ['vpcId', ['vpc-01234567'], ['vpc-', 'subnet-01234567']],
  ])('%s', (form, good, bad) => {
    expect(good.map((value) => problemOf(IDENTIFIERS[form], 'place', value))).toEqual(
      good.map(() => undefined),
    );
    expect(bad.map((value) => problemOf(IDENTIFIERS[form], 'place', value))).toEqual(
      bad.map(
        (value) => expect.stringContaining(`must be ${IDENTIFIERS[form].says}; got '${value}'`) as string,
      ),
    );
  });
});

const rule: ValueRule = { pattern: /^\d\/\S$/, says: 'a digit and a thing' };

test('a value that is known at synth is checked at synth, another one by Terraform', () => {
  synthesize((stack) => {
    const field = matching(rule);
    expect(field.atApply?.('place', '1/a')).toEqual([]);
    expect(field.rule?.('place', lateText(stack))).toEqual([]);
    expect(field.atApply?.('place', lateText(stack, 'later'))).toHaveLength(1);
  });
});

test('the pattern reaches Terraform with its backslashes doubled, or they would be escapes in its string', () => {
  const { output } = synthesize((stack) => {
    new TerraformOutput(stack, 'fits', {
      value: regexCheck(rule.pattern, lateText(stack)),
      staticId: true,
    });
  });

  expect(output!.fits!.value).toBe(String.raw`${'$'}{can(regex("^\\d\\/\\S$", var.late))}`);
});
