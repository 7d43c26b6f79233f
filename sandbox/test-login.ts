import { verify, type VerifyReport } from '../lib/operate/verify';
import { declaredLogin, testUserCredentials } from '../lib/operate/declared';
import type { Settings } from '../lib/constructs/stacks';
import { STACK } from './cdktf';
import { sandboxEnvironment } from './environment';
import type { SandboxFolder, SandboxRecord } from './sandbox-folder';
import { sandboxSettings } from './sandbox-settings';

/** Logs in to the sandbox's Vault as the stack's test user, and compares what it gets with what is declared. */
export async function verifyTestUser(
  settings: Settings,
  folder: SandboxFolder,
  record: SandboxRecord,
  signal?: AbortSignal,
): Promise<VerifyReport> {
  const login = { ...declaredLogin(sandboxSettings(settings, record)), stsEndpoint: record.aws.endpoint };
  const testUser = await testUserCredentials(STACK, folder.cdkOut, {
    env: sandboxEnvironment(folder, record),
    signal,
  });
  return verify(login, () => Promise.resolve(testUser), { signal });
}
