/** Where the state of the guide's stack has the access key of Vault's IAM user. It never changes. */
export const VAULT_KEY_ADDRESS = 'aws_iam_access_key.vault_user_access_key_0BC10369';
