import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

const stacks = new WeakMap<object, TerraformStack>();

/** Remembers that the identity of these credentials is in the account of the scope's stack. */
export function inAccountOfStack<T extends object>(credentials: T, scope: Construct): T {
  stacks.set(credentials, TerraformStack.of(scope));
  return credentials;
}

/** The stack in whose account the identity of these credentials is; undefined if this app does not make it. */
export function stackOfIdentity(credentials: object): TerraformStack | undefined {
  return stacks.get(credentials);
}
