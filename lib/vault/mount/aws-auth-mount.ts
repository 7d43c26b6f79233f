import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { Construct } from 'constructs';
import type { VaultFeature } from '../../aws';
import { UniqueNames } from '../../synth';
import type { AwsAuthClient } from '../client/aws-auth-client';
import { checkMountPath } from '../names';

/** What a mount needs of a role on it. */
export interface MountedRole extends Construct {
  /** What Vault looks up in AWS for the role. */
  readonly lookUps: readonly VaultFeature[];
  /** Puts the role after the client configuration. */
  waitFor(client: AwsAuthClient): void;
}

export interface AwsAuthMountProps {
  /** Where the method is mounted, without `auth/`. @default 'aws_test' */
  readonly path?: string;

  /** What `vault auth list` says of it. @default 'AWS auth method' */
  readonly description?: string;
}

/**
 * The AWS auth method, mounted in Vault.
 *
 * It knows the roles on it and its client configuration, puts them in their order, and tells what Vault
 * must be allowed to do in AWS for them.
 *
 * @example
 * const mount = new AwsAuthMount(this, 'mount', { path: 'aws_test' });
 */
export class AwsAuthMount extends Construct {
  /** The path, as a reference to the resource: what uses it is made after the mount. */
  readonly path: string;

  /** The mount's accessor, known at apply. */
  readonly accessor: string;

  private client?: AwsAuthClient;
  private readonly roles: MountedRole[] = [];
  private readonly roleNames = new UniqueNames('role');

  constructor(scope: Construct, id: string, props: AwsAuthMountProps = {}) {
    super(scope, id);
    const { path = 'aws_test', description = 'AWS auth method' } = props;
    this.node.addValidation({ validate: () => checkMountPath('path', path) });

    const mount = new AuthBackend(this, 'Default', { type: 'aws', path, description });
    this.path = mount.path;
    this.accessor = mount.accessor;
  }

  /** What Vault looks up in AWS for the roles on this mount. */
  features(): VaultFeature[] {
    return this.roles.flatMap((role) => role.lookUps);
  }

  /** Called by the client configuration of this mount. Roles wait for it, declared before or after. */
  addClient(client: AwsAuthClient): void {
    const first = this.client;
    if (first) {
      client.node.addValidation({
        validate: () => [
          `a mount has one client configuration; it is already declared at '${first.node.path}'`,
        ],
      });
      return;
    }
    this.client = client;
    for (const role of this.roles) {
      role.waitFor(client);
    }
  }

  /** Called by each role on this mount. @param name in the mount once */
  addRole(role: MountedRole, name: string): void {
    this.roleNames.claim(name, role);
    this.roles.push(role);
    if (this.client) {
      role.waitFor(this.client);
    }
  }
}
