import { trustedAccount } from '../../lib/constructs';

/** The account that Vault's own IAM user is in. */
export const VAULT_ACCOUNT = '111111111111';

/** Name of that user. */
export const VAULT_USER = 'vault_organization';

/** The other accounts. Both teams share only these names. */
export const TRUSTED = {
  billing: trustedAccount({ accountId: '222222222222' }),
  web: trustedAccount({ accountId: '333333333333' }),
};
