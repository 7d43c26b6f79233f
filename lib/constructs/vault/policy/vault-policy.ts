import { Policy } from '@cdktf/provider-vault/lib/policy';
import { type TerraformProvider, TerraformStack, Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import {
  checkRules,
  findWideRules,
  type PolicyFile,
  type PolicyRule,
  remarkOnRules,
  renderHcl,
} from '../../../policy';
import {
  acknowledge,
  type Acknowledgements,
  addWarnings,
  anything,
  checkedBy,
  checkFields,
  type Field,
  flag,
  listOf,
  matching,
  number,
  optional,
  type Rows,
  table,
  text,
  UniqueNames,
  withRule,
} from '../../checks';
import { DECLARED_POLICY_NAME, warnOfPolicyName, WRITTEN_POLICY_NAME } from '../names';
import { onProvider, VAULT_PROVIDER, vaultOf } from '../on-provider';
import { checkExpressions, whenRulesKnown } from './late-rules';
import { checkAccessors } from './policy-templates';

const policiesOf = new WeakMap<TerraformProvider | TerraformStack, UniqueNames>();

/** The policies of an app, by name. */
const declaredIn = new WeakMap<IConstruct, Map<string, VaultPolicy[]>>();

interface NamedPolicyProps {
  /** Name of the policy in Vault, as Vault stores it: without capitals. Unique in the stack. */
  readonly policyName: string;

  /**
   * Takes the name `default`: the policy replaces Vault's own, which nearly every token of every auth method has.
   * Vault refuses to delete it, so a destroy fails.
   *
   * @default false
   */
  readonly replacesDefault?: boolean;

  /** Warnings of the policy that were considered, each with its reason. @default none */
  readonly acknowledge?: Acknowledgements;

  /** The Vault or namespace of the policy, in a stack with several providers. @default the stack's own provider */
  readonly provider?: TerraformProvider;
}

/** A policy's rules, or the file that has them. */
export type VaultPolicyProps = NamedPolicyProps &
  (
    | {
        /** What the policy allows; at least one rule, each path once. */
        readonly rules: readonly PolicyRule[];
        readonly file?: undefined;
      }
    | {
        /** An existing policy, which is written to Vault unchanged: `await readPolicyFile('policies/dev.hcl')`. */
        readonly file: PolicyFile;
        readonly rules?: undefined;
      }
  );

const RULE = table<PolicyRule>({
  path: text,
  capabilities: listOf(text),
  requiredParameters: optional(listOf(text)),
  // Checked with the rules.
  allowedParameters: anything,
  deniedParameters: anything,
  minWrappingTtl: optional(number),
  maxWrappingTtl: optional(number),
  subscribeEventTypes: optional(listOf(text)),
});
const NAMED: Rows<NamedPolicyProps> = {
  policyName: matching(WRITTEN_POLICY_NAME),
  replacesDefault: optional(flag),
  provider: optional(VAULT_PROVIDER),
  // Checked when they are read.
  acknowledge: anything,
};
const OF_RULES: Rows<VaultPolicyProps> = {
  ...NAMED,
  file: anything,
  rules: withRule(listOf(RULE), (_, rules: readonly PolicyRule[]) => [
    ...checkRules(rules),
    ...checkExpressions(rules),
  ]),
};
const OF_FILE: Rows<VaultPolicyProps> = {
  ...NAMED,
  rules: optional(
    withRule(anything, (place) => `${place}: the file has the rules, leave out one of both; got both`),
  ),
  // `readPolicyFile` refused what Vault refuses; what Vault takes from a file is no mistake, and may be worth a warning.
  file: table<PolicyFile>({ path: text, text, rules: anything, remarks: anything }),
};
export const VAULT_POLICY = table<VaultPolicyProps>(OF_RULES);
export const VAULT_POLICY_OF_FILE = table<VaultPolicyProps>(OF_FILE);

const ANY_NAME = { policyName: matching(DECLARED_POLICY_NAME) };
const REPLACES_DEFAULT = table<VaultPolicyProps>({ ...OF_RULES, ...ANY_NAME });
const REPLACES_DEFAULT_BY_FILE = table<VaultPolicyProps>({ ...OF_FILE, ...ANY_NAME });

function tableOf({ file, replacesDefault }: VaultPolicyProps): Field {
  if (replacesDefault === true) {
    return file ? REPLACES_DEFAULT_BY_FILE : REPLACES_DEFAULT;
  }
  return file ? VAULT_POLICY_OF_FILE : VAULT_POLICY;
}

function checkReplacement({ policyName, replacesDefault }: VaultPolicyProps): string[] {
  return replacesDefault && policyName !== 'default' && !Token.isUnresolved(policyName)
    ? [`replacesDefault: only a policy named 'default' replaces it, leave it out; got '${policyName}'`]
    : [];
}

/**
 * A Vault ACL policy, built from typed rules and written as readable HCL, or taken from a file.
 *
 * @example
 * new VaultPolicy(this, 'policy', {
 *   policyName: 'dev_policy',
 *   rules: kv2.read('secret', 'app/*'),
 * });
 */
export class VaultPolicy extends Construct {
  /** The policy's name, as a reference to the resource: what uses it is made after it. */
  readonly policyName: string;

  /** The rules, as they were given or as the file has them. */
  readonly rules: readonly PolicyRule[];

  /** For what is in another stack: {@link writtenName}. */
  private readonly name: string;

  constructor(scope: Construct, id: string, props: VaultPolicyProps) {
    super(scope, id);
    const preconditions = checkFields(this, props, tableOf(props), () => [
      ...checkReplacement(props),
      ...checkAccessors(this, rules),
    ]);
    const { policyName, file, provider } = props;
    const rules = file ? file.rules : props.rules;
    const lifecycle = checkedBy([...preconditions, ...(file ? [] : whenRulesKnown(this, rules))]);
    const place = file ? `${file.path}: ` : '';
    addWarnings(this, () => [
      ...warnOfPolicyName(policyName),
      ...findWideRules(rules).map(({ id, message }) => ({ id, message: `${place}${message}` })),
      ...(file ? file.remarks : remarkOnRules(rules)).map((message) => ({
        id: 'policy-misleading' as const,
        message,
      })),
    ]);
    acknowledge(this, props.acknowledge);
    claimName(policyName, this, provider);

    const policy = file ? withoutInterpolation(file.text) : renderHcl(rules);
    this.policyName = new Policy(this, 'Default', { name: policyName, policy, lifecycle }).name;
    this.name = policyName;
    this.rules = rules;
    onProvider(this, provider);
  }
}

/** The policy's name as it was given, and not as a reference to the resource. */
export function writtenName(policy: VaultPolicy): string {
  return policy['name'];
}

/** A file's text is for Vault only. Text that looks like an expression of Terraform, in a comment, stays unchanged. */
function withoutInterpolation(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}

/** The policies of an app that a name can mean: that of the same stack, or else those of the others. */
export function vaultPoliciesNamed(scope: Construct, name: string): readonly VaultPolicy[] {
  const found = declaredIn.get(scope.node.root)?.get(name) ?? [];
  const near = found.filter((policy) => TerraformStack.of(policy) === TerraformStack.of(scope));
  return near.length > 0 ? near : found;
}

function claimName(name: string, policy: VaultPolicy, provider?: TerraformProvider): void {
  const declared = declaredIn.get(policy.node.root) ?? new Map<string, VaultPolicy[]>();
  declaredIn.set(policy.node.root, declared);
  declared.set(name, [...(declared.get(name) ?? []), policy]);
  const vault = vaultOf(policy, provider);
  const names = policiesOf.get(vault) ?? new UniqueNames('policy');
  policiesOf.set(vault, names);
  names.claim(name, policy);
}
