import type { Construct } from 'constructs';
import { type AwsAuthMount, onMount } from '../mount/aws-auth-mount';
import type { IamAlias } from '../mount/template-table';

const owners = new WeakMap<AwsAuthMount, Construct>();

/** What must name the alias of a login on the mount, and why. */
export interface NeededAlias {
  readonly iamAlias: IamAlias;
  /** Who needs it. */
  readonly who: string;
  readonly because: string;
}

/**
 * Checks that a login on a mount finds the entities that a construct makes, and that no other construct makes
 * entities on it. Two constructs would overwrite each other's alias for a member of both.
 */
export function checkMount(owner: Construct, mount: AwsAuthMount, needed: NeededAlias): void {
  const first = owners.get(mount) ?? owner;
  owners.set(mount, first);
  const {
    identity: { iamAlias },
    local,
  } = onMount(mount).facts;
  owner.node.addValidation({
    validate: () => [
      ...(first === owner
        ? []
        : [
            `mount: only one construct may make the entities of a mount, because two would overwrite each other's aliases; ` +
              `it is already given to '${first.node.path}'`,
          ]),
      ...(iamAlias === needed.iamAlias
        ? []
        : [
            `mount: ${needed.who} need identity: { iamAlias: '${needed.iamAlias}' }, ${needed.because}; got '${iamAlias}'`,
          ]),
      ...(local
        ? ['mount: Vault moves no alias of a local mount to another entity, leave out local; got true']
        : []),
    ],
  });
}
