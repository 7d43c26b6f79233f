import { lackingTasks, ofArn, type OfPartition, partitionsOfEndpoints } from '../../aws';
import type { Warning } from '../../checks';
import type { AwsAuthClientProps } from './client-props';

/** What Vault's credentials may not do, although the roles on the mount need it. */
export function warnOfLacking({ mount, credentials, grantedPermissions }: AwsAuthClientProps): Warning[] {
  const granted =
    grantedPermissions ?? ('permissionsFor' in credentials ? credentials.permissionsFor : undefined);
  const lacking = granted ? lackingTasks(granted, mount) : [];
  return lacking.length === 0
    ? []
    : [
        {
          id: 'features-lacking',
          message: `permissionsFor: the list that Vault's credentials were given does not have all that the roles on the mount need, so logins or writes fail; lacking ${lacking.join(', ')}`,
        },
      ];
}

/** What is wrong between the props of a client configuration; empty if nothing is. */
export function checkClient(props: AwsAuthClientProps): string[] {
  const { endpoints } = props;
  return [
    ...checkRotation(props),
    ...(props.useStsRegionFromClient && endpoints?.sts
      ? [
          `useStsRegionFromClient: Vault would ignore endpoints.sts and ask the public STS of the region, leave one out; got '${endpoints.sts.url}'`,
        ]
      : []),
  ];
}

/**
 * What is of one partition in a client configuration. Without an endpoint, Vault asks the global STS of `aws` who the
 * caller is, whatever partition the caller is of.
 *
 * Source: `pathLoginUpdateIam` in `builtin/credential/aws/path_login.go` of Vault (1.21.1).
 */
export function partitionsOfClient(props: AwsAuthClientProps): OfPartition[] {
  const { endpoints, credentials, useStsRegionFromClient = false } = props;
  return [
    ...partitionsOfEndpoints(endpoints),
    ...('identityToken' in credentials
      ? [ofArn('credentials.identityToken.roleArn', credentials.identityToken.roleArn)]
      : []),
    ...(endpoints?.sts || useStsRegionFromClient
      ? []
      : [
          {
            place: 'endpoints.sts',
            partition: 'aws',
            value: 'none',
            explain: (stack: string) =>
              `Vault would ask the global STS of the partition 'aws', which knows no caller of '${stack}', so the URL and the region of an STS of '${stack}' must be given`,
            tells: false,
          },
        ]),
  ];
}

/**
 * Vault's new key is read back as a change of `access_key`, and Terraform would write its own key again, which Vault
 * has deleted. Vault also needs permissions on its own keys, which only the user of a self-rotated key has.
 *
 * Source: `awsAuthBackendRead` in resource_aws_auth_backend_client.go of terraform-provider-vault, and `rotateRoot` in
 * `builtin/credential/aws/path_config_rotate_root.go` of Vault (1.21.1).
 */
function checkRotation({ rotation, credentials }: AwsAuthClientProps): string[] {
  if (rotation === undefined || 'rotatedByVault' in credentials) {
    return [];
  }
  if (!('accessKeyId' in credentials)) {
    return ['rotation: there is no access key to replace; leave it out'];
  }
  return 'disabled' in rotation
    ? []
    : [
        'rotation: Terraform would write its own key again after Vault has replaced and deleted it, so the key must be of a SelfRotatingIamUser, which Terraform never sends and which may replace its key; got an access key that Terraform writes',
      ];
}
