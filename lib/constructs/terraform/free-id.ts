import type { TerraformStack } from 'cdktf';

/** An ID directly below the stack for something of ours. If the stack has its own construct of this ID, it is longer. */
export function freeId(stack: TerraformStack, id: string): string {
  return stack.node.tryFindChild(id) === undefined ? id : `vault_aws_auth_${id}`;
}
