import { Readable } from 'node:stream';
import { Command, CommanderError } from 'commander';

export interface Ran {
  /** As the process would end, unless it failed. */
  readonly exitCode: typeof process.exitCode;
  /** The message of the error that it failed with. */
  readonly failure: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of bin in this process, in which a start takes no seconds. @param add what adds it to a program */
export function runCommand(
  add: (program: Command) => void,
  args: readonly string[],
  input = '',
): Promise<Ran> {
  const program = new Command('npx vault-aws-auth');
  add(program);
  return runProgram(program, args, input);
}

/** Runs a whole command line in this process. */
export async function runProgram(program: Command, args: readonly string[], input = ''): Promise<Ran> {
  const printed = { stdout: '', stderr: '' };
  const spies = [
    jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => Boolean((printed.stdout += String(text)))),
    jest.spyOn(console, 'log').mockImplementation((text: string) => void (printed.stdout += `${text}\n`)),
    jest.spyOn(console, 'error').mockImplementation((text: string) => void (printed.stderr += `${text}\n`)),
    jest
      .spyOn(process, 'stdin', 'get')
      .mockReturnValue(Readable.from([Buffer.from(input)]) as typeof process.stdin),
  ];
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeErr: (text) => (printed.stderr += text) });
  }
  try {
    const failure = await program.parseAsync(args, { from: 'user' }).then(
      () => undefined,
      (error: Error) => (error instanceof CommanderError && error.exitCode === 0 ? undefined : error.message),
    );
    return { exitCode: process.exitCode, failure, ...printed };
  } finally {
    process.exitCode = 0;
    spies.forEach((spy) => spy.mockRestore());
  }
}
