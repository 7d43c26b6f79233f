import { quoteHcl, renderValue } from '../hcl';
import { agentBlocks } from './agent-blocks';
import type { AgentConfig, PlainBlock, PlainBody, PlainValue } from './agent-config';
import { bodiesOf } from './agent-item';

/**
 * The text of an agent's configuration, as a person would write it: `vault agent -config=FILE` reads it.
 *
 * It holds every value it is given, secrets too.
 */
export function renderAgentHcl(config: AgentConfig): string {
  const attributes = Object.entries(config.attributes ?? {}).map(([name, value]) =>
    renderArgument(name, value),
  );
  const parts = [
    ...(attributes.length > 0 ? [attributes.join('')] : []),
    ...agentBlocks(config).map(renderBlock),
  ];
  return parts.join('\n');
}

function renderBlock({ type, label, body }: PlainBlock): string {
  const head = label === undefined ? type : `${type} ${quoteHcl(label)}`;
  const lines = Object.entries(body).map(([name, value]) => renderMember(name, value));
  return lines.length === 0 ? `${head} {}\n` : `${head} {\n${indent(lines.join(''))}}\n`;
}

function renderMember(name: string, value: PlainBody[string]): string {
  const bodies = bodiesOf(value);
  return bodies
    ? bodies.map((body) => renderBlock({ type: name, body })).join('')
    : renderArgument(name, value as PlainValue);
}

function renderArgument(name: string, value: PlainValue): string {
  return `${name} = ${renderArgumentValue(name, value)}\n`;
}

/** People read permission bits in octal digits. HCL does too, if they begin with a zero. */
function renderArgumentValue(name: string, value: PlainValue): string {
  return name === 'mode' && typeof value === 'number' ? `0${value.toString(8)}` : renderValue(value);
}

/** Strings have no line breaks: {@link quoteHcl} escapes them. */
function indent(lines: string): string {
  return lines.replace(/^(?=.)/gm, '  ');
}
