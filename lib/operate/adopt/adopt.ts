import type { IAMClient } from '@aws-sdk/client-iam';
import { checkStack, type ImportBlock, type Settings } from '../../constructs/stacks';
import type { CheckReport } from '../../constructs/checks';
import { describe } from './describe';
import type { Leftover } from './findings';
import { CannotAdoptError, type Live, type LiveUser } from './live';
import { readIamPolicy, readUser, readVaultUser } from './read-aws';
import { readMethod, type VaultToRead } from './read-vault';
import { settingsFile } from './settings-file';
import { valueOf } from './source';

export interface AdoptOptions {
  readonly vault: VaultToRead;
  /** Of the account that Vault looks into. */
  readonly iam: IAMClient;
  /** Without `auth/`. */
  readonly mountPath: string;
  /** @default the only role of type iam without inference */
  readonly roleName?: string;
  /** The IAM user to test with; it is left out if there is none of this name. */
  readonly testUserName: string;
  /** Of the AWS provider. @default the settings' own */
  readonly region?: string;
}

/** What is to be written, and what is worth knowing about it. */
export interface Adoption {
  /** The text of each file by its path; settings.ts is the last. */
  readonly files: Readonly<Record<string, string>>;
  readonly imports: readonly ImportBlock[];
  /** What is there and not in the settings. */
  readonly findings: readonly Leftover[];
  /** What is in the settings and allows more than most users need. */
  readonly warnings: CheckReport['warnings'];
}

/**
 * Reads a method that was set up by hand, and describes it as settings of the stack. With them the next plan
 * imports everything and changes nothing. This function writes nothing.
 *
 * @throws CannotAdoptError with everything that the settings can't say and the plan would change
 * @throws VaultError | VaultUnreachableError, or what the AWS SDK throws
 */
export async function adopt(options: AdoptOptions): Promise<Adoption> {
  const { vault, iam, mountPath, roleName, testUserName, region } = options;
  const method = await readMethod(vault, mountPath, roleName);
  const vaultUser = await readVaultUser(iam, method.client.access_key);
  const [iamPolicy, user] = await Promise.all([readIamPolicy(iam, vaultUser), readUser(iam, testUserName)]);
  const testUser = user && hasKey(user) ? user : undefined;
  const live: Live = { method, vaultUser, iamPolicy, testUser };

  const { settings, files, findings } = describe(live, {
    vaultAddress: vault.vaultAddress,
    namespace: vault.namespace,
    region,
  });
  const value = valueOf(settings) as Settings;
  const { problems, warnings } = checkStack(value);
  const all = [...whatWouldChange(live), ...problems];
  if (all.length > 0) {
    throw new CannotAdoptError(all);
  }
  return {
    files: { ...files, 'settings.ts': await settingsFile(settings) },
    imports: value.adopt!.imports!,
    findings: [...findings, ...(user && !testUser ? [withoutKey(user)] : [])],
    warnings,
  };
}

function hasKey({ accessKeys }: LiveUser): boolean {
  return accessKeys.some(({ active }) => active);
}

function withoutKey({ name }: LiveUser): Leftover {
  return {
    place: `IAM user ${name}`,
    what: 'it has no active access key, and the test user of the stack has one: it is left out',
    next: `leave it, or let the stack create one: \`aws.testUser\` with another userName`,
  };
}

/** What no setting can say, and the plan would change or replace. */
function whatWouldChange({ method, vaultUser }: Live): string[] {
  const { client, local, mountPath } = method;
  const place = `auth/${mountPath}/config/client`;
  const key = vaultUser.accessKeys.find(({ id }) => id === client.access_key);
  return [
    ...(local ? [`auth/${mountPath}: a local mount; Terraform would replace it`] : []),
    ...(client.allowed_sts_header_values?.length
      ? [
          `${place}: the settings have no allowed_sts_header_values; got ${client.allowed_sts_header_values.join(', ')}`,
        ]
      : []),
    ...(client.role_arn ? [`${place}: the settings have no role_arn; got '${client.role_arn}'`] : []),
    ...((client.sts_endpoint === '') !== (client.sts_region === '')
      ? [
          `${place}: the provider takes sts_endpoint and sts_region both or neither; got '${client.sts_endpoint}' and '${client.sts_region}'`,
        ]
      : []),
    ...(key?.active === false ? [`access key ${key.id}: it is inactive; Terraform would activate it`] : []),
  ];
}
