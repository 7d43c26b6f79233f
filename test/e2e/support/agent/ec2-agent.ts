import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib/core';
import type { AwsMethod } from '../../../../lib/agent';
import { AwsCertificate, Ec2AuthRole } from '../../../../lib/constructs/vault';
import type { Instance } from '../instance';
import type { IdentityAuthority } from '../instance-identity';
import { methodStack, MOUNT } from '../method-stack';
import { ACCOUNT, type TestSandbox } from '../test-sandbox';
import type { MetadataService } from './metadata-service';
import { type Agent, startAgent } from './start-agent';

/** How long a token of the roles that force a new login lives, renewed or not. */
const SHORT = Duration.seconds(4);

/** Deploys the method, with roles of type ec2 for the instances of the sandbox's account. */
export async function configureEc2Roles(sandbox: TestSandbox, authority: IdentityAuthority): Promise<void> {
  const declare: Parameters<typeof methodStack>[1] = (mount, stack) => {
    new AwsCertificate(stack, 'certificate', {
      mount,
      certificateName: 'ours',
      pem: authority.certificate,
      type: 'identity',
    });
    const role = (roleName: string, props: Partial<ConstructorParameters<typeof Ec2AuthRole>[2]> = {}) =>
      new Ec2AuthRole(stack, `role_${roleName}`, {
        mount,
        roleName,
        boundAccountIds: [ACCOUNT],
        policies: ['billing', 'reports'],
        ...props,
      });
    role('app');
    role('short', { tokenTtl: SHORT, tokenMaxTtl: SHORT });
    role('once', { tokenTtl: SHORT, tokenMaxTtl: SHORT, disallowReauthentication: true });
    role('migrating', { allowInstanceMigration: true });
    role('migrating_short', { tokenTtl: SHORT, tokenMaxTtl: SHORT, allowInstanceMigration: true });
    role('tagged', { roleTag: 'vault-role' });
  };
  await sandbox.applyStack(methodStack(sandbox, declare, { identity: { ec2Metadata: ['instance_id'] } }));
}

export interface Ec2AgentProps extends Partial<AwsMethod> {
  readonly role: string;
  /** Of the instance that the agent runs on. */
  readonly metadata: MetadataService;
}

/** Starts an agent of type ec2, with a log of all that it can say and the sink `token`. */
export function startEc2Agent(sandbox: TestSandbox, { metadata, ...method }: Ec2AgentProps): Agent {
  return startAgent(sandbox, {
    config: (folder) => ({
      vault: { address: sandbox.record.vault.address },
      autoAuth: {
        method: { type: 'ec2', mountPath: `auth/${MOUNT}`, minBackoff: 1, maxBackoff: 1, ...method },
        sinks: [{ path: join(folder, 'token') }],
      },
      attributes: { log_level: 'trace' },
    }),
    env: {
      AWS_EC2_METADATA_DISABLED: 'false',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url,
    },
  });
}

/** What Vault remembers of an instance that logged in. */
export interface AccessListEntry {
  readonly client_nonce: string;
  readonly pending_time: string;
}

/** The entry of an instance, with its nonce in clear: that is what Vault shows to whoever may read it. */
export async function accessListEntry(
  sandbox: TestSandbox,
  { instanceId }: Instance,
): Promise<AccessListEntry> {
  const path = `auth/${MOUNT}/identity-accesslist/${instanceId}`;
  return (await sandbox.vault<{ data: AccessListEntry }>('GET', path)).data;
}

/** Names of the files below a folder that a text stands in. */
export function filesHolding(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.path, entry.name)).includes(text))
    .map(({ name }) => name);
}
