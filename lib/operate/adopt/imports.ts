import type { ImportBlock } from '../../constructs/stacks';
import type { Live } from './live';

/**
 * Where each thing goes in the stack, and by which ID its provider finds it.
 *
 * The addresses are those of `VaultAwsAuthStack`, which never change: test/stacks.
 *
 * @param policyName of the Vault policy @default none is adopted
 */
export function importsOf(
  { method, vaultUser, iamPolicy, testUser }: Live,
  policyName?: string,
): ImportBlock[] {
  const auth = `auth/${method.mountPath}`;
  const testKey = testUser?.accessKeys.find(({ active }) => active);
  return [
    { to: 'vault_auth_backend.mount', id: method.mountPath },
    { to: 'aws_iam_user.vault_user', id: vaultUser.name },
    { to: 'aws_iam_policy.vault_user_policy_D29D7378', id: iamPolicy.arn },
    {
      to: 'aws_iam_user_policy_attachment.vault_user_policy_attachment_48A2E380',
      id: `${vaultUser.name}/${iamPolicy.arn}`,
    },
    { to: 'aws_iam_access_key.vault_user_access_key_0BC10369', id: method.client.access_key },
    { to: 'vault_aws_auth_backend_client.client', id: `${auth}/config/client` },
    ...(testUser ? [{ to: 'aws_iam_user.test_user', id: testUser.name }] : []),
    ...(testKey ? [{ to: 'aws_iam_access_key.test_user_access_key_888DF70D', id: testKey.id }] : []),
    ...(policyName === undefined ? [] : [{ to: 'vault_policy.policy', id: policyName }]),
    { to: 'vault_aws_auth_backend_role.role', id: `${auth}/role/${method.roleName}` },
  ];
}
