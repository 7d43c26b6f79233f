import { AwsAuthBackendClient } from '@cdktf/provider-vault/lib/aws-auth-backend-client';
import type { ITerraformDependable, Precondition, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { AccessKeyReady, checkPartition, stackOfIdentity } from '../../aws';
import { acknowledge, addWarnings, checkedBy, checkFields } from '../../checks';
import { onMount } from '../mount/aws-auth-mount';
import { onProvider } from '../on-provider';
import { needsVaultProvider } from '../provider-version';
import { replaceOnChange } from '../replacements';
import { checkClient, partitionsOfClient, warnOfLacking } from './check-client';
import { credentialFields, credentialsKind, rotationFields } from './client-credentials';
import { AWS_AUTH_CLIENT, type AwsAuthClientProps } from './client-props';
import { refuseKeyOfOtherStack, warnOfGrantElsewhere } from './check-credentials';
import { rotateRoot } from './rotate-root';
import { takeKeyOut } from './without-key';

/**
 * How Vault talks to AWS on one mount: its credentials, its endpoints, and the header that it requires of logins.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#configure-client
 */
export class AwsAuthClient extends Construct {
  private readonly resource: AwsAuthBackendClient;
  private readonly props: AwsAuthClientProps;
  private readonly rotated?: TerraformResource;
  private readonly keyTakenOut?: TerraformResource;
  private keyReady?: AccessKeyReady;

  constructor(scope: Construct, id: string, props: AwsAuthClientProps) {
    super(scope, id);
    const preconditions = checkFields(this, props, AWS_AUTH_CLIENT, () => checkClient(props));
    refuseKeyOfOtherStack(this, props.credentials);
    const { mount, credentials, serverIdHeader, allowedStsHeaders, endpoints = {} } = props;
    this.props = props;
    const mounted = onMount(mount);
    addWarnings(this, () =>
      serverIdHeader === undefined && !mounted.takesDocumentsOnly
        ? [
            {
              id: 'no-server-id-header',
              message:
                'serverIdHeader: a login request made for another Vault can be replayed here while its signature is fresh; got none',
            },
          ]
        : [],
    );
    checkPartition(this, partitionsOfClient(props));
    addWarnings(this, () => warnOfLacking(props));
    addWarnings(this, () => warnOfGrantElsewhere(props));
    acknowledge(this, props.acknowledge);

    const rotated = 'rotatedByVault' in credentials ? credentials : undefined;
    this.resource = new AwsAuthBackendClient(this, 'Default', {
      backend: mount.path,
      ...credentialFields(credentials),
      ...rotationFields(props.rotation),
      iamServerIdHeaderValue: serverIdHeader,
      allowedStsHeaderValues: allowedStsHeaders && [...allowedStsHeaders],
      iamEndpoint: endpoints.iam,
      stsEndpoint: endpoints.sts?.url,
      stsRegion: endpoints.sts?.region,
      ec2Endpoint: endpoints.ec2,
      useStsRegionFromClient: props.useStsRegionFromClient,
      maxRetries: props.maxRetries,
      // Vault must not hold a key that may do nothing yet.
      dependsOn: this.firstNeeds(),
      lifecycle: rotated
        ? // Vault's key is newer than the one that Terraform knows, and a deleted key must not come back.
          { ...checkedBy(preconditions), ignoreChanges: ['access_key', 'secret_key'] }
        : checkedBy(preconditions),
    });
    this.rotated = rotated && rotateRoot(this, mount, this.resource, rotated);
    const keyless = 'ambient' in credentials || 'identityToken' in credentials;
    if (keyless && !('keepsKey' in credentials)) {
      this.keyTakenOut = takeKeyOut(this, mount, this.resource);
    }
    if ('secretAccessKeyWriteOnly' in credentials) {
      // The binding is older than these two.
      this.resource.addOverride('secret_key_wo', credentials.secretAccessKeyWriteOnly);
      this.resource.addOverride('secret_key_wo_version', credentials.secretAccessKeyVersion);
      needsVaultProvider(this, '5.7.0');
    }
    if (props.rotation) {
      needsVaultProvider(this, '4.7.0');
    }
    if (allowedStsHeaders) {
      needsVaultProvider(this, '5.4.0');
    }
    if (!mounted.facts.guideOnly) {
      replaceOnChange(this.resource, credentialsKind(credentials));
    }
    onProvider(this, mounted.facts.provider);
    mounted.addClient({
      construct: this,
      usableBy: (looksUpAtWrite) =>
        looksUpAtWrite ? [this.resource, ...this.whenKeyReady()] : [this.resource],
      ownStack: stackOfIdentity(credentials),
      ownAccountId: 'accountId' in credentials ? credentials.accountId : undefined,
      forAgent: {
        serverIdHeader,
        useStsRegionFromClient: props.useStsRegionFromClient,
        stsRegion: endpoints.sts?.region,
      },
      require: (precondition) => this.require(precondition),
    });
  }

  private require(precondition: Precondition): void {
    const { lifecycle } = this.resource;
    this.resource.lifecycle = {
      ...lifecycle,
      precondition: [...(lifecycle?.precondition ?? []), precondition],
    };
  }

  private firstNeeds(): ITerraformDependable[] | undefined {
    const { credentials } = this.props;
    if (!('usableAfter' in credentials)) {
      return undefined;
    }
    return 'replacesAnother' in credentials && credentials.replacesAnother
      ? this.whenKeyReady()
      : credentials.usableAfter;
  }

  /** What a role waits for: a key that this app makes works, or an earlier key is taken out. */
  private whenKeyReady(): TerraformResource[] {
    const written = this.rotated ?? this.keyTakenOut;
    if (written) {
      return [written];
    }
    const { credentials, mount, endpoints, terraformIamEndpoint = endpoints?.iam } = this.props;
    if (!('secretAccessKey' in credentials)) {
      return [];
    }
    this.keyReady ??= new AccessKeyReady(this, 'key_ready', {
      credentials,
      permissionsFor: mount,
      iamEndpoint: terraformIamEndpoint,
      // With an own endpoint of IAM, only the STS next to it is known.
      sts: endpoints?.sts,
      assumes: () =>
        terraformIamEndpoint !== undefined && !endpoints?.sts ? undefined : onMount(mount).assumed,
    });
    return [this.keyReady.ready];
  }
}
