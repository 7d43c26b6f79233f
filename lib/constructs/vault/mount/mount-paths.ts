import { type TerraformProvider, type TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { vaultOf } from '../on-provider';

const claimed = new WeakMap<TerraformProvider | TerraformStack, { path: string; mount: Construct }[]>();

/**
 * Claims a path for a mount, and adds the check to it: Vault refuses one that is in use, or that is below or above
 * another. A path that is only known at apply is let through.
 *
 * Source: `enableCredentialInternal` in `vault/auth.go` of Vault (1.21.1).
 */
export function claimPath(path: string, mount: Construct, provider?: TerraformProvider): void {
  if (Token.isUnresolved(path)) {
    return;
  }
  const vault = vaultOf(mount, provider);
  const others = claimed.get(vault) ?? [];
  const other = others.find((each) => overlap(`${each.path}/`, `${path}/`));
  if (other) {
    mount.node.addValidation({
      validate: () => [
        `path: Vault mounts nothing at, below or above a path that is in use; got '${path}', ` +
          `and '${other.path}' is declared at '${other.mount.node.path}'`,
      ],
    });
  }
  claimed.set(vault, [...others, { path, mount }]);
}

function overlap(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}
