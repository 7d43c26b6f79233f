import type { ParameterValue, ParameterValues, PolicyRule } from './rule';
import { TERRAFORM_TOKEN } from './token';

const PARAMETER_FIELDS = ['requiredParameters', 'allowedParameters', 'deniedParameters'] as const;
const TTL_FIELDS = ['minWrappingTtl', 'maxWrappingTtl'] as const;

/**
 * The problems of a rule's parameters, wrapping TTLs and event types. Each is one sentence that starts with
 * the field.
 *
 * Vault accepts all of them silently, except a maximum below the minimum.
 *
 * Source: `parsePaths` in Vault's `vault/policy.go`, `AllowOperation` in `vault/acl.go` (1.21.1).
 */
export function checkConstraints(rule: PolicyRule): string[] {
  if (rule.capabilities.includes('deny')) {
    return [...PARAMETER_FIELDS, ...TTL_FIELDS, 'subscribeEventTypes' as const]
      .filter((field) => rule[field] !== undefined)
      .map((field) => at(rule, field, `Vault does not read it together with 'deny'; leave it out`));
  }
  return [
    ...PARAMETER_FIELDS.flatMap((field) => checkParameters(rule, field)),
    ...TTL_FIELDS.flatMap((field) => checkTtl(rule, field)),
    ...checkTtlOrder(rule),
    ...checkEventTypes(rule).map((problem) => at(rule, 'subscribeEventTypes', problem)),
  ];
}

function at(rule: PolicyRule, field: string, problem: string): string {
  return `${field} of path '${rule.path}': ${problem}`;
}

function checkParameters(rule: PolicyRule, field: (typeof PARAMETER_FIELDS)[number]): string[] {
  if (rule[field] === undefined) {
    return [];
  }
  const problems =
    field === 'requiredParameters' ? checkRequired(rule[field]) : checkParameterValues(rule[field]);
  return [...problems, ...checkKv2(rule.path)].map((problem) => at(rule, field, problem));
}

function checkRequired(names: readonly string[]): string[] {
  const problems = checkNames(names);
  if (names.includes('*')) {
    problems.push(`'*' matches no other name here; name each parameter; got '*'`);
  }
  const inCapitals = names.filter((name) => {
    const literal = name.replace(TERRAFORM_TOKEN, '');
    return literal !== literal.toLowerCase();
  });
  for (const name of inCapitals) {
    problems.push(
      `Vault finds only names in lower case in a request; write '${name.toLowerCase()}'; got '${name}'`,
    );
  }
  return problems;
}

function checkParameterValues(parameters: ParameterValues): string[] {
  return [
    ...checkNames(Object.keys(parameters)),
    ...Object.entries(parameters).flatMap(([name, values]) => checkValues(name, values)),
  ];
}

function checkNames(names: readonly string[]): string[] {
  if (names.length === 0) {
    return ['Vault takes an empty list as no constraint; name a parameter or leave the field out; got none'];
  }
  const seen = new Map<string, string>();
  return names.flatMap((name) => {
    if (name.trim() !== name || name === '') {
      return [`a name must not be empty or have outer white space; got '${name}'`];
    }
    const earlier = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    return earlier === undefined
      ? []
      : [`Vault ignores the case of names, so name each parameter once; got '${name}' after '${earlier}'`];
  });
}

function checkValues(name: string, values: readonly ParameterValue[]): string[] {
  if (name === '*' && values.length > 0) {
    return [
      `Vault ignores the values of '*'; leave its list empty or name the parameters; got ${values.map(shown).join(', ')}`,
    ];
  }
  return values
    .filter(hasNumber)
    .map(
      (value) =>
        `Vault finds no number of a request equal to one of a policy; ` +
        `leave the list empty to cover any value; got ${name} = ${shown(value)}`,
    );
}

function shown(value: ParameterValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function hasNumber(value: ParameterValue): boolean {
  return typeof value === 'object' ? Object.values(value).some(hasNumber) : typeof value === 'number';
}

/**
 * Only the path shows that an engine is KV version 2, so this check finds mount paths of one segment only.
 *
 * Source: https://developer.hashicorp.com/vault/docs/secrets/kv/kv-v2/setup (step 2)
 */
function checkKv2(path: string): string[] {
  return /^[^/]+\/data\//.test(path)
    ? [
        'KV version 2 supports no parameter constraints, because its secrets are one parameter; leave the field out',
      ]
    : [];
}

function checkTtl(rule: PolicyRule, field: (typeof TTL_FIELDS)[number]): string[] {
  const ttl = rule[field];
  return ttl === undefined || (Number.isSafeInteger(ttl) && ttl > 0)
    ? []
    : [at(rule, field, `a wrapping TTL is a whole number of seconds above 0; got ${ttl}`)];
}

function checkTtlOrder(rule: PolicyRule): string[] {
  const { minWrappingTtl: min = 0, maxWrappingTtl: max = Infinity } = rule;
  return min > max
    ? [at(rule, 'maxWrappingTtl', `it must not be below minWrappingTtl, ${min}; got ${max}`)]
    : [];
}

function checkEventTypes({ capabilities, subscribeEventTypes }: PolicyRule): string[] {
  if (subscribeEventTypes === undefined) {
    return [];
  }
  const problems: string[] = [];
  if (subscribeEventTypes.length === 0 || subscribeEventTypes.includes('')) {
    problems.push(`it names event types; write ['kv*'] or leave the field out; got an empty one or none`);
  }
  if (!capabilities.includes('subscribe')) {
    problems.push(
      `only 'subscribe' uses it; add that or leave the field out; got ${capabilities.join(', ')}`,
    );
  }
  return problems;
}
