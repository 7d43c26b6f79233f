import { type Operator, vaultToken } from '../lib/vault-api';
import { declaredLogin } from '../lib/operate/declared';
import { settings } from '../settings';

/** Acts on the Vault of settings.ts, with the token of the environment. @param mount instead of that of the settings */
export function operator({ mount }: { readonly mount?: string }): Operator {
  const { vaultAddress, namespace, mountPath } = declaredLogin(settings);
  return { vaultAddress, namespace, mountPath: mount ?? mountPath, token: vaultToken() };
}
