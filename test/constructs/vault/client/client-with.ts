import {
  AwsAuthClient,
  type AwsAuthClientProps,
  AwsAuthMount,
  type ClientCredentials,
} from '../../../../lib/constructs/vault';
import { problemsOf, synthesize } from '../../../support/stack';

export const key: ClientCredentials = {
  accessKeyId: 'AKIA0',
  secretAccessKey: '${var.secret}',
  usableAfter: [],
};
export const writeOnly = {
  accessKeyId: 'AKIA0',
  secretAccessKeyWriteOnly: '${var.secret}',
  secretAccessKeyVersion: 1,
};
/** As of a `SelfRotatingIamUser`. */
export const selfRotated: ClientCredentials = {
  rotatedByVault: {
    userName: 'vault_auth',
    generation: {
      trigger: 'aws_iam_user.vault_user.tags["key"]',
      precondition: { condition: true, errorMessage: 'the counter' },
    },
  },
  usableAfter: [],
};
export const roleArn = 'arn:aws:iam::123456789012:role/vault';

export type Props = Partial<AwsAuthClientProps>;

/** A client configuration on a mount of its own. */
export const declare =
  (props: Props) =>
  (stack: Parameters<Parameters<typeof problemsOf>[0]>[0]): void => {
    const mount = new AwsAuthMount(stack, 'mount', { guideOnly: true });
    new AwsAuthClient(stack, 'client', { mount, credentials: key, serverIdHeader: 'vault', ...props });
  };
export const clientWith = (props: Props) =>
  synthesize(declare(props)).resource.vault_aws_auth_backend_client!.client!;
export const problemsWith = (props: Props) => problemsOf(declare(props));
