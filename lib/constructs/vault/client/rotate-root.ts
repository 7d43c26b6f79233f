import type { AwsAuthBackendClient } from '@cdktf/provider-vault/lib/aws-auth-backend-client';
import { DataVaultGenericSecret } from '@cdktf/provider-vault/lib/data-vault-generic-secret';
import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { TerraformLocal } from 'cdktf';
import type { Construct } from 'constructs';
import type { SelfRotatedKey } from '../../aws';
import { addressOf } from '../address';
import type { AwsAuthMount } from '../mount/aws-auth-mount';

/**
 * Makes Vault replace its key once a value of the counter, and when the configuration was made anew: the key is lost
 * with it, and the next one was known to whoever wrote it.
 *
 * Vault is asked first whether it has a key at all. The question is asked of the configuration's `id`, which is
 * known at plan unless that is still to be made, and through a local value, for Terraform asks what names a resource
 * only after that one's changes.
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
