import { type AgentBlock, valueOf } from './agent-item';
import { type AgentProblem, agentProblem } from './agent-problem';
import { type AgentRole, type AgentTarget, isKnown } from './agent-target';
import { checkLogin } from './check-login';

/** The parameters of the method's `config`, by the type that they are for. */
export const CONFIG_PARAMETERS = {
  both: ['type', 'role'],
  iam: ['credential_poll_interval', 'access_key', 'secret_key', 'session_token', 'header_value', 'region'],
  ec2: ['nonce'],
} as const;

const SECRET: readonly string[] = ['access_key', 'secret_key', 'session_token', 'nonce'];

/**
 * The problems of the `config` of the aws method.
 *
 * Source: `NewAWSAuthMethod` in `command/agentproxyshared/auth/aws/aws.go` of Vault (1.21.1).
 */
export function checkConfig(config: AgentBlock, target: AgentTarget): AgentProblem[] {
  const type = valueOf(config, 'type');
  const malformed = checkTexts(config);
  if (type !== 'iam' && type !== 'ec2') {
    const got = typeof type === 'string' ? type : undefined;
    return [
      ...malformed,
      agentProblem(config, 'type', 'start', "must be 'iam' or 'ec2'", got),
      ...checkRole(config, target),
    ];
  }
  return [
    ...malformed,
    ...checkRole(config, target, type),
    ...(type === 'iam' ? [...checkIam(config), ...checkLogin(config, target)] : []),
    ...CONFIG_PARAMETERS[type === 'iam' ? 'ec2' : 'iam'].flatMap((name) => foreign(config, name, type)),
  ];
}

function checkTexts(config: AgentBlock): AgentProblem[] {
  const names = [...CONFIG_PARAMETERS.both, ...CONFIG_PARAMETERS.iam, ...CONFIG_PARAMETERS.ec2];
  return names.flatMap((name) => {
    const value = valueOf(config, name);
    return name === 'credential_poll_interval' || value === undefined || typeof value === 'string'
      ? []
      : [
          agentProblem(
            config,
            name,
            'start',
            'must be a text in double quotes',
            SECRET.includes(name) ? undefined : value,
          ),
        ];
  });
}

function checkRole(config: AgentBlock, target: AgentTarget, type?: 'iam' | 'ec2'): AgentProblem[] {
  const name = valueOf(config, 'role');
  if (name === undefined || name === '') {
    return [agentProblem(config, 'role', 'start', 'must name a role', name)];
  }
  if (typeof name !== 'string' || !isKnown(name)) {
    return [];
  }
  const problem = (effect: AgentProblem['effect'], rule: string) => [
    agentProblem(config, 'role', effect, rule, name),
  ];
  // Vault lowercases it too, when it looks the role up.
  const role = target.roles.find((each) => each.name === name.toLowerCase());
  if (!role) {
    const roles = target.roles.map((each) => `'${each.name}'`).join(', ') || 'none';
    return target.roles.every((each) => isKnown(each.name))
      ? problem('login', `must be a role that the stack has on auth/${target.mountPath}: ${roles}`)
      : [];
  }
  const kind = role.authType === 'ec2' ? 'ec2' : 'iam';
  return [
    ...(type === undefined || type === kind
      ? []
      : [
          agentProblem(
            config,
            'type',
            'login',
            `must be '${kind}', the type of the role '${role.name}'`,
            type,
          ),
        ]),
    ...checkTokens(config, role),
  ];
}

function checkTokens(config: AgentBlock, role: AgentRole): AgentProblem[] {
  const { tokenNumUses = 0 } = role;
  return [
    ...(tokenNumUses > 0
      ? [
          agentProblem(
            config,
            'role',
            'later',
            `must be a role without token_num_uses, because the agent's renewals use up the token, and its reader gets a dead token: '${role.name}' has ${tokenNumUses}`,
          ),
        ]
      : []),
    ...(role.disallowReauthentication
      ? [
          agentProblem(
            config,
            'role',
            'later',
            `must be a role without disallow_reauthentication, because the agent logs in again when its token ends, and Vault refuses that: '${role.name}' has it`,
          ),
        ]
      : []),
  ];
}

function checkIam(config: AgentBlock): AgentProblem[] {
  const interval = valueOf(config, 'credential_poll_interval');
  return [
    ...(interval === undefined || (typeof interval === 'number' && Number.isInteger(interval) && interval > 0)
      ? []
      : [
          agentProblem(
            config,
            'credential_poll_interval',
            'start',
            'must be a whole number of seconds, 1 or more, without a unit and quotes',
            interval,
          ),
        ]),
    ...checkStaticCredentials(config),
  ];
}

/** Source: `GenerateCredentialChain` in go-secure-stdlib/awsutil 0.3.0. */
function checkStaticCredentials(config: AgentBlock): AgentProblem[] {
  const [accessKey, secretKey, sessionToken] = ['access_key', 'secret_key', 'session_token'].map((name) =>
    valueOf(config, name),
  );
  const needs = (name: string, other: string) =>
    agentProblem(config, name, 'start', `must be there with ${other}: static credentials are both or none`);
  if (accessKey && !secretKey) {
    return [needs('secret_key', 'access_key')];
  }
  if (!accessKey && secretKey) {
    return [needs('access_key', 'secret_key')];
  }
  if (!accessKey) {
    const rule = 'must be set together with access_key and secret_key: alone it belongs to no credentials';
    return sessionToken ? [agentProblem(config, 'session_token', 'ignored', rule)] : [];
  }
  const temporary = typeof accessKey === 'string' && /^(ASIA|AKIA)/.exec(accessKey)?.[1];
  if (temporary === 'ASIA' && !sessionToken) {
    return [
      agentProblem(
        config,
        'session_token',
        'login',
        'must be there: an access key ASIA… is one of temporary credentials',
      ),
    ];
  }
  return temporary === 'AKIA' && sessionToken
    ? [agentProblem(config, 'session_token', 'login', 'must be left out: an access key AKIA… has none')]
    : [];
}

function foreign(config: AgentBlock, name: string, type: 'iam' | 'ec2'): AgentProblem[] {
  const value = valueOf(config, name);
  if (value === undefined) {
    return [];
  }
  const rule =
    SECRET.includes(name) && type === 'ec2'
      ? 'must be left out: an instance logs in with its identity document, and static credentials are for iam'
      : `must be left out: it is for ${type === 'iam' ? 'ec2' : 'iam'}`;
  return [agentProblem(config, name, 'ignored', rule, SECRET.includes(name) ? undefined : value)];
}
