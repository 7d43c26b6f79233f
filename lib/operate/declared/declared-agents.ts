import { type AgentConfig, type AgentTarget, fittingAgent } from '../../agent';
import { agentTarget, type Settings, withDefaults } from '../../constructs/stacks';
import { type CliOptions, readOutputs } from '../../terraform';

/** An agent that a deployed stack has a role for, without secrets. */
export interface DeclaredAgent {
  /** The ID of its construct. The stack of settings.ts has none, and an agent for each role. */
  readonly id?: string;
  readonly config: AgentConfig;
  readonly target: AgentTarget;
}

/** Where an agent writes its token, unless the stack names a file. */
export const DEFAULT_SINK = { path: '/run/vault-agent/token', mode: 0o600 } as const;

export interface DeployedStack extends CliOptions {
  readonly name: string;
  /** Where synth wrote. */
  readonly outdir: string;
}

/**
 * The agents for the roles of the guide's stack: names from its outputs, the rest from its settings.
 *
 * @throws Error if it is not deployed
 */
export async function guideAgents(stack: DeployedStack, settings: Settings): Promise<DeclaredAgent[]> {
  const outputs = await readOutputs<unknown>(stack.name, stack.outdir, stack);
  const { mount_path: mountPath, role_name: roleName, other_roles: others = [] } = outputs as GuideOutputs;
  if (!mountPath || !roleName) {
    throw new Error(notDeployed(stack.name));
  }
  const roleNames = [roleName, ...others.map(({ role_name }) => role_name)];
  const target = agentTarget(settings, { mountPath, roleNames });
  const { access } = withDefaults(settings).vault;
  const vault = {
    address: access.vaultAddress,
    namespace: access.namespace,
    caCert: access.caCertFile,
    tlsServerName: access.tlsServerName,
    clientCert: access.clientAuth?.certFile,
    clientKey: access.clientAuth?.keyFile,
  };
  return target.roles.map((role) => ({
    config: fittingAgent(target, role, { vault, sinks: [DEFAULT_SINK] }),
    target,
  }));
}

/** What of the outputs of the guide's stack names its roles. Each is absent before the first deploy. */
interface GuideOutputs {
  readonly mount_path?: string;
  readonly role_name?: string;
  /** @default the stack has one role */
  readonly other_roles?: readonly { readonly role_name: string }[];
}

/**
 * The agents that your own stack declares with `VaultAgent`, from its outputs.
 *
 * @throws Error if it is not deployed, or declares none
 */
export async function declaredAgents(stack: DeployedStack): Promise<DeclaredAgent[]> {
  const outputs = await readOutputs<unknown>(stack.name, stack.outdir, stack);
  const agents = Object.entries(outputs).flatMap(([name, value]) => {
    const [, id] = /^agent_(.+)$/.exec(name) ?? [];
    return id === undefined ? [] : [{ ...(value as Omit<DeclaredAgent, 'id'>), id }];
  });
  if (agents.length === 0) {
    throw new Error(
      Object.keys(outputs).length === 0
        ? notDeployed(stack.name)
        : `The stack '${stack.name}' has no agent in its outputs: declare one, new VaultAgent(this, 'app', { role, sinks }), and deploy it.`,
    );
  }
  return agents;
}

/**
 * Chooses one agent.
 *
 * @param role its role @param id of its construct, if a role has several
 * @throws Error if no agent matches, or several do
 */
export function chooseAgent(agents: readonly DeclaredAgent[], role?: string, id?: string): DeclaredAgent {
  const roleOf = ({ config }: DeclaredAgent) => config.autoAuth.method.role;
  const meant = agents.filter(
    (agent) => (role === undefined || roleOf(agent) === role) && (id === undefined || agent.id === id),
  );
  if (meant.length === 1) {
    return meant[0]!;
  }
  const list = (some: readonly DeclaredAgent[]) =>
    some
      .map((agent) => `'${roleOf(agent)}'${agent.id === undefined ? '' : ` (agent '${agent.id}')`}`)
      .join(', ');
  throw new Error(
    meant.length === 0
      ? `No agent of this stack logs in ${[role === undefined ? '' : `by the role '${role}'`, id === undefined ? '' : `as '${id}'`].filter(Boolean).join(' ')}; the agents are: ${list(agents)}.`
      : `Choose an agent with --role or --agent: ${list(meant)}.`,
  );
}

function notDeployed(stack: string): string {
  return `The stack '${stack}' is not deployed from this folder. Run \`npx cdktf deploy ${stack}\` first, because the names come from its outputs.`;
}
