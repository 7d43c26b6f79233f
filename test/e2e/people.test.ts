import { CreateRoleCommand } from '@aws-sdk/client-iam';
import {
  BoundPrincipal,
  IamAuthRole,
  PeopleGroups,
  type PeopleGroupsProps,
} from '../../lib/constructs/vault';
import { Directory } from './support/groups';
import { methodStack } from './support/method-stack';
import { assumeRole, EVERYBODY } from './support/other-account';
import { TestSandbox } from './support/test-sandbox';

const SUFFIX = '_0123456789abcdef';

let sandbox: TestSandbox;
let directory: Directory;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  directory = new Directory(sandbox);
  // As IAM Identity Center makes them.
  for (const [region, name] of [
    ['eu-central-1/', 'Developer'],
    ['eu-central-1/', 'Administrator'],
    ['', 'Auditor'],
    // Its name begins like another's.
    ['eu-central-1/', 'Developer_Night'],
  ]) {
    await sandbox.iam().send(
      new CreateRoleCommand({
        RoleName: `AWSReservedSSO_${name}${SUFFIX}`,
        Path: `/aws-reserved/sso.amazonaws.com/${region}`,
        AssumeRolePolicyDocument: EVERYBODY,
      }),
    );
  }
});
afterAll(() => sandbox.stop());
afterEach(() => sandbox.mustSucceed('destroy', '-input=false', '-auto-approve'));

/** A session as IAM Identity Center opens it, named after the person. */
const sessionOf = (person: string, permissionSet = 'Developer', region = 'eu-central-1/') =>
  assumeRole(
    sandbox,
    `aws-reserved/sso.amazonaws.com/${region}AWSReservedSSO_${permissionSet}${SUFFIX}`,
    undefined,
    person,
  );

const peopleStack = (
  groups: PeopleGroupsProps['groups'],
  permissionSets = [{ name: 'Developer', region: 'eu-central-1' }],
) =>
  methodStack(
    sandbox,
    (mount, stack) =>
      new PeopleGroups(stack, 'people', { mount, roleName: 'people', permissionSets, groups }),
    { identity: { iamAlias: 'full_arn' } },
  );

const NOT_BOUND = { errors: [expect.stringContaining('does not belong to the role')] };
const expectNoChanges = async () => expect(await sandbox.plannedChanges()).toBeUndefined();

describe('people of a permission set', () => {
  test('are two persons with their own policies, though one role to AWS', async () => {
    await sandbox.applyStack(
      peopleStack({
        developers: { people: ['alice@example.com', 'bob@example.com'], policies: ['developer'] },
        operators: { people: ['bob@example.com'], policies: ['operator'] },
      }),
    );

    const alice = await directory.logIn(await sessionOf('alice@example.com'));
    const bob = await directory.logIn(await sessionOf('bob@example.com'));
    expect(alice).toMatchObject({ token_policies: ['default'], identity_policies: ['developer'] });
    expect(bob.identity_policies).toEqual(['developer', 'operator']);
    expect(alice.entity_id).not.toBe(bob.entity_id);
    // Another session of the same person.
    expect((await directory.logIn(await sessionOf('alice@example.com'))).entity_id).toBe(alice.entity_id);
    await expectNoChanges();
  });

  test('who are in no group get Vault’s policy default alone', async () => {
    await sandbox.applyStack(peopleStack({ developers: { people: ['alice'], policies: ['developer'] } }));

    const login = await directory.logIn(await sessionOf('carol'));

    expect(login.token_policies).toEqual(['default']);
    expect(login.identity_policies ?? []).toEqual([]);
  });

  test('are taken out of a list, and lose its policies on tokens already issued', async () => {
    const developers = (...people: string[]) => ({ developers: { people, policies: ['developer'] } });
    const night = (...people: string[]) => ({ night: { people, policies: ['operator'] } });
    await sandbox.applyStack(peopleStack({ ...developers('alice', 'bob'), ...night('alice') }));
    const alice = await directory.logIn(await sessionOf('alice'));
    const bob = await directory.logIn(await sessionOf('bob'));

    await sandbox.applyStack(peopleStack({ ...developers(), ...night('alice') }));

    expect(await directory.policiesOf(alice)).toEqual(['operator']);
    await expect(directory.policiesOf(bob)).rejects.toMatchObject({ status: 403 });
    await expectNoChanges();
  });

  test('come by several, one of them of us-east-1, and have the same policies by each', async () => {
    await sandbox.applyStack(
      peopleStack({ developers: { people: ['alice'], policies: ['developer'] } }, [
        { name: 'Developer', region: 'eu-central-1' },
        { name: 'Auditor', region: 'us-east-1' },
      ]),
    );

    for (const session of [await sessionOf('alice'), await sessionOf('alice', 'Auditor', '')]) {
      expect((await directory.logIn(session)).identity_policies).toEqual(['developer']);
    }
    await expect(directory.logIn(await sessionOf('alice', 'Administrator'))).rejects.toMatchObject(NOT_BOUND);
    await expect(directory.logIn(await sessionOf('alice', 'Developer_Night'))).rejects.toMatchObject(
      NOT_BOUND,
    );
    await expectNoChanges();
  });
});

test('a permission set that is not assigned to the account stops the plan, which names it', async () => {
  const declare = (name: string) =>
    peopleStack({ developers: { people: ['alice'], policies: ['developer'] } }, [
      { name, region: 'eu-central-1' },
    ]);
  sandbox.synthStack(declare('Missing'));
  await sandbox.init();

  const { exitCode, output } = await sandbox.terraform('plan', '-input=false');

  expect(exitCode).toBe(1);
  expect(output.replace(/[\s│]+/g, ' ')).toContain(
    "permission set 'Missing': must be assigned to this account, and IAM Identity Center must be set up in eu-central-1; got 0 roles of it",
  );
  await sandbox.applyStack(declare('Developer'));
});

test('a role is bound to a permission set, whatever suffix AWS gave its role', async () => {
  await sandbox.applyStack(
    methodStack(sandbox, (mount, stack) => {
      const permissionSet = (name: string, region: string) => BoundPrincipal.permissionSet({ name, region });
      new IamAuthRole(stack, 'role', {
        mount,
        roleName: 'people',
        boundPrincipals: [
          permissionSet('Developer', 'eu-central-1'),
          permissionSet('Auditor', 'us-east-1'),
          // Of another region: never matches.
          permissionSet('Administrator', 'eu-west-1'),
        ],
      });
    }),
  );

  await directory.logIn(await sessionOf('alice'));
  await directory.logIn(await sessionOf('alice', 'Auditor', ''));
  await expect(directory.logIn(await sessionOf('alice', 'Administrator'))).rejects.toMatchObject(NOT_BOUND);
  // What the docs warn of: Vault's wildcard can't be narrower.
  await directory.logIn(await sessionOf('alice', 'Developer_Night'));
  await expectNoChanges();
});
