import type { AgentBlock } from './agent-item';

/** What a mistake in an agent's configuration leads to. */
export const EFFECTS = {
  start: 'the agent does not start',
  login: 'it does not log in',
  later: 'it logs in, and fails later',
  ignored: 'it has no effect, and no message says so',
} as const;

export type AgentEffect = keyof typeof EFFECTS;

/** A mistake in an agent's configuration. It never holds a secret. */
export interface AgentProblem {
  /** In the agent's own names: `auto_auth.method.config.role`. */
  readonly place: string;

  /** In the file, counted from 1. @default it was not read from one */
  readonly line?: number;

  /** What must be, and why. */
  readonly rule: string;

  /** The value as it would be written, or a word for it. @default it is secret, or there is none */
  readonly got?: string;

  readonly effect: AgentEffect;
}

/** As `place: rule; got value`. */
export function describeProblem({ place, rule, got, effect }: AgentProblem): string {
  return `${place}: ${rule} (${EFFECTS[effect]})${got === undefined ? '' : `; got ${got}`}`;
}

/** The problem of an argument of a block. @param value left out if it may be secret */
export function agentProblem(
  block: AgentBlock,
  name: string,
  effect: AgentEffect,
  rule: string,
  value?: unknown,
): AgentProblem {
  const line = block.items.find((item) => item.name.toLowerCase() === name.toLowerCase())?.line ?? block.line;
  return {
    place: `${block.place}.${name}`,
    ...(line === undefined ? {} : { line }),
    rule,
    ...(value === undefined ? {} : { got: typeof value === 'string' ? `'${value}'` : JSON.stringify(value) }),
    effect,
  };
}
