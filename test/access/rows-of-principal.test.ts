import { accessReport } from '../../lib/access';
import { readPlan } from '../../lib/terraform';
import { planOf, role, type Sample } from '../review/support/plan';

const report = (query: object, ...after: readonly Sample[]) =>
  accessReport([{ name: 's', kind: 'state', resources: readPlan(planOf({ after }), 's').after }], query);

/** By which roles a principal is let in, with what else must hold. */
function roles(principal: string, ...after: readonly Sample[]) {
  const { rows } = report({ principal }, ...after);
  return rows.map(({ grant, conditions }) => [grant.role?.name ?? grant.group?.name, ...conditions]);
}

const USER = 'arn:aws:iam::123456789012:user';
const ROLE = 'arn:aws:iam::123456789012:role';
const session = (name: string) => `arn:aws:sts::123456789012:assumed-role/${name}/session`;
const OFF = { resolve_aws_unique_ids: false };

describe('an ARN is let in', () => {
  test.each<[string, string, string, Record<string, unknown>]>([
    ['by its own', `${USER}/alice`, `${USER}/alice`, {}],
    ['with another path than its, where Vault resolves the bind', `${USER}/alice`, `${USER}/team/alice`, {}],
    ['without its path, where it does not', `${USER}/team/alice`, `${USER}/alice`, OFF],
    ['in a session of a role', session('app'), `${ROLE}/app`, {}],
    ['by a wildcard with its path', `${USER}/team/alice`, `${USER}/team/*`, {}],
    ['by its whole account', `${USER}/team/alice`, 'arn:aws:iam::123456789012:*', {}],
    ['by all roles of the account, in a session', session('app'), `${ROLE}/*`, {}],
  ])('%s', (_, arn, bind, values) => {
    expect(roles(arn, role('dev', [bind], [], values))).toEqual([['dev']]);
  });

  test.each<[string, string, string, Record<string, unknown>]>([
    ['by another name', `${USER}/alice`, `${USER}/alicia`, {}],
    ['of another account', 'arn:aws:iam::210987654321:user/alice', `${USER}/*`, {}],
    ['with a path, where Vault resolves none', `${USER}/team/alice`, `${USER}/team/alice`, OFF],
    ['by a wildcard that its path does not match', `${USER}/alice`, `${USER}/team/*`, {}],
    ['by a star in the middle', `${USER}/team/alice`, `${USER}/*/alice`, OFF],
    ['by the users, as a role', `${ROLE}/app`, `${USER}/*`, {}],
    ['by a role of type ec2', `${ROLE}/app`, `${ROLE}/app`, { auth_type: 'ec2' }],
    ['by a role of type ec2, in a session', session('app'), `${ROLE}/app`, { auth_type: 'ec2' }],
    ['by a star in another path', session('app'), 'arn:aws:iam::210987654321:role/team/*', {}],
  ])('not %s', (_, arn, bind, values) => {
    expect(roles(arn, role('dev', [bind], [], values))).toEqual([]);
  });

  test('perhaps, where a session does not tell the path of its role', () => {
    expect(roles(session('app'), role('dev', [`${ROLE}/team/*`], []))).toEqual([
      ['dev', `the ARN of its role, with its path, matches ${ROLE}/team/*`],
    ]);
  });

  test('perhaps, by a bind that is known after apply', () => {
    const unknown = { ...role('dev', [], []), unknown: { bound_iam_principal_arns: true } };

    expect(roles(`${USER}/alice`, unknown)).toEqual([
      ['dev', 'the bind names it, which is known only after the apply'],
    ]);
  });

  test('perhaps, in the account of the stack', () => {
    expect(roles(`${USER}/alice`, role('dev', ['arn:aws:iam::(this account):user/*'], []))).toEqual([
      ['dev', '123456789012 is the account that the stack is applied with'],
    ]);
  });

  describe('as an instance', () => {
    const inferred = (arns: readonly string[], values: Record<string, unknown> = {}) =>
      role('web', arns, [], { inferred_entity_type: 'ec2_instance', bound_ami_ids: ['ami-1'], ...values });
    const perhaps = [['web', 'it is the session of such an instance']];

    test('only in a session of the role', () => {
      const web = inferred([`${ROLE}/worker`]);

      expect(roles(session('worker'), web)).toEqual(perhaps);
      expect(roles(session('other'), web)).toEqual([]);
      expect(roles(`${ROLE}/worker`, web)).toEqual([]);
    });

    test('of any of its roles, and of every role where it names none or only the apply knows it', () => {
      const unknown = { ...inferred([]), unknown: { bound_iam_principal_arns: true } };

      expect(roles(session('worker'), inferred([`${ROLE}/other`, `${ROLE}/worker`]))).toEqual(perhaps);
      expect(roles(session('worker'), inferred([]))).toEqual(perhaps);
      expect(roles(session('worker'), unknown)).toEqual(perhaps);
    });

    test('of a role with a path only where Vault resolves it', () => {
      const path = [`${ROLE}/team/worker`];

      expect(roles(session('worker'), inferred(path))).toEqual(perhaps);
      expect(roles(session('worker'), inferred(path, OFF))).toEqual([]);
    });
  });

  test('not where it is no principal: it is said why', () => {
    expect(() => roles('arn:aws:iam::123456789012:group/devs')).toThrow('a group: its members');
  });
});

describe('a group is for its members:', () => {
  const entity = { type: 'vault_identity_entity', values: { id: 'e-1', name: 'e' } };
  const alias = {
    type: 'vault_identity_entity_alias',
    values: { name: 'AIDAALICE', canonical_id: 'e-1' },
  };
  const iamGroup = {
    type: 'aws_iam_group',
    mode: 'data' as const,
    values: {
      group_name: 'devs',
      users: [{ user_name: 'alice', user_id: 'AIDAALICE', arn: `${USER}/team/alice` }],
    },
  };
  const group = (name: string, values: object) => ({
    type: 'vault_identity_group',
    name,
    values: { id: name, name, policies: ['p'], ...values },
  });

  test('by an alias that is its unique ID, and by a group in the group', () => {
    const samples = [
      entity,
      alias,
      iamGroup,
      group('inner', { member_entity_ids: ['e-1'] }),
      group('outer', { member_entity_ids: [], member_group_ids: ['inner'] }),
      group('other', { member_entity_ids: ['e-2'] }),
    ];

    expect(
      roles(`${USER}/team/alice`, ...samples)
        .map(([name]) => name)
        .sort(),
    ).toEqual(['inner', 'outer']);
    expect(roles(`${USER}/bob`, ...samples)).toEqual([]);
  });

  test.each<[string, Omit<Sample, 'values'>, object]>([
    ['of this stack', { type: 'aws_iam_user' }, { unique_id: 'AIDAALICE' }],
    ['that is looked up', { type: 'aws_iam_user', mode: 'data' }, { user_id: 'AIDAALICE' }],
  ])('by the unique ID of a user %s', (_, block, id) => {
    const user = { ...block, values: { ...id, arn: `${USER}/team/alice` } };
    const other = { ...block, name: 'bob', values: { arn: `${USER}/bob` } };
    const samples = [user, other, entity, alias, group('devs', { member_entity_ids: ['e-1'] })];

    expect(roles(`${USER}/alice`, ...samples)).toEqual([['devs']]);
    expect(roles(`${USER}/bob`, ...samples)).toEqual([]);
  });

  test('by the key of its entity, where the alias is written by a path', () => {
    const byKey = { ...entity, key: 'AIDAALICE' };
    const samples = [iamGroup, byKey, group('devs', { member_entity_ids: ['e-1'] })];

    expect(roles(`${USER}/team/alice`, ...samples)).toEqual([['devs']]);
    expect(roles(`${USER}/bob`, ...samples)).toEqual([]);
  });

  test('by groups that are in each other', () => {
    const samples = [
      entity,
      alias,
      iamGroup,
      group('one', { member_entity_ids: ['e-1'], member_group_ids: ['two'] }),
      group('two', { member_entity_ids: [], member_group_ids: ['one', 'three'] }),
      group('three', { member_entity_ids: [], member_group_ids: ['two'] }),
    ];

    expect(
      roles(`${USER}/alice`, ...samples)
        .map(([name]) => name)
        .sort(),
    ).toEqual(['one', 'three', 'two']);
  });

  test('as a person of IAM Identity Center, with its permission set', () => {
    const person = {
      type: 'vault_identity_entity',
      key: 'ann',
      values: { id: 'e-3', metadata: { person: 'ann', permission_set: 'Developer' } },
    };
    const samples = [person, group('devs', { member_entity_ids: ['e-3'] })];
    const arn = (set: string, name: string) =>
      `arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_${set}_0123456789abcdef/${name}`;

    expect(roles(arn('Developer', 'ann'), ...samples)).toEqual([['devs']]);
    expect(roles(arn('Developer', 'bob'), ...samples)).toEqual([]);
    expect(roles(arn('Operator', 'ann'), ...samples)).toEqual([]);
  });

  test('by the IAM group that they come from, before the first apply', () => {
    const fresh = {
      type: 'vault_identity_group',
      values: { name: 'devs', policies: ['p'] },
      unknown: { member_entity_ids: true },
      references: { member_entity_ids: ['data.aws_iam_group.it'] },
    };
    const carol = { user_name: 'carol', user_id: 'AIDACAROL', arn: `${USER}/carol` };
    const two = { ...iamGroup, values: { ...iamGroup.values, users: [...iamGroup.values.users, carol] } };

    expect(roles(`${USER}/alice`, two, fresh)).toEqual([['devs']]);
    expect(roles(`${USER}/bob`, two, fresh)).toEqual([]);
    expect(roles(`${USER}/bob`, fresh)).toEqual([
      ['devs', 'it is a member, which is known only after the apply'],
    ]);
  });
});

test('a part of a name finds labels and members, in whatever case', () => {
  expect(roles('ALI', role('dev', [`${USER}/alice`], []), role('ops', [`${USER}/bob`], []))).toEqual([
    ['dev'],
  ]);
});
