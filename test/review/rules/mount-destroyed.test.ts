import { mountDestroyed } from '../../../lib/review/rules/mount-destroyed';
import { findingsOf } from '../support/findings';
import { role } from '../support/plan';

const mount = (values: object = {}) => ({
  type: 'vault_auth_backend',
  values: { type: 'aws', path: 'aws', ...values },
});
const roles = [role('a', [], []), role('b', [], []), { ...role('c', [], [], { backend: 'other' }) }];

test.each([
  [
    'destroyed',
    { before: [mount(), ...roles] },
    ['critical: auth/aws is destroyed: all its tokens end, and no login by its 2 roles works any more'],
  ],
  [
    'made anew',
    { before: [mount(), ...roles], after: [{ ...mount(), replace: true }, ...roles] },
    [
      'critical: auth/aws is replaced: all its tokens end, and no login by its 2 roles works until they are written again',
    ],
  ],
  [
    'destroyed in a namespace',
    { before: [mount({ namespace: 'team/' }), ...roles, role('d', [], [], { namespace: 'team' })] },
    ['critical: auth/team/aws is destroyed: all its tokens end, and no login by its 1 role works any more'],
  ],
  ['of another type', { before: [mount({ type: 'jwt' })] }, []],
  ['left alone', { before: [mount()], after: [mount()] }, []],
])('a mount that is %s', (_, samples, expected) => {
  expect(findingsOf(mountDestroyed, samples)).toEqual(expected);
});
