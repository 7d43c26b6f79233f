import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import type { AwsAuthBackendClient } from '@cdktf/provider-vault/lib/aws-auth-backend-client';
import type { Construct } from 'constructs';
import type { AwsAuthMount } from '../mount/aws-auth-mount';

/**
 * Takes the secret of a key that was there before out of Vault, once.
 *
 * The provider never sends an empty secret, so it would stay beside an empty access key, and every look-up would fail.
 * A client whose way is known to the state is written anew instead; that of a mount with guideOnly is not, nor is one that
 * stops being on a mount with guideOnly by the same apply.
 *
 * Source: `awsAuthBackendWrite` in resource_aws_auth_backend_client.go of terraform-provider-vault.
 */
export function takeKeyOut(
  scope: Construct,
  mount: AwsAuthMount,
  client: AwsAuthBackendClient,
): GenericEndpoint {
  return new GenericEndpoint(scope, 'without_key', {
    path: `auth/${mount.path}/config/client`,
    dataJson: JSON.stringify({ access_key: '', secret_key: '' }),
    disableRead: true,
    disableDelete: true,
    dependsOn: [client],
  });
}
