import type { PlainValue } from './agent-config';
import { blocksOf, type AgentBlock, valueOf } from './agent-item';
import { type AgentProblem, agentProblem } from './agent-problem';
import { type AgentTarget, isKnown } from './agent-target';
import { secondsOf } from './seconds-of';

/**
 * The problems of the method's block, except its `config`.
 *
 * Source: `parseMethod` in `command/agent/config/config.go`, `Run` in `command/agentproxyshared/auth/auth.go` of Vault
 * (1.21.1).
 *
 * @param vault the agent's own `vault` block
 */
export function checkMethod(
  method: AgentBlock,
  vault: AgentBlock | undefined,
  target: AgentTarget,
): AgentProblem[] {
  return [
    ...checkMountPath(method, target),
    ...checkNamespace(method, vault, target),
    ...checkBackOff(method),
  ];
}

function checkMountPath(method: AgentBlock, { mountPath }: AgentTarget): AgentProblem[] {
  const given = valueOf(method, 'mount_path');
  const expected = `auth/${mountPath}`;
  // The agent removes one slash from the end.
  if (typeof given === 'string' && (given.replace(/\/$/, '') === expected || !isKnown(given + expected))) {
    return [];
  }
  if (given === undefined) {
    return mountPath === 'aws'
      ? []
      : [
          agentProblem(
            method,
            'mount_path',
            'login',
            `must be '${expected}': without it the agent uses auth/aws`,
          ),
        ];
  }
  const why =
    given === mountPath
      ? `must be '${expected}': the agent does not add 'auth/'`
      : `must be '${expected}': this stack has the auth method there`;
  return [agentProblem(method, 'mount_path', 'login', why, given)];
}

function checkNamespace(
  method: AgentBlock,
  vault: AgentBlock | undefined,
  { namespace }: AgentTarget,
): AgentProblem[] {
  const given = valueOf(method, 'namespace') ?? (vault && valueOf(vault, 'namespace'));
  const plain = (value: PlainValue = '') => String(value).replace(/^\/|\/$/g, '');
  if (namespace === undefined || plain(given) === plain(namespace) || !isKnown(plain(given) + namespace)) {
    return [];
  }
  const rule = `must be '${plain(namespace)}', the namespace of the auth method`;
  return [agentProblem(method, 'namespace', 'login', rule, given ?? '')];
}

const DEFAULT_MAX_BACKOFF = 300;

function checkBackOff(method: AgentBlock): AgentProblem[] {
  const [min, max] = ['min_backoff', 'max_backoff'].map((name) => valueOf(method, name));
  const malformed = [
    ...checkDuration(method, 'min_backoff'),
    ...checkDuration(method, 'max_backoff'),
    ...checkDuration(method, 'wrap_ttl'),
  ];
  const least = secondsOf(min) ?? 0;
  const most = secondsOf(max) || DEFAULT_MAX_BACKOFF;
  return malformed.length === 0 && least > most
    ? [
        agentProblem(
          method,
          'min_backoff',
          'start',
          `must not be longer than max_backoff, which is ${most} s${max === undefined ? ' by default' : ''}`,
          min,
        ),
      ]
    : malformed;
}

/** Whether an argument is a duration, if it is there. */
export function checkDuration(block: AgentBlock, name: string): AgentProblem[] {
  const value = valueOf(block, name);
  const seconds = secondsOf(value);
  if (value === undefined || (seconds !== undefined && seconds >= 0)) {
    return [];
  }
  return [agentProblem(block, name, 'start', `must be a duration, a number of seconds or '5m'`, value)];
}

/**
 * The problems of the `vault` block for this stack: the agent connects to its address.
 */
export function checkVault(vault: AgentBlock | undefined, { vaultAddress }: AgentTarget): AgentProblem[] {
  const given = vault && valueOf(vault, 'address');
  if (typeof given !== 'string' || vaultAddress === undefined || !isKnown(given + vaultAddress)) {
    return [];
  }
  return origin(given) === origin(vaultAddress)
    ? []
    : [
        agentProblem(
          vault!,
          'address',
          'login',
          `must be '${vaultAddress}', the Vault of this stack`,
          origin(given),
        ),
      ];
}

/** Scheme, host and port in one form; no user and no password. */
function origin(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}

/** The one block of a name, or why there is none. */
export function oneBlock(
  parent: Pick<AgentBlock, 'place' | 'items'> & Partial<AgentBlock>,
  name: string,
): { block?: AgentBlock; problems: AgentProblem[] } {
  const [block, ...more] = blocksOf(parent, name);
  const place = parent.place === '' ? name : `${parent.place}.${name}`;
  const missing = (rule: string, line?: number): AgentProblem => ({
    place,
    ...(line === undefined ? {} : { line }),
    rule,
    effect: 'start',
  });
  if (block === undefined) {
    return { problems: [missing('must be there once', parent.line)] };
  }
  return more.length === 0
    ? { block, problems: [] }
    : {
        problems: [
          missing(
            `must be there once, because the agent takes no second one; got ${more.length + 1}`,
            more[0]!.line,
          ),
        ],
      };
}
