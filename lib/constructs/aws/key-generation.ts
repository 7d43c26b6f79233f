import { DataAwsIamUser } from '@cdktf/provider-aws/lib/data-aws-iam-user';
import type { IamUser } from '@cdktf/provider-aws/lib/iam-user';
import { type Precondition, TerraformLocal } from 'cdktf';
import type { Construct } from 'constructs';
import { type Field, number, withRule } from '../checks';

/** The tag of an IAM user that counts how often its key was replaced. */
const TAG = 'vault-key-generation';

/** What replaces a key once for each value of a counter, and never twice. */
export interface KeyGeneration {
  /** For `replace_triggered_by`. It sees the first value too, which a new `terraform_data` would not. */
  readonly trigger: string;
  /** Refuses a counter that goes back. */
  readonly precondition: Precondition;
}

/**
 * Counts the keys of an IAM user, by a tag on it.
 *
 * The tag is read before it changes. The data source asks by the user's `id`, which is known at plan unless the user
 * does not exist yet. The `id` goes through a local value, because Terraform reads a data source that names a
 * resource only after that resource's changes.
 *
 * @param place the prop, for the message
 */
export function countKeys(scope: Construct, place: string, user: IamUser, generation: number): KeyGeneration {
  user.tags = { [TAG]: String(generation) };
  const id = new TerraformLocal(scope, 'user_id', user.id);
  const before = new DataAwsIamUser(scope, 'before', { userName: id.asString });
  const counted = `try(tonumber(data.${before.terraformResourceType}.${before.friendlyUniqueId}.tags["${TAG}"]), 0)`;
  return {
    trigger: `${user.terraformResourceType}.${user.friendlyUniqueId}.tags["${TAG}"]`,
    precondition: {
      condition: `\${${counted} <= ${generation}}`,
      errorMessage: `${place}: must count up, because a key is replaced once for each value; got ${generation} after \${${counted}}`,
    },
  };
}

/** What the value of a counter must be. */
export const GENERATION: Field = withRule(number, (place, generation: number) =>
  Number.isSafeInteger(generation) && generation >= 1
    ? []
    : `${place}: must be a whole number from 1, known at synth; got ${generation}`,
);
