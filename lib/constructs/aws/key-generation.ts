import { DataAwsIamUser } from '@cdktf/provider-aws/lib/data-aws-iam-user';
import type { IamUser } from '@cdktf/provider-aws/lib/iam-user';
import { type Precondition, TerraformLocal } from 'cdktf';
import type { Construct } from 'constructs';
import { type Field, number, withRule } from '../checks';

/** The tag by which an IAM user says how often its key was replaced. */
const TAG = 'vault-key-generation';

/** What makes a key be replaced once a value of a counter, and never twice. */
export interface KeyGeneration {
  /** For `replace_triggered_by`. It sees the first value too, which a new `terraform_data` would not. */
  readonly trigger: string;
  /** Refuses a counter that goes back. */
  readonly precondition: Precondition;
}

/**
 * Counts the keys of an IAM user, by a tag on it.
 *
 * The tag is read before it changes: the data source asks for the user's `id`, which is known at plan unless the
 * user is still to be made, and through a local value, for Terraform reads what names a resource only after that
 * one's changes.
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
      errorMessage: `${place}: counts up, a key is replaced once a value; got ${generation} after \${${counted}}`,
    },
  };
}

/** What the value of a counter must be. */
export const GENERATION: Field = withRule(number, (place, generation: number) =>
  Number.isSafeInteger(generation) && generation >= 1
    ? []
    : `${place}: must be a whole number from 1, known at synth; got ${generation}`,
);
