import { parsePrincipal } from '../../../lib/iam/principal';
import { matchToken } from '../../../lib/operate/runbook/token-match';

const token = (changes: object) => ({
  accessor: 'a',
  entity_id: 'e',
  path: 'auth/team/aws/login',
  display_name: 'team-aws-alice',
  meta: { role_id: 'R1', account_id: '123456789012' } as Record<string, string>,
  ...changes,
});
const of = (arn: string) => ({ principal: parsePrincipal(arn) });
const ALICE = of('arn:aws:iam::123456789012:user/alice');
const WORKER = of('arn:aws:iam::123456789012:role/path/worker');
const SESSION = of('arn:aws:sts::123456789012:assumed-role/worker/one');
const worker = (session: string) => token({ display_name: `team-aws-worker/${session}` });

test.each([
  ['a role by its ID', token({}), { role: 'app', roleId: 'R1' }, 'yes'],
  ['another role', token({}), { role: 'app', roleId: 'R2' }, 'no'],
  ['a role whose ID is not known', token({}), { role: 'app' }, 'no'],
  ['a role of type ec2 by its name', token({ meta: { role: 'app' } }), { role: 'app' }, 'yes'],
  ['another mount', token({ path: 'auth/aws/login' }), { role: 'app', roleId: 'R1' }, 'no'],
  ['a child of such a token', token({ path: 'auth/token/create' }), ALICE, 'no'],
  ['a user', token({}), ALICE, 'yes'],
  ['a user whose name begins so', token({ display_name: 'team-aws-alice2' }), ALICE, 'no'],
  ['a role named as the user', token({ display_name: 'team-aws-alice/session' }), ALICE, 'no'],
  [
    'a namesake of another account',
    token({ meta: { role_id: 'R1', account_id: '222222222222' } }),
    ALICE,
    'no',
  ],
  ['a user without an account', token({ meta: { role_id: 'R1' } }), ALICE, 'unknown'],
  ['an instance', token({ meta: { role: 'app', account_id: '123456789012' } }), ALICE, 'no'],
  ['a role by any session', worker('one'), WORKER, 'yes'],
  ['one session', worker('one'), SESSION, 'yes'],
  ['another session', worker('one-more'), SESSION, 'no'],
  [
    'a session whose last - Vault cuts',
    worker('one'),
    of('arn:aws:sts::123456789012:assumed-role/worker/one-'),
    'yes',
  ],
  ['a token without metadata', token({ meta: null }), { role: 'app', roleId: 'R1' }, 'no'],
])('%s: %#', (_, live, owner, match) => {
  expect(matchToken(live, 'team/aws', owner)).toBe(match);
});
