import type { AwsAuthBackendClient } from '@cdktf/provider-vault/lib/aws-auth-backend-client';
import { DataVaultGenericSecret } from '@cdktf/provider-vault/lib/data-vault-generic-secret';
import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { TerraformLocal } from 'cdktf';
import type { Construct } from 'constructs';
import type { SelfRotatedKey } from '../../aws';
import { addressOf } from '../address';
import type { AwsAuthMount } from '../mount/aws-auth-mount';

/**
 * Makes Vault replace its key once for each value of the counter, and when the configuration was replaced: the old
 * key is lost with it, and the person who writes the next key knows that key.
 *
 * Terraform first asks Vault whether it has a key. It asks by the configuration's `id`, which is known at plan unless
 * the configuration does not exist yet. The `id` goes through a local value, because Terraform reads a data source
 * that names a resource only after that resource's changes.
 */
export function rotateRoot(
  scope: Construct,
  mount: AwsAuthMount,
  client: AwsAuthBackendClient,
  { rotatedByVault: { userName, generation } }: SelfRotatedKey,
): GenericEndpoint {
  const path = new TerraformLocal(scope, 'client_path', client.id);
  const inVault = new DataVaultGenericSecret(scope, 'in_vault', {
    path: path.asString,
    withLeaseStartTime: false,
  });
  const keyId = `data.${inVault.terraformResourceType}.${inVault.friendlyUniqueId}.data["access_key"]`;
  return new GenericEndpoint(scope, 'rotate_root', {
    path: `auth/${mount.path}/config/rotate-root`,
    dataJson: '{}',
    disableRead: true,
    disableDelete: true,
    dependsOn: [client],
    lifecycle: {
      replaceTriggeredBy: [generation.trigger, `${addressOf(client)}.id`],
      precondition: [
        generation.precondition,
        {
          condition: `\${try(${keyId}, "") != ""}`,
          errorMessage: `credentials: Vault has no key of the user '${userName}' yet, or lost it with its mount; run: npx vault-aws-auth restore-client --mount ${mount.path} --user ${userName}, and apply again`,
        },
      ],
    },
  });
}
