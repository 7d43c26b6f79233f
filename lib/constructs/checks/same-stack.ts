import { TerraformStack, Token, Tokenization } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';

/** What is wrong with the use of a construct: it is in another stack, and Terraform applies each stack alone. */
export function ofOtherStack(owner: IConstruct, place: string, used: unknown): string[] {
  if (!Construct.isConstruct(used)) {
    return [];
  }
  const [ownStack, otherStack] = [TerraformStack.of(owner), TerraformStack.of(used)];
  return ownStack === otherStack
    ? []
    : [
        `${place}: '${used.node.path}' is in the stack '${otherStack.node.path}', and this is in the stack '${ownStack.node.path}', so Terraform could not order their writes; declare both in one stack`,
      ];
}

/** The stacks that a value refers to, also inside of functions. */
export function stacksIn(value: unknown): ReadonlySet<TerraformStack> {
  const found = new Set<TerraformStack>();
  const seen = new Set<unknown>();
  const look = (part: unknown): void => {
    if (seen.has(part) || Construct.isConstruct(part) || !mayRefer(part)) {
      return;
    }
    seen.add(part);
    for (const token of Token.isUnresolved(part) ? Tokenization.reverse(part) : []) {
      const { originStack } = token as { originStack?: TerraformStack };
      if (originStack) {
        found.add(originStack);
      }
      Object.values(token).forEach(look);
    }
    if (Array.isArray(part)) {
      part.forEach(look);
    }
  };
  look(value);
  return found;
}

function mayRefer(part: unknown): boolean {
  return typeof part === 'string' || typeof part === 'number' || (typeof part === 'object' && part !== null);
}
