import { join } from 'node:path';
import { AssetType, Lazy, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { TerraformData } from '../terraform';
import { AwsAccount } from './account';
import { type AwsTaskSource, lookUpsOf } from './aws-tasks';
import type { AwsEndpoints } from './endpoints';
import type { VaultCredentials } from './vault-access-key';

export interface AccessKeyReadyProps {
  /** The key to wait for. */
  readonly credentials: VaultCredentials;

  /** What the key is for. A look-up of users or roles is tried, if there is one. */
  readonly permissionsFor: AwsTaskSource;

  /** Asked once all of the app is declared: a role of another account that Vault assumes. @default none */
  readonly assumes?: () => AssumedRole | undefined;

  /** URL of IAM. @default the partition's public endpoint */
  readonly iamEndpoint?: string;

  /** The STS by which it is assumed. @default the partition's public endpoint */
  readonly sts?: AwsEndpoints['sts'];
}

/** A role of another account, and what its trust requires. */
export interface AssumedRole {
  readonly roleArn: string;
  readonly externalId?: string;
}

/**
 * Waits, once for each key, until AWS accepts an access key that was made in the same apply.
 *
 * The wait runs where Terraform runs and needs a POSIX shell and curl 7.75 or newer there. Terraform hides
 * what it prints, because its environment holds the key: the exit codes are explained in the command itself,
 * which Terraform shows when it fails.
 */
export class AccessKeyReady extends Construct {
  /** Resources that must wait depend on this. */
  readonly ready: TerraformData;

  constructor(scope: Construct, id: string, props: AccessKeyReadyProps) {
    super(scope, id);
    const { credentials, permissionsFor, assumes, iamEndpoint, sts } = props;
    const lookUp = () => lookUpsOf(permissionsFor).findLast((one) => one.startsWith('look-up'));
    // A look-up tells already whether the policy is in force.
    const assumed = () => (lookUp() === undefined ? assumes?.() : undefined);
    const late = (produce: () => string | undefined) => Lazy.stringValue({ produce });
    const script = new TerraformAsset(this, 'script', {
      path: join(import.meta.dirname, 'await-access-key.sh'),
      type: AssetType.FILE,
    });

    this.ready = new TerraformData(this, 'Default', {
      triggersReplace: { access_key: credentials.accessKeyId },
      dependsOn: credentials.usableAfter,
      provisioners: [
        {
          type: 'local-exec',
          command:
            `sh "\${path.module}/${script.path}"` +
            ' # exit status 10: curl 7.75 or newer is missing here; 11: AWS does not answer to the new key in time, apply again',
          environment: {
            AWS_ACCESS_KEY_ID: credentials.accessKeyId,
            AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
            // The roles may be declared after the key.
            LOOK_UP: late(() => lookUp() ?? 'nothing'),
            ASSUME_ROLE: late(() => assumed()?.roleArn),
            EXTERNAL_ID: late(() => assumed()?.externalId),
            STS_ENDPOINT: late(() => assumed() && sts?.url),
            STS_REGION: late(() => assumed() && sts?.region),
            // It tells the region to sign for, also if IAM has another endpoint.
            AWS_PARTITION: AwsAccount.of(this).partition,
            ...(iamEndpoint && { IAM_ENDPOINT: iamEndpoint }),
          },
        },
      ],
    });
  }
}
