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
  ['a gain', { before: [read, role('dev', [ALICE], [])], after: [read, role('dev', [ALICE], ['app'])] }, []],
])('%s', async (_, samples, expected) => {
  expect(await findingsOf(accessLost, samples)).toEqual(expected);
});
