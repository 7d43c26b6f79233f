import { type AgentConfig, type AgentTarget, checkAgentConfig, describeProblem } from '../../lib/agent';

export const TARGET: AgentTarget = {
  mountPath: 'aws_test',
  vaultAddress: 'https://vault.example.com:8200',
  namespace: 'team',
  serverIdHeader: 'vault.example.com',
  stsRegion: 'eu-central-1',
  roles: [
    { name: 'dev_role', authType: 'iam' },
    { name: 'profile', authType: 'inferred' },
    { name: 'web', authType: 'ec2' },
    { name: 'few', authType: 'iam', tokenNumUses: 3 },
    { name: 'once', authType: 'ec2', disallowReauthentication: true },
  ],
};

export const IAM: AgentConfig = {
  autoAuth: {
    method: {
      mountPath: 'auth/aws_test',
      namespace: 'team',
      type: 'iam',
      role: 'dev_role',
      headerValue: 'vault.example.com',
      region: 'eu-central-1',
    },
    sinks: [{ path: '/run/token' }],
  },
};

export type Changes = Partial<AgentConfig['autoAuth']['method']>;

/** What is wrong with an iam agent that is otherwise right. */
export function problems(
  method: Changes,
  more: Partial<AgentConfig> = {},
  target: Partial<AgentTarget> = {},
): string[] {
  const { autoAuth = IAM.autoAuth } = more;
  const config = {
    ...IAM,
    ...more,
    autoAuth: { ...autoAuth, method: { ...IAM.autoAuth.method, ...method } },
  };
  return checkAgentConfig(config, { ...TARGET, ...target }).map(describeProblem);
}

/** The same with these sinks. */
export function sinkProblems(
  sinks: AgentConfig['autoAuth']['sinks'],
  method: Changes = {},
  more: Partial<AgentConfig> = {},
) {
  return problems(method, { ...more, autoAuth: { ...IAM.autoAuth, sinks } });
}

export const EC2: Changes = { type: 'ec2', role: 'web', headerValue: undefined, region: undefined };
export const STATIC: Changes = { accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'never-printed' };
export const METHOD = 'auto_auth.method';
export const CONFIG = `${METHOD}.config`;
export const START = '(the agent does not start)';
export const LOGIN = '(it does not log in)';
export const LATER = '(it logs in, and fails later)';
export const IGNORED = '(it has no effect, and no message says so)';
