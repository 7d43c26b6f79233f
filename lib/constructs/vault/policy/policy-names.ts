import { either, type Field, instanceOf, listOf, matching } from '../../checks';
import { POLICY_NAME } from '../names';
import { VaultPolicy } from './vault-policy';

/** Policies that are given: of this app, or names of policies that are in Vault already. */
export type Policies = readonly (VaultPolicy | string)[];

/** What they must be. A policy of this app is checked by itself. */
export const POLICIES: Field = listOf(either(matching(POLICY_NAME), instanceOf(VaultPolicy)));

/** Their names, as Vault takes them. */
export function policyNames(policies: Policies): string[] {
  return policies.map((policy) => (policy instanceof VaultPolicy ? policy.policyName : policy));
}
