import { checkConstraints } from './check-constraints';
import { checkTemplates } from './check-template';
import { rulePath } from './path-pattern';
import { CAPABILITIES, type Capability, type PolicyRule } from './rule';

/** A problem of one rule. It starts with the field. It has no index if it is about all rules. */
export interface RuleProblem {
  readonly index?: number;
  readonly problem: string;
  /** Vault reads it as it was meant. @default false */
  readonly harmless?: boolean;
}

/**
 * The problems of the rules of one policy, one sentence each; empty if there is none.
 *
 * Vault itself accepts much of this silently: a path with a leading `v1/` is stored and never matches. An
 * unknown capability fails only when the policy is written.
 *
 * Source: `Parse` and `parsePaths` in Vault's `vault/policy.go`.
 */
export function checkRules(rules: readonly PolicyRule[]): string[] {
  return findProblems(rules)
    .filter(({ harmless }) => !harmless)
    .map(inRules);
}

/** What Vault reads as it was meant, although it looks otherwise: one sentence each; empty if there is none. */
export function remarkOnRules(rules: readonly PolicyRule[]): string[] {
  return findProblems(rules)
    .filter(({ harmless }) => harmless)
    .map(inRules);
}

function inRules({ index, problem }: RuleProblem): string {
  return index === undefined ? `rules: ${problem}` : `rules[${index}].${problem}`;
}

/**
 * Like {@link checkRules}, with the index of the rule separate from the problem.
 *
 * @param placeOf the name of another rule in a message
 */
export function findProblems(
  rules: readonly PolicyRule[],
  placeOf = (index: number) => `rules[${index}]`,
): RuleProblem[] {
  if (rules.length === 0) {
    return [{ problem: 'a policy needs at least one rule; got an empty list' }];
  }
  return [
    ...rules.flatMap((rule, index) => checkRule(rule).map((problem) => ({ index, problem }))),
    ...rules.flatMap(({ path }, index) =>
      path.startsWith('/')
        ? [
            {
              index,
              problem: `path: Vault takes the '/' off the beginning of a path, because its paths are relative to the API's root; got '${path}'`,
              harmless: true,
            },
          ]
        : [],
    ),
    ...checkRepeatedPaths(rules, placeOf),
  ];
}

function checkRule(rule: PolicyRule): string[] {
  return [
    ...checkPath(rule.path).map((problem) => `path: ${problem}`),
    ...checkCapabilities(rule.capabilities).map(
      (problem) => `capabilities of path '${rule.path}': ${problem}`,
    ),
    ...checkConstraints(rule),
  ];
}

function checkPath(path: string): string[] {
  const got = `got '${path}'`;
  if (path.trim() === '') {
    return [`a path must not be empty; ${got}`];
  }
  const problems: string[] = [];
  if (/^\/?v1(\/|$)/.test(path)) {
    problems.push(`a path must not have the API's 'v1/', because Vault would never match it; ${got}`);
  }
  if (path !== path.trim() || /["\\\u0000-\u001f]/.test(path)) {
    problems.push(
      `a path must not contain quotes, backslashes, control characters or outer white space; ${got}`,
    );
  }
  if (/(?:^|\/)(?:\/|\.{1,2}(?:\/|$))/.test(path.replace(/^\/+/, ''))) {
    problems.push(
      `a path must have no empty segment, and no segment of dots alone: Vault answers such a request with the path without them; ${got}`,
    );
  }
  if (/\?[\w-]+=/.test(path)) {
    problems.push(`a path must have no query, because Vault does not compare a query with a policy; ${got}`);
  }
  if (path.includes('+*')) {
    problems.push(`Vault refuses '+*'; use '+' for one segment or '*' at the end; ${got}`);
  }
  if (path.slice(0, -1).includes('*')) {
    problems.push(`'*' is a wildcard only as the last character; use '+' for one segment; ${got}`);
  }
  return [...problems, ...checkTemplates(path)];
}

function checkCapabilities(capabilities: readonly Capability[]): string[] {
  if (capabilities.length === 0) {
    return [`at least one is needed; use ['deny'] to forbid the path; got an empty list`];
  }
  const problems: string[] = [];
  const unknown = capabilities.filter((capability) => !CAPABILITIES.includes(capability));
  for (const capability of unknown) {
    problems.push(`'${capability}' is not a capability of Vault; it has ${CAPABILITIES.join(', ')}`);
  }
  if (capabilities.includes('deny') && capabilities.length > 1) {
    problems.push(`'deny' overrides the others, so it must be the only one; got ${capabilities.join(', ')}`);
  }
  return problems;
}

function checkRepeatedPaths(rules: readonly PolicyRule[], placeOf: (index: number) => string): RuleProblem[] {
  const first = new Map<string, number>();
  return rules.flatMap(({ path }, index) => {
    const key = rulePath(path);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, index);
      return [];
    }
    const rule = 'path: a policy has each path only once, because Vault would merge the two';
    return [{ index, problem: `${rule}; got '${path}' again after ${placeOf(earlier)}` }];
  });
}
