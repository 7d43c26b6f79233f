import { UpdateUserCommand } from '@aws-sdk/client-iam';
import { BoundPrincipal, IamAuthRole } from '../../lib/constructs/vault';
import { Directory, groupsStack, type Login } from './support/groups';
import { methodStack } from './support/method-stack';
import { PagingIam } from './support/paging-iam';
import { TestSandbox } from './support/test-sandbox';
import { size } from '../support/size';

let sandbox: TestSandbox;
let directory: Directory;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  directory = new Directory(sandbox);
});
afterAll(() => sandbox.stop());
afterEach(() => sandbox.mustSucceed('destroy', '-input=false', '-auto-approve'));

const NOT_BOUND = { errors: [expect.stringContaining('does not belong to the role')] };
const DEAD = { status: 403 };

const apply = (...args: Parameters<typeof groupsStack> extends [unknown, ...infer Rest] ? Rest : never) =>
  sandbox.applyStack(groupsStack(sandbox, ...args));

/** A second role on the mount, for everybody. */
const otherRole: Parameters<typeof methodStack>[1] = (mount, stack) =>
  new IamAuthRole(stack, 'other', {
    mount,
    roleName: 'other',
    boundPrincipals: [BoundPrincipal.allUsers()],
  });

/** The last thing of most tests: what is there is what is declared. */
const expectNoChanges = async () => expect(await sandbox.plannedChanges()).toBeUndefined();

/** Whether the policies that a token has hold at its requests, and are not only listed. */
const mayRead = async ({ client_token }: Login, path: string) => {
  const { data } = await sandbox.vault<{ data: { capabilities: string[] } }>(
    'POST',
    'sys/capabilities-self',
    { path },
    client_token,
  );
  return data.capabilities.includes('read');
};

describe('members', () => {
  test('get the policies of their groups, of two groups those of both, whatever their IAM path', async () => {
    const alice = await directory.user('alice');
    const bob = await directory.user('bob', '/teams/nested/');
    await directory.group('developers', 'alice', 'bob');
    await directory.group('operators', 'bob');

    await apply({ developers: ['developer'], operators: ['operator'] });

    expect(await directory.logIn(alice)).toMatchObject({
      token_policies: ['default'],
      identity_policies: ['developer'],
    });
    expect((await directory.logIn(bob)).identity_policies).toEqual(['developer', 'operator']);
    await expectNoChanges();
  });

  test('lose the policies of a group that they are taken out of, on tokens already issued', async () => {
    const carol = await directory.user('carol');
    await directory.group('readers', 'carol');
    await directory.group('writers', 'carol');
    for (const name of ['reader', 'writer']) {
      const policy = `path "secret/data/${name}" { capabilities = ["read"] }`;
      await sandbox.vault('POST', `sys/policies/acl/${name}`, { policy });
    }
    const groups = { readers: ['reader'], writers: ['writer'] };
    await apply(groups);
    const login = await directory.logIn(carol);
    expect(await mayRead(login, 'secret/data/writer')).toBe(true);

    await directory.leave('writers', 'carol');
    expect(await mayRead(login, 'secret/data/writer')).toBe(true);
    await apply(groups);

    expect(await mayRead(login, 'secret/data/writer')).toBe(false);
    expect(await mayRead(login, 'secret/data/reader')).toBe(true);
    await expectNoChanges();
  });

  test('lose their tokens where no group is left, and do not log in', async () => {
    const dave = await directory.user('dave');
    const erin = await directory.user('erin');
    await directory.group('last', 'dave', 'erin');
    await apply({ last: ['developer'] });
    const logins = [await directory.logIn(dave), await directory.logIn(erin)] as const;

    await directory.leave('last', 'dave');
    await apply({ last: ['developer'] });

    await expect(directory.policiesOf(logins[0])).rejects.toMatchObject(DEAD);
    await expect(directory.logIn(dave)).rejects.toMatchObject(NOT_BOUND);
    expect(await directory.policiesOf(logins[1])).toEqual(['developer']);
    await expectNoChanges();
  });

  test('of a group with more than AWS names in one answer are all there', async () => {
    // 100 is what AWS gives.
    const page = size(10, 100);
    const names = Array.from({ length: page + 20 }, (_, index) => `many-${String(index)}`);
    const keys = await Promise.all(names.map((name) => directory.user(name)));
    await directory.group('many', ...names);
    const iam = await PagingIam.start(sandbox, page);
    sandbox.env.AWS_ENDPOINT_URL = iam.endpoint;
    try {
      await apply({ many: ['developer'] });

      expect(iam.pages).toBeGreaterThan(1);
      expect((await directory.logIn(keys.at(-1)!)).identity_policies).toEqual(['developer']);
      await expectNoChanges();
    } finally {
      sandbox.env.AWS_ENDPOINT_URL = sandbox.record.aws.endpoint;
      await iam.stop();
    }
  });

  test('have an entity again after somebody deleted it by hand, at the next apply', async () => {
    const frank = await directory.user('frank');
    await directory.group('deleted', 'frank');
    await apply({ deleted: ['developer'] });
    const { entity_id } = await directory.logIn(frank);
    await sandbox.vault('DELETE', `identity/entity/id/${entity_id}`);
    // Vault makes one of its own meanwhile, which is in no group.
    expect((await directory.logIn(frank)).identity_policies ?? []).toEqual([]);

    await apply({ deleted: ['developer'] });

    expect((await directory.logIn(frank)).identity_policies).toEqual(['developer']);
    await expectNoChanges();
  });
});

describe('a group', () => {
  test('without members is there, and has its first one at the next apply', async () => {
    const grace = await directory.user('grace');
    await directory.user('heidi');
    await directory.group('full', 'heidi');
    await directory.group('empty');
    const groups = { full: ['developer'], empty: ['operator'] };
    await apply(groups);
    await expectNoChanges();

    await directory.join('empty', 'grace');
    await apply(groups);

    expect((await directory.logIn(grace)).identity_policies).toEqual(['operator']);
  });

  test('and all others without any member leave no role to log in by, until there is one', async () => {
    const ivan = await directory.user('ivan');
    await directory.group('nobody');
    await apply({ nobody: ['developer'] });
    await expect(directory.logIn(ivan)).rejects.toMatchObject({
      errors: [expect.stringContaining('entry for role people not found')],
    });
    await expectNoChanges();

    await directory.join('nobody', 'ivan');
    await apply({ nobody: ['developer'] });
    expect((await directory.logIn(ivan)).identity_policies).toEqual(['developer']);

    await directory.leave('nobody', 'ivan');
    await apply({ nobody: ['developer'] });
    await expect(directory.logIn(ivan)).rejects.toThrow();
    await expectNoChanges();
  });

  test('that does not exist stops the plan, which names it', async () => {
    sandbox.synthStack(groupsStack(sandbox, { missing: ['developer'] }));
    await sandbox.init();

    const { exitCode, output } = await sandbox.terraform('plan', '-input=false');

    expect(exitCode).toBe(1);
    expect(output).toContain('Group missing not found');
    expect(output).toMatch(/data\.aws_iam_group\.groups_iam_groups_\w+\["missing"\]/);

    await directory.group('missing');
    await apply({ missing: ['developer'] });
  });
});

describe('a user', () => {
  test('who is renamed keeps the entity, and logs in again after the next apply', async () => {
    const judy = await directory.user('judy');
    await directory.group('renamed', 'judy');
    await apply({ renamed: ['developer'] });
    const before = await directory.logIn(judy);

    await sandbox.iam().send(new UpdateUserCommand({ UserName: 'judy', NewUserName: 'judith' }));
    await expect(directory.logIn(judy)).rejects.toMatchObject(NOT_BOUND);
    expect(await directory.policiesOf(before)).toEqual(['developer']);
    await apply({ renamed: ['developer'] });

    expect(await directory.logIn(judy)).toMatchObject({
      entity_id: before.entity_id,
      identity_policies: ['developer'],
    });
    await expectNoChanges();
  });

  test('who is deleted and made again gets nothing of the old one, before the apply and after', async () => {
    const mallory = await directory.user('mallory');
    await directory.user('niaj');
    await directory.group('again', 'mallory', 'niaj');
    await apply({ again: ['developer'] });
    const old = await directory.logIn(mallory);

    await directory.leave('again', 'mallory');
    await directory.deleteUser('mallory', mallory);
    const anew = await directory.user('mallory');
    // Bound by name still, and without a group.
    const meanwhile = await directory.logIn(anew);
    expect(meanwhile.identity_policies ?? []).toEqual([]);
    expect(meanwhile.entity_id).not.toBe(old.entity_id);
    await apply({ again: ['developer'] });
    await expect(directory.logIn(anew)).rejects.toMatchObject(NOT_BOUND);
    await expect(directory.policiesOf(old)).rejects.toMatchObject(DEAD);

    // Whoever puts the new one into the group gives it the group's policies.
    await directory.join('again', 'mallory');
    await apply({ again: ['developer'] });
    expect((await directory.logIn(anew)).identity_policies).toEqual(['developer']);
    await expectNoChanges();
  });

  test('who had logged in before joining gets the policies at the next login, and not on the old token', async () => {
    const olivia = await directory.user('olivia');
    await directory.user('peggy');
    await directory.group('late', 'peggy');
    await apply({ late: ['developer'] }, { declare: otherRole });
    const before = await directory.logIn(olivia, 'other');
    expect(before.identity_policies ?? []).toEqual([]);

    await directory.join('late', 'olivia');
    await apply({ late: ['developer'] }, { declare: otherRole });

    const after = await directory.logIn(olivia);
    expect(after.identity_policies).toEqual(['developer']);
    expect(after.entity_id).not.toBe(before.entity_id);
    expect(await directory.policiesOf(before)).toEqual([]);
    await expectNoChanges();
  });

  test('who left, logged in by another role and joined again gets the policies again', async () => {
    const rupert = await directory.user('rupert');
    await directory.user('sybil');
    await directory.group('back', 'rupert', 'sybil');
    await apply({ back: ['developer'] }, { declare: otherRole });
    const first = await directory.logIn(rupert);

    await directory.leave('back', 'rupert');
    await apply({ back: ['developer'] }, { declare: otherRole });
    const between = await directory.logIn(rupert, 'other');
    expect(between.identity_policies ?? []).toEqual([]);
    expect(between.entity_id).not.toBe(first.entity_id);

    await directory.join('back', 'rupert');
    await apply({ back: ['developer'] }, { declare: otherRole });
    const last = await directory.logIn(rupert);
    expect(last.identity_policies).toEqual(['developer']);
    // By the other role too: the policies are the person's, and not the role's.
    expect((await directory.logIn(rupert, 'other')).entity_id).toBe(last.entity_id);
    await expectNoChanges();
  });
});

test('a plan that switches the alias of a mount in use says what that does to tokens already issued', async () => {
  const trent = await directory.user('trent');
  await directory.group('switched', 'trent');
  // All callers of a role share an entity.
  await sandbox.applyStack(methodStack(sandbox, otherRole));
  const old = await directory.logIn(trent, 'other');

  sandbox.synthStack(groupsStack(sandbox, { switched: ['developer'] }));
  const { output } = await sandbox.terraform('plan', '-input=false');

  const said = output.replace(/\s+/g, ' ');
  expect(said).toContain('iam_alias = "role_id" -> "unique_id"');
  expect(said).toContain(
    '-> "unique_id; when this changes, new logins get new entities, without the groups and metadata of the old ' +
      'ones, and tokens already issued keep theirs until they end"',
  );

  await apply({ switched: ['developer'] });
  // What it says is so.
  const after = await directory.logIn(trent);
  expect(after.identity_policies).toEqual(['developer']);
  expect(after.entity_id).not.toBe(old.entity_id);
  expect(await directory.policiesOf(old)).toEqual([]);
});
