import { HclError } from '../hcl';
import type { AgentItem } from './agent-item';
import { type AgentProblem, describeProblem } from './agent-problem';
import type { AgentTarget } from './agent-target';
import { checkAgent } from './check-agent';
import { parseAgentConfig } from './parse-config';

/** What was found in an agent's configuration. It holds no secret of it. */
export interface AgentFileReport {
  readonly file: string;
  /** The mount that it was compared with, with `auth/`. */
  readonly mountPath: string;
  readonly problems: readonly AgentProblem[];
}

/**
 * Checks the text of a file. If the agent can't read it, that is the only problem.
 *
 * @param file the name of the file in messages
 * @param targetOf the mount that it is meant for
 */
export function checkAgentText(
  text: string,
  file: string,
  targetOf: (items: readonly AgentItem[]) => AgentTarget,
): AgentFileReport {
  try {
    const items = parseAgentConfig(text);
    const target = targetOf(items);
    return { file, mountPath: `auth/${target.mountPath}`, problems: checkAgent(items, target) };
  } catch (error) {
    if (!(error instanceof HclError)) {
      throw error;
    }
    const { line, rule } = error;
    const mountPath = `auth/${targetOf([]).mountPath}`;
    return { file, mountPath, problems: [{ place: 'syntax', line, rule, effect: 'start' }] };
  }
}

/** The report as lines for a person, in the order of the file. */
export function renderAgentFileReport({ file, mountPath, problems }: AgentFileReport): string {
  if (problems.length === 0) {
    return `No problem in ${file} with ${mountPath}. The environment of the agent is not checked.`;
  }
  const lines = [...problems]
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .map(
      (problem) =>
        `${file}${problem.line === undefined ? '' : `:${problem.line}`}: ${describeProblem(problem)}`,
    );
  return `${lines.join('\n')}\n\n${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} with ${mountPath}.`;
}
