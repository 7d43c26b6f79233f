import { matchPrincipal } from '../../lib/access/match-principal';
import { canonicalArn, parsePrincipal } from '../../lib/iam/principal';

const ALICE = 'arn:aws:iam::123456789012:user/team/alice';
const role = (bound_iam_principal_arn: string[], bound_iam_principal_id: string[] = [], resolve = true) => ({
  bound_iam_principal_arn,
  bound_iam_principal_id,
  resolve_aws_unique_ids: resolve,
});
const facts = { uniqueId: 'AIDA1', fullArn: ALICE };

test('a session has the access of its role, and the canonical ARN has no path', () => {
  const session = parsePrincipal('arn:aws-cn:sts::123456789012:assumed-role/worker/i-1');
  expect(session).toMatchObject({ kind: 'role', name: 'worker', session: 'i-1' });
  expect(canonicalArn(session)).toBe('arn:aws-cn:iam::123456789012:role/worker');
  expect(canonicalArn(parsePrincipal(ALICE))).toBe('arn:aws:iam::123456789012:user/alice');
});

test.each([
  ['arn:aws:iam::123456789012:assumed-role/worker/i-1'],
  ['arn:aws:sts::123456789012:assumed-role/worker'],
  ['arn:aws:sts::123456789012:role/worker'],
  ['arn:aws:iam::1234:user/alice'],
  ['arn:aws:iam::123456789012:constructor/alice'],
  ['arn:aws:iam::123456789012:user/'],
  ['aws:arn:iam::123456789012:user/alice'],
  ['arn:aws:iam::123456789012:user/alice:more'],
])('%s is no principal', (arn) => {
  expect(() => parsePrincipal(arn)).toThrow('is not the ARN of a principal');
});

test.each([
  ['a unique ID before a wildcard', role([ALICE, `${ALICE}*`], ['AIDA1']), 'unique ID'],
  [
    'the canonical ARN without resolving',
    role(['arn:aws:iam::123456789012:user/alice'], [], false),
    'canonical ARN',
  ],
  ['a wildcard with the path', role(['arn:aws:iam::123456789012:user/team/*']), 'wildcard'],
  ['a wildcard in front and at the end', role(['*team/*']), 'wildcard'],
  ['no principal at all', role([]), 'no bound principal'],
])('%s lets in', (_, binds, rule) => {
  expect(matchPrincipal(binds, parsePrincipal(ALICE), facts)).toMatchObject({ verdict: 'yes', rule });
});

test.each([
  ['another unique ID', role([ALICE], ['AIDA2'])],
  ['the canonical ARN where Vault resolves', role(['arn:aws:iam::123456789012:user/alice'], [])],
  ['the full ARN where it does not', role([ALICE], [], false)],
  ['a wildcard without the path', role(['arn:aws:iam::123456789012:user/al*'])],
  ['a wildcard in the middle', role(['arn:aws:iam::123456789012:user/*/alice'], [], false)],
  ['a wildcard in front only', role(['*alice'], [], false)],
  ['a wildcard alone', role(['*'], [], false)],
])('%s does not', (_, binds) => {
  expect(matchPrincipal(binds, parsePrincipal(ALICE), facts)).toEqual({ verdict: 'no' });
});

test('without AWS it is unknown where it depends on AWS, and only there', () => {
  const unknown = (binds: ReturnType<typeof role>) => matchPrincipal(binds, parsePrincipal(ALICE), {});

  expect(unknown(role([ALICE], ['AIDA1']))).toEqual({ verdict: 'unknown', needs: 'uniqueId' });
  expect(unknown(role(['arn:aws:iam::123456789012:user/*']))).toEqual({
    verdict: 'unknown',
    needs: 'fullArn',
  });
  expect(unknown(role(['arn:aws:iam::222222222222:user/alice'], ['AIDA3']))).toEqual({ verdict: 'no' });
});
