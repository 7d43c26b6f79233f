import { Lazy, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { gt } from 'semver';

/** The least version of hashicorp/vault that has what every stack uses. */
const LEAST = '4.4.0';
const FIRST_TOO_NEW = '6.0.0';

const leastOf = new WeakMap<TerraformStack, string>();

/**
 * Says that a construct uses a field that the provider hashicorp/vault has only from a version on.
 *
 * The stack then asks for that version; a stack that does not use the field does not. See docs/decisions/0002.
 *
 * @param version as in the provider's change log: `5.4.0`
 */
export function needsVaultProvider(construct: IConstruct, version: string): void {
  const stack = TerraformStack.of(construct);
  if (gt(version, leastVaultProvider(stack))) {
    leastOf.set(stack, version);
  }
  rangeOfVaultProvider(stack);
}

/**
 * Gives a stack the range of versions that have all its fields, also if it configures its providers itself: the bindings
 * would pin one version exactly.
 */
export function rangeOfVaultProvider(stack: TerraformStack): void {
  stack.addOverride(
    'terraform.required_providers.vault.version',
    // The constructs are declared later.
    Lazy.stringValue({ produce: () => `>= ${leastVaultProvider(stack)}, < ${FIRST_TOO_NEW}` }),
  );
}

/** The least version of hashicorp/vault that has all fields in use in a stack; known once all is declared. */
export function leastVaultProvider(stack: TerraformStack): string {
  return leastOf.get(stack) ?? LEAST;
}
