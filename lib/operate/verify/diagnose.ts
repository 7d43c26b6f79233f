import { CredentialsError } from './credentials';
import { type DeclaredLogin, loginPath } from './declared-login';
import { VaultError, VaultUnreachableError } from '../../vault-api';
import { VAULT_REFUSALS } from './vault-refusals';

/** Why a login failed. */
export interface Diagnosis {
  /** One sentence. */
  readonly cause: string;
  /** What to do about it. */
  readonly action: string;
  /** What was answered, word for word. */
  readonly detail: string;
}

/** What a failed login means and what to do. If it is not recognised, the diagnosis says so and shows the text. */
export function diagnose(error: unknown, login: DeclaredLogin): Diagnosis {
  const detail = (error instanceof Error ? error.message : String(error)).trim();
  return { ...explain(error, login), detail };
}

function explain(error: unknown, login: DeclaredLogin): Omit<Diagnosis, 'detail'> {
  if (error instanceof CredentialsError) {
    return {
      cause:
        'No AWS credentials were found in the environment, the shared files of the profile, or the metadata.',
      action:
        'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; a profile of IAM Identity Center ' +
        "needs 'aws sso login' first.",
    };
  }
  if (error instanceof VaultUnreachableError) {
    return {
      cause: `Vault did not answer at '${login.vaultAddress}'.`,
      action:
        'Check the address, its scheme (http or https) and the network path to it; for your own certificate ' +
        'authority set NODE_EXTRA_CA_CERTS=FILE.',
    };
  }
  if (error instanceof VaultError) {
    const text = error.errors.join('\n');
    for (const refusal of VAULT_REFUSALS) {
      const match = refusal.text.exec(text);
      if (match && (refusal.status ?? error.status) === error.status) {
        return refusal.explain(login, match);
      }
    }
  }
  return {
    cause: `The login as '${login.role}' at '${loginPath(login)}' failed in a way that is not known here.`,
    action: 'Read the detail: it is the unchanged answer. The log of the Vault server may say more.',
  };
}
