import { Lazy, type TerraformResource, TerraformStack } from 'cdktf';
import { TerraformData } from '../terraform';
import { addressOf } from './address';

/** Holds, for each resource, the values whose change replaces it. */
const ID = 'replacements';
const tracked = new WeakMap<TerraformData, Record<string, readonly string[]>>();

/**
 * Replaces a resource when any of these values changes, instead of updating it in place.
 *
 * On an update, the provider never tells Vault that a field was removed: the old, wider value stays on the server. A
 * replacement deletes the resource and writes it again. The values of all resources of a stack are the input of one
 * `terraform_data`, so that exactly the resource whose values changed is replaced.
 *
 * Source: `awsAuthBackendRoleUpdate` in resource_aws_auth_backend_role.go of terraform-provider-vault; upstream
 * issues 1773 and 2323.
 *
 * @param values may be known only at apply
 */
export function replaceOnChange(resource: TerraformResource, values: readonly string[]): void {
  const stack = TerraformStack.of(resource);
  const data = (stack.node.tryFindChild(ID) as TerraformData | undefined) ?? declare(stack);
  // Once for each resource: nobody tracks it twice.
  tracked.get(data)![resource.friendlyUniqueId] = values;
  triggerReplacement(resource, `${addressOf(data)}.input.${resource.friendlyUniqueId}`);
}

/** Replaces a resource when another one changes or is replaced. */
export function replaceWith(resource: TerraformResource, other: TerraformResource): void {
  triggerReplacement(resource, addressOf(other));
}

function declare(stack: TerraformStack): TerraformData {
  const values: Record<string, readonly string[]> = {};
  const data = new TerraformData(stack, ID, {
    // More resources may be declared later.
    input: Lazy.anyValue({ produce: () => values }),
  });
  tracked.set(data, values);
  return data;
}

function triggerReplacement(resource: TerraformResource, address: string): void {
  const { lifecycle } = resource;
  resource.lifecycle = {
    ...lifecycle,
    replaceTriggeredBy: [...(lifecycle?.replaceTriggeredBy ?? []), address],
  };
}
