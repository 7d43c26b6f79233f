import { accessLost } from '../../../lib/review/rules/access-lost';
import { findingsOf } from '../support/findings';
import { policy, role } from '../support/plan';

const ALICE = 'arn:aws:iam::123456789012:user/alice';
const read = policy('app', 'path "secret/data/app" { capabilities = ["read"] }');

test.each([
  [
    'a role that goes',
    { before: [read, role('dev', [ALICE], ['app'])], after: [read] },
    [`low: ${ALICE} loses the login through role dev`],
  ],
  [
    'a policy less',
    { before: [read, role('dev', [ALICE], ['app'])], after: [read, role('dev', [ALICE], [])] },
    [`low: ${ALICE} loses read on secret/data/app through role dev`],
  ],
  [
    'a policy less whose text is not here, and may deny',
    { before: [role('dev', [ALICE], ['ops'])], after: [role('dev', [ALICE], [])] },
    [`medium: ${ALICE} loses what ops gives or denies (not shown here) through role dev`],
  ],
  [
    'a policy less, of which another one gives all',
    {
      before: [
        read,
        { ...read, name: 'same', values: { ...read.values, name: 'same' } },
        role('dev', [ALICE], ['app', 'same']),
      ],
      after: [
        read,
        { ...read, name: 'same', values: { ...read.values, name: 'same' } },
        role('dev', [ALICE], ['app']),
      ],
    },
    [`low: ${ALICE} loses the policy same, which changes nothing now, through role dev`],
  ],
  [
    'a group that goes, whose members log in without it',
    {
      before: [read, { type: 'vault_identity_group', values: { name: 'team', policies: ['app'] } }],
      after: [read],
    },
    ['low: members of the group team lose read on secret/data/app by the group team'],
  ],
  [
    'a policy whose text is known only after the apply, so nobody can tell',
    {
      before: [read, role('dev', [ALICE], ['app'])],
      after: [{ ...read, values: { name: 'app' }, unknown: { policy: true } }, role('dev', [ALICE], ['app'])],
    },
    [],
  ],
  [
    'a role that Terraform only forgets',
    { before: [read, { ...role('dev', [ALICE], ['app']), forgotten: true }], after: [read] },
    [],
  ],
  ['a gain', { before: [read, role('dev', [ALICE], [])], after: [read, role('dev', [ALICE], ['app'])] }, []],
])('%s', (_, samples, expected) => {
  expect(findingsOf(accessLost, samples)).toEqual(expected);
});
