import type { VerifyReport } from '../../lib/operate/verify';
import type { SandboxRecord } from '../sandbox-folder';

/** What a user can do with the sandbox that now runs. */
export async function summary(
  { vault, aws }: SandboxRecord,
  { mountPath, role }: Pick<VerifyReport, 'mountPath' | 'role'>,
): Promise<string> {
  const rows = [
    ['Vault', vault.address + ((await hasUi(vault.address)) ? `, its UI at ${vault.address}/ui` : '')],
    ['AWS', `${aws.endpoint}, emulated by moto; IAM policies and signatures are enforced`],
    ['Log in again', 'npm run sandbox -- verify'],
    ['Look around', 'npm run sandbox -- exec vault auth list'],
    ['', `npm run sandbox -- exec vault read auth/${mountPath}/role/${role}`],
    ['Change settings.ts', 'npm run sandbox -- exec cdktf diff, then npm run sandbox'],
    ['Stop', 'npm run sandbox -- down'],
  ];
  const width = Math.max(...rows.map(([name]) => name!.length)) + 2;
  return rows.map(([name, text]) => `${name!.padEnd(width)}${text}`).join('\n');
}

/** A Vault that was built from its Go module has no UI, because the module lacks the built pages. */
async function hasUi(address: string): Promise<boolean> {
  const page = await fetch(`${address}/ui/`).then((response) => response.text());
  return page.includes('<div id="ember') || page.includes('vault/config/environment');
}
