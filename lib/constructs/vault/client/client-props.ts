import { type AwsEndpoints, AWS_TASKS, type AwsTask, ENDPOINTS } from '../../aws';
import {
  type Acknowledgements,
  anything,
  construct,
  flag,
  listOf,
  matching,
  optional,
  table,
  text,
  type ValueRule,
  wholeNumber,
} from '../../checks';
import type { AwsAuthMount } from '../mount/aws-auth-mount';
import { HEADER_NAME } from '../names';
import { type ClientCredentials, CREDENTIALS, type KeyRotation, ROTATION } from './client-credentials';

export interface AwsAuthClientProps {
  readonly mount: AwsAuthMount;

  /** What Vault signs its calls to AWS with. If the kind changes, Terraform replaces the configuration. */
  readonly credentials: ClientCredentials;

  /**
   * What Vault's credentials may do in AWS, if another app or team grants it. If the roles on the mount need more,
   * that is a warning, `features-lacking`.
   *
   * @default the list that `VaultIamUser` was given; without one, nothing is compared
   */
  readonly grantedPermissions?: readonly AwsTask[];

  /**
   * How Vault Enterprise replaces the access key by itself. Only a key of a `SelfRotatingIamUser` can be replaced: it
   * may do so in AWS, and Terraform does not send an older key again.
   *
   * @default it does not
   */
  readonly rotation?: KeyRotation;

  /**
   * What a login must carry, signed, in its header X-Vault-AWS-IAM-Server-ID; usually Vault's host name.
   * It keeps a login request made for one Vault from being replayed at another.
   *
   * @default no header is required
   */
  readonly serverIdHeader?: string;

  /**
   * Headers that a login's request may carry to STS, in addition to those that signing needs. Needs the provider
   * 5.4.0.
   * @default Vault's own list
   */
  readonly allowedStsHeaders?: readonly string[];

  /** Where Vault reaches AWS. @default the public endpoints */
  readonly endpoints?: AwsEndpoints;

  /**
   * Asks STS in the region that the login was signed for. Vault then ignores an STS endpoint, so it excludes
   * `endpoints.sts`. Needs Vault 1.15.
   *
   * @default false, the global endpoint or that of `endpoints.sts`
   */
  readonly useStsRegionFromClient?: boolean;

  /** How often Vault retries a call to AWS; -1 is the AWS SDK's own count. @default -1 */
  readonly maxRetries?: number;

  /** URL of IAM for Terraform, which waits there for a new key. @default the URL that Vault uses */
  readonly terraformIamEndpoint?: string;

  /** Warnings of the configuration that were considered, each with its reason. @default none */
  readonly acknowledge?: Acknowledgements;
}

const SERVER_ID_HEADER: ValueRule = {
  // Not empty: that would switch the check off.
  pattern: /^[\x21-\x7e]+$/,
  says: "a header's value without white space, such as Vault's host name",
};

export const AWS_AUTH_CLIENT = table<AwsAuthClientProps>({
  mount: construct,
  endpoints: optional(ENDPOINTS),
  serverIdHeader: optional(matching(SERVER_ID_HEADER)),
  credentials: CREDENTIALS,
  grantedPermissions: optional(AWS_TASKS),
  rotation: optional(ROTATION),
  useStsRegionFromClient: optional(flag),
  maxRetries: optional(wholeNumber(-1)),
  allowedStsHeaders: optional(listOf(matching(HEADER_NAME))),
  terraformIamEndpoint: optional(text),
  // Checked when they are read.
  acknowledge: anything,
});
