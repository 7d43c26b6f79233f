import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/**
 * A construct directly below the stack, made at the first call. It holds what all constructs of the stack share.
 *
 * In it every address ends in a hash of the whole ID. Directly below the stack, an address would be the ID without
 * the characters that Terraform does not allow, so that `a.b` and `ab` would be the same.
 */
export function stackFolder(scope: Construct, id: string): Construct {
  const stack = TerraformStack.of(scope);
  return stack.node.tryFindChild(id) ?? new Construct(stack, id);
}
