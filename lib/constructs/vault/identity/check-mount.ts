import type { Construct } from 'constructs';
import { type AwsAuthMount, onMount } from '../mount/aws-auth-mount';
import type { MountFacts } from '../mount/mounted';

const owners = new WeakMap<AwsAuthMount, Construct>();

/** What names an alias, and why those who get entities on the mount need just that. */
export interface NeededAlias {
  readonly iamAlias: MountFacts['iamAlias'];
  /** Who need it. */
  readonly who: string;
  readonly because: string;
}

/**
 * Checks that a mount finds the entities that a construct makes, and that no other construct makes some on it: two
 * would fight over the alias of whoever is in both.
 */
export function checkMount(owner: Construct, mount: AwsAuthMount, needed: NeededAlias): void {
  const first = owners.get(mount) ?? owner;
  owners.set(mount, first);
  const { iamAlias, local } = onMount(mount).facts;
  owner.node.addValidation({
    validate: () => [
      ...(first === owner
        ? []
        : [
            `mount: one construct makes the entities of a mount, two would fight over an alias; ` +
              `it is already given to '${first.node.path}'`,
          ]),
      ...(iamAlias === needed.iamAlias
        ? []
        : [
            `mount: ${needed.who} need identity: { iamAlias: '${needed.iamAlias}' }, ${needed.because}; got '${iamAlias}'`,
          ]),
      ...(local
        ? ['mount: Vault moves no alias of a local mount to another entity, leave out its local; got true']
        : []),
    ],
  });
}
