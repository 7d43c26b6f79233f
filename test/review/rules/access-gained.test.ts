import { accessGained } from '../../../lib/review/rules/access-gained';
import { findingsOf } from '../support/findings';
import { policy, role } from '../support/plan';

const ALL = 'arn:aws:iam::123456789012:user/*';
const ALICE = 'arn:aws:iam::123456789012:user/alice';
const read = policy('app', 'path "secret/data/app" { capabilities = ["read"] }');

test.each([
  [
    'a new role for one user',
    { before: [read], after: [read, role('dev', [ALICE], ['app'])] },
    [`medium: ${ALICE} gains read on secret/data/app through role dev`],
  ],
  [
    'a new role for all users of an account',
    { before: [read], after: [read, role('dev', [ALL], ['app'])] },
    ['high: all IAM users of 123456789012 gain read on secret/data/app through role dev'],
  ],
  [
    'a policy more whose text is not here',
    { before: [role('dev', [ALICE], [])], after: [role('dev', [ALICE], ['ops'])] },
    [`medium: ${ALICE} gains what ops gives (not shown here) through role dev`],
  ],
  [
    'the policy root',
    { before: [role('dev', [ALICE], [])], after: [role('dev', [ALICE], ['root'])] },
    [`critical: ${ALICE} gains what root gives (not shown here) through role dev`],
  ],
  [
    'a bind that everybody matches',
    { before: [read], after: [read, role('dev', ['arn:*'], ['app'])] },
    ['critical: all principals whose ARN matches arn:* gain read on secret/data/app through role dev'],
  ],
  [
    'sudo',
    {
      before: [read, role('dev', [ALICE], ['app'])],
      after: [
        policy('app', 'path "secret/data/app" {\n  capabilities = ["read", "sudo"]\n}'),
        role('dev', [ALICE], ['app']),
      ],
    },
    [`high: ${ALICE} gains sudo on secret/data/app through role dev`],
  ],
  [
    'a deny that is gone',
    {
      before: [
        policy(
          'app',
          'path "secret/*" {\n  capabilities = ["read"]\n}\npath "secret/x" {\n  capabilities = ["deny"]\n}',
        ),
        role('dev', [ALICE], ['app']),
      ],
      after: [
        policy('app', 'path "secret/*" {\n  capabilities = ["read"]\n}'),
        role('dev', [ALICE], ['app']),
      ],
    },
    [`medium: ${ALICE} gains read on secret/x through role dev`],
  ],
  [
    'a policy that only denies, taken from a role',
    {
      before: [
        policy('all', 'path "secret/*" { capabilities = ["read"] }'),
        policy('not-x', 'path "secret/x" { capabilities = ["deny"] }'),
        role('dev', [ALICE], ['all', 'not-x']),
      ],
      after: [
        policy('all', 'path "secret/*" { capabilities = ["read"] }'),
        policy('not-x', 'path "secret/x" { capabilities = ["deny"] }'),
        role('dev', [ALICE], ['all']),
      ],
    },
    [`medium: ${ALICE} gains read on secret/x through role dev`],
  ],
  [
    'a role that gives nothing',
    { after: [role('dev', [ALICE], [])] },
    [`medium: ${ALICE} gains a login that adds no policy through role dev`],
  ],
  [
    'a role of the same name at another mount',
    {
      before: [read, role('dev', [ALICE], ['app'])],
      after: [
        read,
        role('dev', [ALICE], ['app']),
        { ...role('dev', [ALICE], ['app'], { backend: 'other' }), name: 'b' },
      ],
    },
    [`medium: ${ALICE} gains read on secret/data/app through role dev`],
  ],
  [
    'a policy of the same name in another namespace',
    {
      before: [read, role('dev', [ALICE], ['app'], { namespace: 'team' })],
      after: [
        policy('app', 'path "sys/*" { capabilities = ["read"] }'),
        role('dev', [ALICE], ['app'], { namespace: 'team' }),
      ],
    },
    [],
  ],
  [
    'a policy in a namespace that is written with a slash at its end',
    {
      before: [role('dev', [ALICE], ['app'], { namespace: 'team' })],
      after: [
        { ...read, values: { ...read.values, namespace: 'team/' } },
        role('dev', [ALICE], ['app'], { namespace: 'team' }),
      ],
    },
    [`medium: ${ALICE} gains read on secret/data/app through role dev`],
  ],
  [
    'an entity with a policy',
    { after: [{ type: 'vault_identity_entity', values: { name: 'alice', policies: ['ops'] } }] },
    ['medium: the entity alice gains what ops gives (not shown here)'],
  ],
  [
    'a policy that gives what another one gives already',
    {
      before: [
        read,
        policy('same', 'path "secret/data/app" { capabilities = ["read"] }'),
        role('dev', [ALICE], ['app']),
      ],
      after: [
        read,
        policy('same', 'path "secret/data/app" { capabilities = ["read"] }'),
        role('dev', [ALICE], ['app', 'same']),
      ],
    },
    [`medium: ${ALICE} gains the policy same, which adds nothing now, through role dev`],
  ],
  [
    'nothing changed',
    { before: [read, role('dev', [ALICE], ['app'])], after: [read, role('dev', [ALICE], ['app'])] },
    [],
  ],
])('%s', (_, samples, expected) => {
  expect(findingsOf(accessGained, samples).map((text) => text.trim())).toEqual(expected);
});
