import { type IResolvable, type TerraformMetaArguments, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { terraformVersionProblems } from './terraform-version';

type Values = Readonly<Record<string, unknown>> | IResolvable;

export interface TerraformDataConfig extends TerraformMetaArguments {
  /** What is kept in the state. A change of it is an update in place. */
  readonly input?: Values;

  /** A change of it is a replacement. */
  readonly triggersReplace?: Values;
}

/**
 * Terraform's own `terraform_data`, as `DataResource` of cdktf has it. That one starts `terraform version` for each
 * resource and at each check; see docs/decisions/0014-one-version-check.md.
 *
 * Source: https://developer.hashicorp.com/terraform/language/resources/terraform-data
 */
export class TerraformData extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: TerraformDataConfig,
  ) {
    super(scope, id, {
      ...config,
      terraformResourceType: 'terraform_data',
      terraformGeneratorMetadata: { providerName: 'terraform' },
    });
    this.node.addValidation({ validate: terraformVersionProblems });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.config.input, triggers_replace: this.config.triggersReplace };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.synthesizeAttributes();
  }
}
