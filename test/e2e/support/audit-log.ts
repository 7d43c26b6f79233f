import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyRule } from '../../../lib/policy';
import type { TestSandbox } from './test-sandbox';

interface AuditEntry {
  readonly type: string;
  readonly auth?: { readonly policies?: readonly string[] };
  readonly request: { readonly path: string; readonly operation: string };
}

/** What Vault was asked, as its audit log has it. */
export class AuditLog {
  static async start(sandbox: TestSandbox): Promise<AuditLog> {
    const path = join(sandbox.folder.logs, 'audit.log');
    await sandbox.vault('POST', 'sys/audit/file', { type: 'file', options: { file_path: path } });
    return new AuditLog(path);
  }

  private constructor(private readonly path: string) {}

  /**
   * What tokens with a policy asked, once each, as {@link operations} writes it.
   *
   * @param rules whose wildcards stand for the names that are known only at apply
   */
  asked(policy: string, rules: readonly PolicyRule[]): string[] {
    const requests = readFileSync(this.path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditEntry)
      .filter(({ type, auth }) => type === 'request' && auth?.policies?.includes(policy))
      // Asked before a read, whether the engine is KV; Vault answers whoever may do anything below that path.
      .filter(({ request }) => !request.path.startsWith('sys/internal/ui/mounts/'))
      .map(({ request: { path, operation } }) => `${asInRules(path, rules)}: ${operation}`);
    return [...new Set(requests)].sort();
  }
}

/** What rules allow: `path: operation`. */
export function operations(rules: readonly PolicyRule[]): string[] {
  return rules
    .flatMap(({ path, capabilities }) =>
      // Not an operation: the requests that need it would be refused without.
      capabilities
        .filter((capability) => capability !== 'sudo')
        .map((capability) => `${path}: ${capability}`),
    )
    .sort();
}

function asInRules(path: string, rules: readonly PolicyRule[]): string {
  const segments = path.split('/');
  const fits = (rule: readonly string[]) =>
    rule.length === segments.length &&
    rule.every((segment, index) => segment === '+' || segment === segments[index]);
  return rules.find((rule) => fits(rule.path.split('/')))?.path ?? path;
}
