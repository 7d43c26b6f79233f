import { AwsAuthBackendClient } from '@cdktf/provider-vault/lib/aws-auth-backend-client';
import type { ITerraformDependable, Precondition, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import {
  AccessKeyReady,
  type AwsEndpoints,
  ENDPOINTS,
  AWS_TASKS,
  lackingTasks,
  type AwsTask,
} from '../../aws';
import {
  acknowledge,
  type Acknowledgements,
  addWarnings,
  anything,
  checkedBy,
  checkFields,
  construct,
  flag,
  listOf,
  matching,
  optional,
  table,
  text,
  type ValueRule,
  type Warning,
  wholeNumber,
} from '../../checks';
import { type AwsAuthMount, onMount } from '../mount/aws-auth-mount';
import { HEADER_NAME } from '../names';
import { needsVaultProvider } from '../provider-version';
import { replaceOnChange } from '../replacements';
import { rotateRoot } from './rotate-root';
import { takeKeyOut } from './without-key';
import {
  type ClientCredentials,
  credentialFields,
  CREDENTIALS,
  credentialsKind,
  type KeyRotation,
  ROTATION,
  rotationFields,
} from './client-credentials';

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

  /** How Vault Enterprise replaces the access key by itself. @default it does not */
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
    addWarnings(this, () => warnOfLacking(props));
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
    mounted.addClient({
      construct: this,
      usableBy: (looksUpAtWrite) =>
        looksUpAtWrite ? [this.resource, ...this.whenKeyReady()] : [this.resource],
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
    });
    return [this.keyReady.ready];
  }
}

function warnOfLacking({ mount, credentials, grantedPermissions }: AwsAuthClientProps): Warning[] {
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
function checkClient(props: AwsAuthClientProps): string[] {
  const { credentials, rotation, endpoints } = props;
  return [
    ...(rotation && !('accessKeyId' in credentials || 'rotatedByVault' in credentials)
      ? ['rotation: there is no access key to replace; leave it out']
      : []),
    ...(props.useStsRegionFromClient && endpoints?.sts
      ? [
          `useStsRegionFromClient: Vault would ignore endpoints.sts and ask the public STS of the region, leave one out; got '${endpoints.sts.url}'`,
        ]
      : []),
  ];
}
