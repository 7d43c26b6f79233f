import type { Construct } from 'constructs';
import { Token } from 'cdktf';

/**
 * Names that may be claimed once: policies of a stack, roles of a mount.
 *
 * Vault does not refuse a second one: the later write silently replaces the earlier one, and then both resources
 * overwrite each other at every apply.
 */
export class UniqueNames {
  private readonly owners = new Map<string, Construct>();

  /**
   * @param kind what is named, for the message: `policy`, `role`
   * @param consequence what a second one does
   */
  constructor(
    private readonly kind: string,
    private readonly consequence = 'each write would replace the other',
  ) {}

  /**
   * Claims a name for a construct and adds the check to it. A name that is only known at apply is let through.
   */
  claim(name: string, owner: Construct): void {
    if (Token.isUnresolved(name)) {
      return;
    }
    const first = this.owners.get(name);
    if (first === undefined) {
      this.owners.set(name, owner);
      return;
    }
    owner.node.addValidation({
      validate: () => [
        `${this.kind} '${name}' is declared twice, ${this.consequence}; ` +
          `it is already declared at '${first.node.path}'`,
      ],
    });
  }
}
