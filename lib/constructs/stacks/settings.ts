import type { AwsEndpoints, TestUserProps, VaultIamUserProps } from '../aws';
import type { VaultTls } from '../../vault-api';
import type { Acknowledgements } from '../checks';
import type { Adopted } from './adopted';
import { type LoginSettings, loginsWithDefaults } from './login-settings';
import type { StateBackend } from './state-backend';
import { hostOf } from './vault-address';

/** What a person sets for their account and their Vault. Only Vault's address has no default. */
export interface Settings {
  /** TLS settings for Vault also go here. Use absolute paths of files, because Terraform runs in its own folder. */
  readonly vault: VaultTls & {
    /** Vault's address, as in VAULT_ADDR: `https://vault.example.com:8200`. Its token comes from VAULT_TOKEN. */
    readonly address: string;

    /**
     * Takes an address with http that is not the machine's own: tokens and secrets then cross the network in clear.
     * @default false
     */
    readonly allowHttp?: boolean;

    /** The namespace of all that the stack makes. Vault Enterprise and HCP. @default the root's, or VAULT_NAMESPACE */
    readonly namespace?: string;

    /** Where the AWS auth method is mounted, without `auth/`. @default 'aws_test' */
    readonly mountPath?: string;

    /**
     * What each login must carry, signed, in its header X-Vault-AWS-IAM-Server-ID.
     *
     * `false` requires none: a login request made for another Vault can then be replayed here.
     *
     * @default the host of the address
     */
    readonly serverIdHeader?: string | false;

    /** Where Vault reaches AWS, such as VPC endpoints in its network. @default the public endpoints */
    readonly awsEndpoints?: AwsEndpoints;
  };

  readonly aws?: {
    /** Region of the AWS provider; IAM itself has none. @default 'us-east-1' */
    readonly region?: string;

    /** Tags on all that the stack makes in AWS. @default { 'managed-by': 'vault-aws-auth' } */
    readonly tags?: Readonly<Record<string, string>>;

    /** Where Terraform reaches AWS. @default the public endpoints */
    readonly endpoints?: AwsEndpoints;

    /** Names of the IAM user for Vault and its policy. @default the guide's */
    readonly vaultUser?: Omit<VaultIamUserProps, 'permissionsFor'>;

    /** The IAM user to test with; `false` leaves it out, as production does. @default the guide's dev_account */
    readonly testUser?: TestUserProps | false;
  };

  /**
   * Who may log in, and what they get. For several roles it is a list; the first entry keeps the addresses that one
   * alone has, so put no other before it.
   */
  readonly login?: LoginSettings | readonly LoginSettings[];

  /**
   * Warnings that were considered, each with its reason; they stay listed by `vault-aws-auth check`.
   * @default none
   */
  readonly acknowledge?: Acknowledgements;

  /** What was made by hand, and is taken over unchanged. @default nothing, the stack makes all */
  readonly adopt?: Adopted;

  /** Where the Terraform state is kept. @default the folder `state` of the project */
  readonly backend?: StateBackend;
}

/** The settings, with defaults for what is not given. */
export function withDefaults({ vault, aws = {}, login, backend }: Settings) {
  const serverIdHeader = vault.serverIdHeader ?? hostOf(vault.address);
  return {
    vault: {
      address: vault.address,
      mountPath: vault.mountPath ?? 'aws_test',
      serverIdHeader: serverIdHeader === false ? undefined : serverIdHeader,
      awsEndpoints: vault.awsEndpoints,
      // How both Terraform and `verify` reach it.
      access: {
        vaultAddress: vault.address,
        namespace: vault.namespace,
        caCertFile: vault.caCertFile,
        tlsServerName: vault.tlsServerName,
        clientAuth: vault.clientAuth,
      },
    },
    aws: {
      ...aws,
      region: aws.region ?? 'us-east-1',
      tags: aws.tags ?? { 'managed-by': 'vault-aws-auth' },
      testUser: aws.testUser ?? {},
    },
    logins: loginsWithDefaults(login),
    backend: backend ?? { kind: 'local' as const },
  };
}
