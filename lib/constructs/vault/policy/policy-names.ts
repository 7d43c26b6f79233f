import { type Precondition, Token } from 'cdktf';
import { either, instanceOf, listOf, text, type TypeCheck } from '../../checks';
import { checkEach } from '../form';
import { checkPolicyName, whenPolicyNameKnown, whenPolicyNamesKnown } from '../names';
import { VaultPolicy } from './vault-policy';

/** Policies that are given: of this app, or names of policies that are in Vault already. */
export type Policies = readonly (VaultPolicy | string)[];

/** Of what type they are. */
export const POLICIES: TypeCheck = listOf(either(text, instanceOf(VaultPolicy)));

/** Their names, as Vault takes them. */
export function policyNames(policies: Policies): string[] {
  return policies.map((policy) => (policy instanceof VaultPolicy ? policy.policyName : policy));
}

/** What is wrong with them; empty where all is well. A policy of this app is checked by itself. */
export function checkPolicies(place: string, policies: Policies): string[] {
  return checkEach(place, policies, (each, policy) =>
    policy instanceof VaultPolicy ? [] : checkPolicyName(each, policy),
  );
}

/** The check by Terraform, of names that are known only at apply. */
export function whenPoliciesKnown(place: string, policies: Policies): Precondition[] {
  return Token.isUnresolved(policies)
    ? whenPolicyNamesKnown(place, policyNames(policies))
    : policies.flatMap((policy, index) =>
        policy instanceof VaultPolicy ? [] : whenPolicyNameKnown(`${place}[${index}]`, policy),
      );
}
