import type { Warning } from '../checks';
import { isLoginList } from './login-settings';
import type { Settings } from './settings';
import { isLoopback } from './vault-address';

/**
 * Defaults of the guide, which are for trying it, on a Vault that is not of the machine itself. That it lets all users
 * in has a warning of its own.
 */
export function warnOfGuideDefaults({ vault, aws, login }: Settings): Warning[] {
  // Only the first of several has the guide's policy by default.
  const first = isLoginList(login) ? login[0] : login;
  const left = [
    ...(first?.policy === undefined ? ['login.policy gives all of secret/data/*'] : []),
    ...(aws?.testUser === undefined ? ['aws.testUser makes a user with an access key'] : []),
  ];
  return isLoopback(vault.address) || left.length === 0
    ? []
    : [
        {
          id: 'guide-defaults',
          message: `the guide's defaults are for trying it, set your own: ${left.join(', ')}; got '${vault.address}'`,
        },
      ];
}
