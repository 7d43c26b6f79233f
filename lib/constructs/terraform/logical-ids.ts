import { TerraformElement, type TerraformStack } from 'cdktf';

const checked = new WeakSet<TerraformStack>();

/**
 * Reports each logical ID that was overridden too late. cdktf keeps the first ID that somebody asked for, for example
 * by a reference to the resource, and ignores what `overrideLogicalId` says later.
 */
export function checkLogicalIds(stack: TerraformStack): void {
  if (checked.has(stack)) {
    return;
  }
  checked.add(stack);
  stack.node.addValidation({
    validate: () =>
      stack.node
        .findAll()
        .filter((construct) => TerraformElement.isTerraformElement(construct))
        .flatMap((element) => {
          const wanted = element['_logicalIdOverride'] as string | undefined;
          const used = element.friendlyUniqueId;
          return wanted === undefined || wanted === used
            ? []
            : [
                `overrideLogicalId of '${element.node.path}': came after the ID was used, so it has no effect, call it before anything refers to the resource; got '${wanted}' after '${used}'`,
              ];
        }),
  });
}
