import { join } from 'node:path';
import { execa } from 'execa';

/**
 * What the compiler says of the app and its settings, one line each; empty if nothing is wrong. The app itself runs by
 * tsx, which removes the types and checks none: see docs/decisions/0015.
 *
 * @param project the folder of `tsconfig.app.json`
 */
export async function checkTypes(project: string): Promise<string[]> {
  const compiler = join(project, 'node_modules/typescript/bin/tsc');
  const config = join(project, 'tsconfig.app.json');
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [compiler, '--project', config, '--pretty', 'false'],
    {
      cwd: project,
      reject: false,
    },
  );
  const lines = stdout.split('\n').filter((line) => line.trim() !== '');
  if (exitCode !== 0 && lines.length === 0) {
    const cause = /^Error: .*$/m.exec(stderr)?.[0] ?? stderr.trim();
    return [`types: they could not be checked, run npm ci with the development dependencies; got '${cause}'`];
  }
  // What is indented belongs to the line before it.
  return exitCode === 0 ? [] : lines.join('\n').split(/\n(?! )/);
}
