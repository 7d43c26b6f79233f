import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import type { AwsAuthBackendClient } from '@cdktf/provider-vault/lib/aws-auth-backend-client';
import type { Construct } from 'constructs';
import type { AwsAuthMount } from '../mount/aws-auth-mount';

/**
 * Removes the secret of an earlier key from Vault, once.
 *
 * The provider never sends an empty secret. So the secret would stay in Vault with an empty access key, and look-ups
 * would fail. If the state knows a client's kind of credentials, Terraform replaces the client instead. It does not
 * do so on a mount with guideOnly, nor on a mount that loses guideOnly in the same apply.
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
