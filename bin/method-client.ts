import { type MethodClient, vaultToken } from '../lib/vault-api';
import { declaredLogin } from '../lib/operate/declared';
import { settings } from '../settings';

/** Acts on the Vault of settings.ts, with the token of the environment. @param mount instead of that of the settings */
export function methodClient({ mount }: { readonly mount?: string }): MethodClient {
  const { vaultAddress, namespace, mountPath } = declaredLogin(settings);
  return { vaultAddress, namespace, mountPath: mount ?? mountPath, token: vaultToken() };
}
