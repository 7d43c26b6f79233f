import { agentTarget } from '../../../lib/constructs/stacks';
import { chooseAgent, type DeclaredAgent } from '../../../lib/operate/declared';

const agent = (role: string, id?: string): DeclaredAgent => {
  const target = { mountPath: 'aws', roles: [{ name: role, authType: 'iam' as const }] };
  const method = { mountPath: 'auth/aws', type: 'iam' as const, role };
  return { id, target, config: { autoAuth: { method, sinks: [] } } };
};
const AGENTS = [agent('app', 'one'), agent('app', 'two'), agent('web', 'three')];

describe('the agent that is meant', () => {
  test.each<[string, Parameters<typeof chooseAgent>, DeclaredAgent]>([
    ['the only one of a role', [AGENTS, 'web'], AGENTS[2]!],
    ['by its ID', [AGENTS, undefined, 'two'], AGENTS[1]!],
    ['the only one there is', [[AGENTS[0]!]], AGENTS[0]!],
  ])('is %s', (_, args, expected) => {
    expect(chooseAgent(...args)).toBe(expected);
  });

  test.each<[string, Parameters<typeof chooseAgent>, string]>([
    [
      'a role that does not exist',
      [[agent('dev_role')], 'dev'],
      "No agent of this stack logs in by the role 'dev'; the agents are: 'dev_role'.",
    ],
    [
      'an ID of another role',
      [AGENTS, 'web', 'one'],
      "No agent of this stack logs in by the role 'web' as 'one'; the agents are: 'app' (agent 'one'), 'app' (agent 'two'), 'web' (agent 'three').",
    ],
    [
      'one of several',
      [AGENTS, 'app'],
      "Choose an agent with --role or --agent: 'app' (agent 'one'), 'app' (agent 'two').",
    ],
  ])('is not %s', (_, args, message) => {
    expect(() => chooseAgent(...args)).toThrow(message);
  });
});

describe('what the settings ask of an agent', () => {
  const vault = { address: 'https://vault.example.com:8200' };

  test('is the guide’s mount, role and server ID, and the global STS', () => {
    expect(agentTarget({ vault })).toEqual({
      mountPath: 'aws_test',
      vaultAddress: vault.address,
      serverIdHeader: 'vault.example.com',
      roles: [{ name: 'dev_role', authType: 'iam' }],
    });
  });

  test('is what they say else, under the names of the deployed stack', () => {
    const sts = { url: 'https://sts.eu-central-1.amazonaws.com', region: 'eu-central-1' };
    const settings = {
      vault: { ...vault, namespace: 'team', serverIdHeader: false as const, awsEndpoints: { sts } },
      login: { role: { tokenNumUses: 3 } },
    };

    expect(agentTarget(settings, { mountPath: 'aws', roleNames: ['billing'] })).toEqual({
      mountPath: 'aws',
      vaultAddress: vault.address,
      namespace: 'team',
      stsRegion: 'eu-central-1',
      roles: [{ name: 'billing', authType: 'iam', tokenNumUses: 3 }],
    });
  });

  test('names all roles, and each deployed one with its own uses of a token', () => {
    const login = [{}, { role: { roleName: 'ci', tokenNumUses: 2 } }, { role: { roleName: 'web' } }];
    const iam = { authType: 'iam' as const };

    expect(agentTarget({ vault, login }).roles).toEqual([
      { name: 'dev_role', ...iam },
      { name: 'ci', tokenNumUses: 2, ...iam },
      { name: 'web', ...iam },
    ]);
    expect(agentTarget({ vault, login }, { mountPath: 'aws', roleNames: ['dev', 'ci'] }).roles).toEqual([
      { name: 'dev', ...iam },
      { name: 'ci', tokenNumUses: 2, ...iam },
    ]);
  });
});
