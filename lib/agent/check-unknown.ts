import { blocksOf, type AgentBlock } from './agent-item';
import { type AgentProblem, agentProblem } from './agent-problem';
import { CONFIG_PARAMETERS } from './check-config';
import { sinksOf } from './check-sinks';

/** What the agent knows in each block of `auto_auth`. Source: see the checks of each. */
const AUTO_AUTH = ['method', 'sink', 'sinks', 'enable_reauth_on_new_credentials'];
const METHOD = [
  'type',
  'mount_path',
  'namespace',
  'wrap_ttl',
  'min_backoff',
  'max_backoff',
  'exit_on_err',
  'config',
];
const CONFIG: string[] = Object.values(CONFIG_PARAMETERS).flat();
const SINK = ['type', 'wrap_ttl', 'dh_type', 'dh_path', 'aad', 'aad_env_var', 'derive_key', 'config'];
const FILE = ['path', 'mode', 'owner', 'group'];

/**
 * What is in `auto_auth` and the agent does not read: a misspelled name, or a name that belongs to another
 * block.
 */
export function checkUnknown(autoAuth: AgentBlock, method: AgentBlock): AgentProblem[] {
  const config = blocksOf(method, 'config');
  const sinks = sinksOf(autoAuth);
  return [
    ...unknown([autoAuth], AUTO_AUTH, false),
    ...unknown([method], METHOD, false),
    ...unknown(config, CONFIG, true),
    ...unknown(sinks, SINK, false),
    ...unknown(
      sinks.flatMap((sink) => blocksOf(sink, 'config')),
      FILE,
      true,
    ),
  ];
}

/** @param minded whether the agent distinguishes the case of names there */
function unknown(blocks: readonly AgentBlock[], known: readonly string[], minded: boolean): AgentProblem[] {
  return blocks.flatMap((block) =>
    block.items
      .filter(({ name }) => !known.includes(minded ? name : name.toLowerCase()))
      // The value is left out, because it may be a secret with a misspelled name.
      .map(({ name }) =>
        agentProblem(block, name, 'ignored', belongs(name) ?? `must be one of ${known.join(', ')}`),
      ),
  );
}

function belongs(name: string): string | undefined {
  const homes = { auto_auth: AUTO_AUTH, 'auto_auth.method': METHOD, 'auto_auth.method.config': CONFIG };
  const home = Object.entries(homes).find(([, names]) => names.includes(name))?.[0];
  return home && `must be in ${home}`;
}
