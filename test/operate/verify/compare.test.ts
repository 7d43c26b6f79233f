import { comparePaths, comparePolicies, pathsToAsk } from '../../../lib/operate/verify/compare';
import type { PolicyRule } from '../../../lib/policy';

function declaring(...policies: [name: string, ...rules: PolicyRule[]][]) {
  return {
    vaultAddress: 'http://127.0.0.1:8200',
    mountPath: 'aws_test',
    role: 'dev_role',
    policies: policies.map(([name, ...rules]) => ({ name, rules })),
  };
}

describe('the paths', () => {
  const login = declaring(
    ['one', { path: 'app/*', capabilities: ['read', 'list'] }],
    [
      'two',
      { path: 'app/*', capabilities: ['create'] },
      { path: 'own/{{identity.entity.id}}', capabilities: ['read'] },
    ],
  );

  test('are asked once each, without the templated ones', () => {
    expect(pathsToAsk(login)).toEqual(['app/*']);
  });

  test('are not asked if a part is known only at apply, and say so', () => {
    const late = declaring(['one', { path: 'app/(known only at apply)/x', capabilities: ['read'] }]);

    expect(pathsToAsk(late)).toEqual([]);
    expect(comparePaths(late, {})).toEqual([
      {
        path: 'app/(known only at apply)/x',
        declared: ['read'],
        note: 'a path with a part that only the apply knows',
      },
    ]);
  });

  test('are declared by all policies together, and agree in any order', () => {
    expect(comparePaths(login, { 'app/*': ['create', 'list', 'read'] })[0]).toEqual({
      path: 'app/*',
      declared: ['create', 'read', 'list'],
      actual: ['create', 'read', 'list'],
      agrees: true,
    });
  });

  test.each([
    ['less', ['read'], ['read']],
    ['more', ['sudo', 'create', 'list', 'read'], ['create', 'read', 'list', 'sudo']],
    ['nothing', ['deny'], ['deny']],
    ['everything', ['root'], ['root']],
  ])('differ where Vault gives %s', (_, given, actual) => {
    expect(comparePaths(login, { 'app/*': given })[0]).toMatchObject({ actual, agrees: false });
  });

  test('are neither the same nor different where they could not be asked', () => {
    expect(comparePaths(login, undefined)).toEqual([
      { path: 'app/*', declared: ['create', 'read', 'list'] },
      {
        path: 'own/{{identity.entity.id}}',
        declared: ['read'],
        note: 'a templated path, which Vault fills in for each token',
      },
    ]);
  });
});

describe('the policies', () => {
  const login = declaring(['dev_policy'], ['team']);

  test('agree where the token has the declared ones, from the role or a group, and default', () => {
    expect(comparePolicies(login, ['default', 'dev_policy', 'team'])).toEqual([]);
  });

  test('agree where the token has no default', () => {
    expect(comparePolicies(login, ['dev_policy', 'team'])).toEqual([]);
  });

  test('differ where one is too many and one is missing', () => {
    expect(comparePolicies(login, ['default', 'dev_policy', 'ghost', 'ghost'])).toEqual([
      "policy 'ghost': the token has it, and it is not declared for role 'dev_role'",
      "policy 'team': it is declared for role 'dev_role', and the token lacks it",
    ]);
  });
});
