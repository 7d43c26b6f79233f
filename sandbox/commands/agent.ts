import { agentFiles, refuseSecondAgent, stopAgent } from '../agent/agent-record';
import { SHORT_LIVED_ROLE } from '../agent/short-lived-role';
import { eventWriter, type Screen } from '../agent/show-events';
import { type AgentOptions, startAgent } from '../agent/start-agent';
import { watchAgent } from '../agent/watch-agent';
import { ask, rolePath } from '../../lib/vault-api';
import { declaredLogin } from '../../lib/operate/declared';
import { sandboxSettings } from '../sandbox-settings';
import { sandboxVault } from '../sandbox-vault';
import { whatRuns } from '../running';
import { exclusively } from './exclusively';

/**
 * Starts a Vault Agent for the sandbox, and shows the TTL and the renewals of its token until the signal aborts. Then
 * it
 * stops the agent, revokes its tokens and removes its files.
 *
 * @returns whether the agent ran until it was stopped
 * @throws Error if the sandbox's Vault is gone, an agent is shown already, or the stack is not deployed
 */
export async function agent(options: AgentOptions, screen: Screen, signal: AbortSignal): Promise<boolean> {
  const { folder, record } = options;
  const running = await whatRuns(record);
  if (!running.vault || !running.moto) {
    throw new Error(
      `${running.vault ? 'moto' : 'Vault'} of this sandbox is gone. Start it again with \`npm run sandbox\`.`,
    );
  }
  const started = await exclusively(folder, async () => {
    await refuseSecondAgent(folder);
    // An agent whose command was killed.
    await stopAgent(folder);
    return startAgent(options);
  });
  const accessors = new Set<string>();
  let ended = false;
  try {
    if (!screen.json) {
      screen.write(`${introduction(options, started)}\n\n`);
    }
    const show = eventWriter(screen);
    for await (const event of watchAgent(folder, record, started, signal)) {
      if (event.event === 'login') {
        accessors.add(event.accessor);
      }
      ended = event.event === 'ended' && !event.stoppedByDown;
      show(event);
    }
  } finally {
    await stopAgent(folder);
    await revoke(options, accessors);
  }
  if (!screen.json) {
    screen.write(
      `${screen.isTerminal ? '\n' : ''}The agent is stopped, its token revoked, its files removed.\n`,
    );
  }
  return !ended;
}

function introduction(
  { folder, ttl }: AgentOptions,
  { agent: { pid }, role, tokenFile }: { agent: { pid: number }; role: string; tokenFile: string },
): string {
  return [
    `Vault Agent runs, process ${pid}, and logs in as the stack's test user.`,
    `role    ${ttl > 0 ? `${SHORT_LIVED_ROLE}, a copy of ${role} whose tokens live ${ttl} s (--ttl 0: ${role} itself)` : role}`,
    `token   ${tokenFile}`,
    `log     ${agentFiles(folder).log}`,
    `use it  npm run sandbox -- exec sh -c 'VAULT_TOKEN=$(cat ${tokenFile}) vault token lookup'`,
    'Ctrl-C stops it, revokes the token and removes its file.',
  ].join('\n');
}

/** Best effort: if the sandbox is taken down meanwhile, its Vault and everything in it are gone. */
async function revoke({ settings, record }: AgentOptions, accessors: Iterable<string>): Promise<void> {
  const { mountPath } = declaredLogin(sandboxSettings(settings, record));
  const vault = sandboxVault(record);
  const end = (method: 'POST' | 'DELETE', path: string, body?: object) =>
    ask(vault, method, path, { body }).catch(() => {});
  for (const accessor of accessors) {
    // Vault no longer knows ended tokens, and a batch token has no accessor.
    await end('POST', 'auth/token/revoke-accessor', { accessor });
  }
  await end('DELETE', rolePath({ mountPath }, SHORT_LIVED_ROLE));
}
