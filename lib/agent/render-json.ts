import { agentBlocks } from './agent-blocks';
import type { AgentConfig, PlainBody } from './agent-config';
import { bodiesOf } from './agent-item';

/**
 * The same as JSON, which the agent reads too. Each block is in a list: HCL reads an object whose members are
 * all objects as a block with labels, and would not find the method in `auto_auth`.
 *
 * Source: `flattenObjects` in `json/parser/flatten.go` of github.com/hashicorp/hcl 1.0.1.
 */
export function renderAgentJson(config: AgentConfig): string {
  const blocks: Record<string, object[]> = {};
  for (const { type, label, body } of agentBlocks(config)) {
    const members = toJson(body);
    (blocks[type] ??= []).push(label === undefined ? members : { [label]: members });
  }
  return `${JSON.stringify({ ...config.attributes, ...blocks }, null, 2)}\n`;
}

function toJson(body: PlainBody): object {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, bodiesOf(value)?.map(toJson) ?? value]),
  );
}
