import { Policy } from '@cdktf/provider-vault/lib/policy';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { checkRules, type PolicyRule, renderHcl } from '../../policy';
import { UniqueNames } from '../../synth';
import { checkPolicyName } from '../names';

const policiesOf = new WeakMap<TerraformStack, UniqueNames>();

export interface VaultPolicyProps {
  /** Name of the policy in Vault, in lower case; once a stack. */
  readonly policyName: string;

  /** What the policy allows; at least one rule, each path once. */
  readonly rules: readonly PolicyRule[];
}

/**
 * A Vault ACL policy, built from typed rules and written as readable HCL.
 *
 * @example
 * new VaultPolicy(this, 'policy', {
 *   policyName: 'dev_policy',
 *   rules: [{ path: 'secret/data/*', capabilities: ['read'] }],
 * });
 */
export class VaultPolicy extends Construct {
  /** The policy's name, as a reference to the resource: what uses it is made after it. */
  readonly policyName: string;

  /** The rules as they were given. */
  readonly rules: readonly PolicyRule[];

  constructor(scope: Construct, id: string, props: VaultPolicyProps) {
    super(scope, id);
    const { policyName, rules } = props;
    this.node.addValidation({
      validate: () => [...checkPolicyName('policyName', policyName), ...checkRules(rules)],
    });
    claimName(policyName, this);

    this.policyName = new Policy(this, 'Default', { name: policyName, policy: renderHcl(rules) }).name;
    this.rules = rules;
  }
}

function claimName(name: string, policy: VaultPolicy): void {
  const stack = TerraformStack.of(policy);
  const names = policiesOf.get(stack) ?? new UniqueNames('policy');
  policiesOf.set(stack, names);
  names.claim(name, policy);
}
