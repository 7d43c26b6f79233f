import type { AgentConfig } from './agent-config';
import { type AgentItem, agentItems, blocksOf, type AgentBlock, valueOf } from './agent-item';
import { type AgentProblem, agentProblem } from './agent-problem';
import type { AgentTarget } from './agent-target';
import { checkConfig } from './check-config';
import { checkMethod, checkVault, oneBlock } from './check-method';
import { checkSinks } from './check-sinks';
import { checkUnknown } from './check-unknown';

/**
 * Everything that keeps an agent from logging in to this stack or from working after that, and everything
 * that the agent silently ignores. Only the agent itself checks blocks other than `vault` and `auto_auth`.
 *
 * @param items what {@link parseAgentConfig} read
 */
export function checkAgent(items: readonly AgentItem[], target: AgentTarget): AgentProblem[] {
  const root = { place: '', items };
  const [vault] = blocksOf(root, 'vault');
  const { block: autoAuth, problems } = oneBlock(root, 'auto_auth');
  if (!autoAuth) {
    return problems;
  }
  const { block: method, problems: methods } = oneBlock(autoAuth, 'method');
  if (!method) {
    return methods;
  }
  const type = valueOf(method, 'type') ?? method.labels[0]?.toLowerCase();
  if (type !== 'aws') {
    return [
      agentProblem(
        method,
        'type',
        'login',
        "must be 'aws': another method does not log in to this stack",
        type ?? '',
      ),
    ];
  }
  const { block: config, problems: configs } = oneBlock(method, 'config');
  return [
    ...checkVault(vault, target),
    ...checkMethod(method, vault, target),
    ...configs,
    ...(config ? [...checkConfig(config, target), ...checkReauth(autoAuth, config)] : []),
    ...checkSinks(root, autoAuth, method),
    ...checkUnknown(autoAuth, method),
  ];
}

/** Where an agent would log in, as the file says; undefined if it does not say. */
export function mountPathOf(items: readonly AgentItem[]): string | undefined {
  const [autoAuth] = blocksOf({ place: '', items }, 'auto_auth');
  const [method] = autoAuth ? blocksOf(autoAuth, 'method') : [];
  const path = method && valueOf(method, 'mount_path');
  return typeof path === 'string' ? path : undefined;
}

/** The same for a configuration in code. */
export function checkAgentConfig(config: AgentConfig, target: AgentTarget): AgentProblem[] {
  return checkAgent(agentItems(config), target);
}

/** Only type iam looks for new credentials. */
function checkReauth(autoAuth: AgentBlock, config: AgentBlock): AgentProblem[] {
  const name = 'enable_reauth_on_new_credentials';
  return valueOf(autoAuth, name) === true && valueOf(config, 'type') === 'ec2'
    ? [
        agentProblem(
          autoAuth,
          name,
          'ignored',
          'must be left out: it is for iam, whose credentials change',
          true,
        ),
      ]
    : [];
}
