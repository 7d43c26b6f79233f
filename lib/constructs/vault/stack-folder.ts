import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/**
 * A construct right below the stack, made at the first call, for what stands there once for all who need it.
 *
 * In it every address ends in a hash of the whole ID. Right below the stack it would be the ID without the
 * characters that Terraform does not allow, so that `a.b` and `ab` were one.
 */
export function stackFolder(scope: Construct, id: string): Construct {
  const stack = TerraformStack.of(scope);
  return stack.node.tryFindChild(id) ?? new Construct(stack, id);
}
