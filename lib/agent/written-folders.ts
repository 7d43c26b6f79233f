import { posix } from 'node:path';
import type { AgentConfig } from './agent-config';

/**
 * The folders that an agent writes to: those of its sinks, of what its templates render, its PID file and its log.
 *
 * @throws Error if a path is not absolute: the program that starts the agent decides where it would be
 */
export function writtenFolders({ autoAuth, attributes = {}, blocks = [] }: AgentConfig): string[] {
  const destinations = blocks.filter(({ type }) => type === 'template').map(({ body }) => body.destination);
  const files = [
    ...autoAuth.sinks.map(({ path }) => path),
    ...destinations,
    attributes.pid_file,
    attributes.log_file,
  ].filter((path): path is string => typeof path === 'string' && path !== '');
  for (const file of files) {
    if (!posix.isAbsolute(file)) {
      throw new Error(
        `'${file}' is no absolute path: the program that starts the agent would decide where the file is.`,
      );
    }
  }
  return [...new Set(files.map((file) => posix.dirname(posix.normalize(file))))];
}
