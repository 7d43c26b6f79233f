import { instanceProfile } from '../../../lib/review/rules/instance-profile';
import { findingsOf } from '../support/findings';
import type { Sample } from '../support/plan';

const profile = (values: object, more: Partial<Sample> = {}): Sample => ({
  type: 'aws_iam_instance_profile',
  values: { name: 'web', ...values },
  ...more,
});
const found = (role: string) => [
  `medium: instances with the profile web have the IAM role ${role} from now on`,
];

test.each<[string, Sample | undefined, Sample, string]>([
  ['is made', undefined, profile({ role: 'app' }), 'app'],
  ['gets another role', profile({ role: 'app' }), profile({ role: 'ops' }), 'ops'],
  ['gets a role', profile({ role: null }), profile({ role: 'app' }), 'app'],
  [
    'gets one that is not known yet',
    profile({ role: 'app' }),
    profile({}, { unknown: { role: true } }),
    'known after apply',
  ],
])('a profile that %s', (_, was, is, role) => {
  expect(findingsOf(instanceProfile, { before: was ? [was] : [], after: [is] })).toEqual(found(role));
});

test.each<[string, readonly Sample[], readonly Sample[]]>([
  ['stays', [profile({ role: 'app' })], [profile({ role: 'app', tags: {} })]],
  ['loses its role', [profile({ role: 'app' })], [profile({ role: null })]],
  ['goes', [profile({ role: 'app' })], []],
])('a profile that %s is left', (_, before, after) => {
  expect(findingsOf(instanceProfile, { before, after })).toEqual([]);
});
