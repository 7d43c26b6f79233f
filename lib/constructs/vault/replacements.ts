import { Lazy, type TerraformResource, TerraformStack, Token } from 'cdktf';
import { freeId, Late, TerraformData } from '../terraform';
import { addressOf } from './address';

/** Holds, for each resource of a stack, the values whose change replaces it. */
const byStack = new WeakMap<TerraformStack, TerraformData>();
const tracked = new WeakMap<TerraformData, Map<TerraformResource, readonly string[]>>();

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
  const data = byStack.get(stack) ?? declare(stack);
  // Once for each resource: nobody tracks it twice.
  tracked.get(data)!.set(resource, values);
  // Its logical ID may be overridden later.
  const input = new Late(() => `${addressOf(data)}.input.${resource.friendlyUniqueId}`);
  triggerReplacement(resource, Token.asString(input));
}

/** Replaces a resource when another one changes or is replaced. */
export function replaceWith(resource: TerraformResource, other: TerraformResource): void {
  triggerReplacement(resource, addressOf(other));
}

function declare(stack: TerraformStack): TerraformData {
  const values = new Map<TerraformResource, readonly string[]>();
  const data = new TerraformData(stack, freeId(stack, 'replacements'), {
    // More resources may be declared later.
    input: Lazy.anyValue({
      produce: () => Object.fromEntries([...values].map(([resource, of]) => [resource.friendlyUniqueId, of])),
    }),
  });
  tracked.set(data, values);
  byStack.set(stack, data);
  return data;
}

function triggerReplacement(resource: TerraformResource, address: string): void {
  const { lifecycle } = resource;
  resource.lifecycle = {
    ...lifecycle,
    replaceTriggeredBy: [...(lifecycle?.replaceTriggeredBy ?? []), address],
  };
}
