import { TerraformDataSource, TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import type { Field } from '../checks';

/** A provider of hashicorp/vault, for a stack that has several: one for each Vault or namespace. */
export const VAULT_PROVIDER: Field = {
  type: (place, value) =>
    TerraformProvider.isTerraformElement(value) &&
    value instanceof TerraformProvider &&
    value.terraformResourceType === 'vault'
      ? []
      : [`${place}: must be a VaultProvider of @cdktf/provider-vault; got something else`],
};

/** Makes a construct's resources of Vault those of a provider. @param provider @default the stack's own */
export function onProvider(construct: IConstruct, provider: TerraformProvider | undefined): void {
  for (const element of provider ? construct.node.findAll() : []) {
    if (
      (element instanceof TerraformResource || element instanceof TerraformDataSource) &&
      element.terraformResourceType.startsWith('vault_')
    ) {
      element.provider = provider;
    }
  }
}

/** What names in Vault are unique in: the Vault or namespace of a provider; without one, of the stack. */
export function vaultOf(
  construct: Construct,
  provider: TerraformProvider | undefined,
): TerraformProvider | TerraformStack {
  return provider ?? TerraformStack.of(construct);
}
