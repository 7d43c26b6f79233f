import { VaultError } from '../../../../lib/vault-api/vault-client';

/** A refusal in an agent's log: `error=`, and the answer of Vault behind bars. */
const REFUSAL = /\[ERROR\] +agent\.auth\.handler: error [^\n]*\n +error=\n((?: +\|[^\n]*\n)+)/g;

/** The refusals of logins and renewals in an agent's log, as they would come to who asks Vault directly. */
export function refusalsIn(log: string): VaultError[] {
  return [...log.matchAll(REFUSAL)].flatMap(([, barred]) => {
    const answer = barred!.replace(/^ +\| ?/gm, '');
    const [, method, path, status, errors] =
      /URL: (\S+) \S+\/v1\/(\S+)\nCode: (\d+)\. Errors:\n\s*([^]*)/.exec(answer) ?? [];
    return status === undefined
      ? []
      : [
          new VaultError(
            Number(status),
            errors!.split(/^\* /m).flatMap((error) => error.trim() || []),
            { method: method as 'POST', path: path! },
          ),
        ];
  });
}

/** When the lines of this text were written, by the agent's own clock, in milliseconds since 1970. */
export function timesOf(log: string, text: RegExp): number[] {
  return log.split('\n').flatMap((line) => {
    const at = Date.parse(line.slice(0, line.indexOf(' ')));
    return text.test(line) && !Number.isNaN(at) ? [at] : [];
  });
}
