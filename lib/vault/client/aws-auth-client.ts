import { AwsAuthBackendClient } from '@cdktf/provider-vault/lib/aws-auth-backend-client';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { AccessKeyReady, type AwsEndpoints, checkEndpoints, type VaultCredentials } from '../../aws';
import type { AwsAuthMount } from '../mount/aws-auth-mount';

export interface AwsAuthClientProps {
  readonly mount: AwsAuthMount;

  /** The key that Vault signs its calls to AWS with. */
  readonly credentials: VaultCredentials;

  /**
   * What a login must carry, signed, in its header X-Vault-AWS-IAM-Server-ID; usually Vault's host name.
   * It keeps a login request made for one Vault from being replayed at another.
   *
   * @default no header is asked for
   */
  readonly serverIdHeader?: string;

  /** Where Vault reaches AWS. @default the public endpoints */
  readonly endpoints?: AwsEndpoints;

  /** URL of IAM where Terraform runs, which waits there for a new key. @default where Vault reaches it */
  readonly terraformIamEndpoint?: string;
}

/**
 * How Vault talks to AWS on one mount: its credentials, its endpoints, and the header it asks of logins.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#configure-client
 */
export class AwsAuthClient extends Construct {
  private readonly resource: AwsAuthBackendClient;
  private readonly props: AwsAuthClientProps;
  private keyReady?: AccessKeyReady;

  constructor(scope: Construct, id: string, props: AwsAuthClientProps) {
    super(scope, id);
    const { mount, credentials, serverIdHeader, endpoints = {} } = props;
    this.props = props;
    this.node.addValidation({
      validate: () => [...checkEndpoints('endpoints', endpoints), ...checkHeader(serverIdHeader)],
    });

    this.resource = new AwsAuthBackendClient(this, 'Default', {
      backend: mount.path,
      accessKey: credentials.accessKeyId,
      secretKey: credentials.secretAccessKey,
      iamServerIdHeaderValue: serverIdHeader,
      iamEndpoint: endpoints.iam,
      stsEndpoint: endpoints.sts?.url,
      stsRegion: endpoints.sts?.region,
      ec2Endpoint: endpoints.ec2,
      // Vault must not hold a key that may do nothing yet.
      dependsOn: credentials.usableAfter,
    });
    mount.addClient(this);
  }

  /**
   * What a role depends on.
   *
   * @param looksUpAtWrite the role's write makes Vault look a principal up, so the key must answer by then
   */
  usableBy(looksUpAtWrite: boolean): ITerraformDependable[] {
    if (!looksUpAtWrite) {
      return [this.resource];
    }
    const { credentials, mount, endpoints, terraformIamEndpoint = endpoints?.iam } = this.props;
    this.keyReady ??= new AccessKeyReady(this, 'key_ready', {
      credentials,
      features: mount,
      iamEndpoint: terraformIamEndpoint,
    });
    return [this.resource, this.keyReady.ready];
  }
}

function checkHeader(value: string | undefined): string[] {
  return value === undefined || /^[\x21-\x7e]+$/.test(value)
    ? []
    : [
        `serverIdHeader: must be a header's value without white space, such as Vault's host name; got '${value}'`,
      ];
}
