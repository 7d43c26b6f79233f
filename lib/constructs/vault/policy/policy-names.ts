import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { either, type Field, instanceOf, listOf, matching } from '../../checks';
import { POLICY_NAME } from '../names';
import { VaultPolicy, writtenName } from './vault-policy';

/** Policies that are given: of this app, or names of policies that are in Vault already. */
export type Policies = readonly (VaultPolicy | string)[];

/** What they must be. A policy of this app is checked by itself. */
export const POLICIES: Field = listOf(either(matching(POLICY_NAME), instanceOf(VaultPolicy)));

/** Their names, as Vault takes them. @param user the construct that gets them */
export function policyNames(user: Construct, policies: Policies): string[] {
  return policies.map((policy) => policyName(user, policy));
}

/**
 * The name of a policy. That of another stack is written as a text, and that stack is applied first: by a reference,
 * this stack would read the state of the other one, with all secrets in it.
 */
function policyName(user: Construct, policy: VaultPolicy | string): string {
  if (!(policy instanceof VaultPolicy)) {
    return policy;
  }
  const [ownStack, otherStack] = [TerraformStack.of(user), TerraformStack.of(policy)];
  if (ownStack === otherStack) {
    return policy.policyName;
  }
  ownStack.addDependency(otherStack);
  return writtenName(policy);
}
