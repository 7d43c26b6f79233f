import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib/core';
import type { AgentConfig, AwsMethod } from '../../../../lib/agent';
import type { AccessKey } from '../../../../sandbox/servers';
import { BoundPrincipal, IamAuthRole } from '../../../../lib/constructs/vault';
import { methodStack, MOUNT } from '../method-stack';
import { ACCOUNT, type TestSandbox } from '../test-sandbox';
import { sessionDocument } from './container-credentials';
import type { MetadataService } from './metadata-service';

/** Credentials of any kind; a session's have a token. */
export type Credentials = AccessKey & { readonly sessionToken?: string };

/** Every user and every role of the account may log in to both roles; the tokens of `brief` end soon, renewed or not. */
export type RoleName = 'app' | 'brief';

/** Seconds. */
const BRIEF = 8;

/** Lays the mount, with both roles. */
export async function configureIamLogin(sandbox: TestSandbox): Promise<void> {
  const boundPrincipals = [BoundPrincipal.allUsers(), BoundPrincipal.allRoles()];
  const ttl = Duration.seconds(BRIEF);
  const declare: Parameters<typeof methodStack>[1] = (mount, stack) => {
    new IamAuthRole(stack, 'app', { mount, roleName: 'app', boundPrincipals });
    new IamAuthRole(stack, 'brief', {
      mount,
      roleName: 'brief',
      boundPrincipals,
      tokenTtl: ttl,
      tokenMaxTtl: ttl,
    });
  };
  await sandbox.applyStack(
    methodStack(sandbox, declare, { identity: { iamMetadata: ['auth_type', 'client_arn'] } }),
  );
}

export interface IamAgentProps extends Partial<Omit<AwsMethod, 'type' | 'mountPath'>> {
  /** @default 'app' */
  readonly role?: RoleName;
  readonly enableReauthOnNewCredentials?: boolean;
  /** @default the sandbox's Vault */
  readonly vaultAddress?: string;
}

/** The configuration of an agent with the sink `token`, and with all in its log that it can say. */
export const iamAgent =
  (
    { record }: TestSandbox,
    { enableReauthOnNewCredentials, vaultAddress = record.vault.address, ...method }: IamAgentProps = {},
  ) =>
  (folder: string): AgentConfig => ({
    attributes: { log_level: 'trace' },
    vault: { address: vaultAddress },
    autoAuth: {
      enableReauthOnNewCredentials,
      method: { type: 'iam', mountPath: `auth/${MOUNT}`, role: 'app', ...method },
      sinks: [{ path: join(folder, 'token'), mode: 0o600 }],
    },
  });

/** Whose token it is: `user/NAME`, or `assumed-role/NAME/SESSION`. */
export async function ownerOf(sandbox: TestSandbox, token: string): Promise<string> {
  const { data } = await sandbox.vault<{ data: { meta: { client_arn: string } } }>(
    'GET',
    'auth/token/lookup-self',
    undefined,
    token,
  );
  return data.meta.client_arn.replace(new RegExp(`^arn:aws:(iam|sts)::${ACCOUNT}:`), '');
}

/** As `aws configure` writes it. */
export function writeCredentialsFile(path: string, credentials: Credentials, profile = 'default'): void {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const lines = [
    `[${profile}]`,
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    ...(sessionToken === undefined ? [] : [`aws_session_token = ${sessionToken}`]),
  ];
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** As variables of the environment. */
export function environmentOf({
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: Credentials): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
  };
}

/** Makes it the metadata service of an instance whose role has these credentials now. */
export function serveInstanceRole(metadata: MetadataService, credentials: Credentials): void {
  metadata.serve('meta-data/iam/security-credentials/', 'node');
  metadata.serve('meta-data/iam/security-credentials/node', sessionDocument(credentials));
}

/** The variables by which a stand-in is reached in place of 169.254.169.254, which no variable names for type iam. */
export function instanceEnvironment(metadata: MetadataService): Record<string, string> {
  return { AWS_EC2_METADATA_DISABLED: 'false', HTTP_PROXY: metadata.url };
}
