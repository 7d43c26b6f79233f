import { SelfRotatingIamUser, TestUser, VaultIamRole, VaultIamUser } from '../../../lib/constructs/aws';
import { emptyStack, lateText, problemsOf } from '../../support/stack';

const twice = (kind: string, name: string, first: string) =>
  `IAM ${kind} '${name}' is declared twice, and AWS would refuse the second one; it is already declared at '${first}'`;

test('two users of a name are refused, also of two kinds and in another case', () => {
  expect(
    problemsOf((stack) => {
      new VaultIamUser(stack, 'one', { permissionsFor: [] });
      new VaultIamUser(stack, 'two', { permissionsFor: [], policyName: 'other' });
      new SelfRotatingIamUser(stack, 'three', { permissionsFor: [], rotation: 1, userName: 'VAULT_AUTH' });
      new TestUser(stack, 'four', { userName: 'vault_auth' });
    }),
  ).toEqual([
    `[stack/two] ${twice('user', 'vault_auth', 'stack/one')}`,
    `[stack/three] ${twice('user', 'vault_auth', 'stack/one')}`,
    `[stack/three] ${twice('policy', 'vaultauthuser', 'stack/one')}`,
    `[stack/four] ${twice('user', 'vault_auth', 'stack/one')}`,
  ]);
});

test('two roles of a name are refused, and not a role and a user', () => {
  const trusted = ['ec2'] as const;

  expect(
    problemsOf((stack) => {
      new VaultIamUser(stack, 'user', { permissionsFor: [] });
      new VaultIamRole(stack, 'one', { permissionsFor: [], trusted });
      new VaultIamRole(stack, 'two', { permissionsFor: [], trusted, policyName: 'other' });
    }),
  ).toEqual([`[stack/two] ${twice('role', 'vault_auth', 'stack/one')}`]);
});

test('the names of another stack, and those that are known only at apply, are not compared', () => {
  expect(
    problemsOf((stack) => {
      new VaultIamUser(stack, 'one', { permissionsFor: [] });
      new VaultIamUser(emptyStack(stack.node.root, 'other'), 'one', { permissionsFor: [] });
      const late = lateText(stack);
      new TestUser(stack, 'two', { userName: late });
      new TestUser(stack, 'three', { userName: late });
    }),
  ).toEqual([]);
});
