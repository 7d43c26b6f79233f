import type { PolicyRule } from '../../policy';
import type { AccessDifference } from '../access-difference';
import type { RuleDifference } from '../policy-difference';
import type { Found, ReviewRule } from '../rule';
import { names, say, words } from '../sentence';

/**
 * A policy changes, and the findings on who gains and loses do not show it: nobody in the plan has the policy, its
 * holders may do the same by another policy, or only the parameters that a request may carry change.
 */
export const policyChanged: ReviewRule = {
  id: 'policy-changed',
  severity: 'medium',
  reason: 'Tokens may have the policy from outside this plan: from another stack, another method, an entity.',
  find: ({ policies, differences }) => {
    const holders = byPolicy(differences);
    return policies.flatMap((policy): Found[] => {
      const reported = reportedFor(holders.get(policy.name) ?? []);
      const found = (verb: string, severity: Found['severity'], changes: readonly Change[]): Found[] => {
        const unreported = changes.filter((change) => !reported.has(keyOf(change)));
        const capabilities = [...new Set(unreported.map(({ capability }) => capability))];
        const paths = [...new Set(unreported.map(({ path }) => path))];
        return unreported.length === 0
          ? []
          : [
              {
                severity,
                sentence: say`policy ${policy.name} ${[verb]} ${words(capabilities)} on ${names(paths)}`,
                addresses: [policy.address],
              },
            ];
      };
      const denied = policy.rules
        .filter(({ before, after }) => denies(after) && !denies(before))
        .map(({ path }) => path);
      const constrained = policy.rules.filter(hasOtherConditions).map(({ path }) => path);
      return [
        ...found(
          'allows',
          undefined,
          policy.rules.flatMap(({ path, before, after }) => more(path, before, after)),
        ),
        ...found(
          'no longer allows',
          'low',
          policy.rules.flatMap(({ path, before, after }) => more(path, after, before)),
        ),
        ...(denied.length > 0
          ? [
              {
                severity: 'low' as const,
                sentence: say`policy ${policy.name} denies ${names(denied)}`,
                addresses: [policy.address],
              },
            ]
          : []),
        ...(constrained.length > 0
          ? [
              {
                sentence: say`policy ${policy.name} has other conditions on requests to ${names(constrained)}: parameters, wrapping or events`,
                addresses: [policy.address],
              },
            ]
          : []),
      ];
    });
  },
};

interface Change {
  readonly path: string;
  readonly capability: string;
}

function keyOf({ path, capability }: Change): string {
  return `${path}\n${capability}`;
}

/** The differences by the policies that their grants have, under the names that policy differences use. */
function byPolicy(
  differences: readonly AccessDifference[],
): ReadonlyMap<string, readonly AccessDifference[]> {
  const holders = new Map<string, AccessDifference[]>();
  for (const difference of differences) {
    const { before, after } = difference;
    const names = [before, after].flatMap((grant) =>
      (grant?.policies ?? []).map((name) => [grant!.namespace, name.toLowerCase()].filter(Boolean).join('/')),
    );
    for (const name of new Set(names)) {
      const others = holders.get(name);
      if (others) {
        others.push(difference);
      } else {
        holders.set(name, [difference]);
      }
    }
  }
  return holders;
}

/** What the findings on who gains and loses say about a policy's holders. */
function reportedFor(holders: readonly AccessDifference[]): ReadonlySet<string> {
  return new Set(
    holders.flatMap(({ before, after, paths }) =>
      paths.flatMap(({ path, gained, lost }) =>
        // If somebody loses the login, the finding says that, and not each path.
        [...(after ? gained : []), ...(before && after ? lost : [])].map((capability) =>
          keyOf({ path, capability }),
        ),
      ),
    ),
  );
}

function denies(rule: PolicyRule | undefined): boolean {
  return rule?.capabilities.includes('deny') ?? false;
}

/** What one rule allows that the other, of the same path, does not. */
function more(path: string, one: PolicyRule | undefined, other: PolicyRule | undefined): Change[] {
  return denies(other)
    ? []
    : (other?.capabilities ?? [])
        .filter((capability) => denies(one) || !one?.capabilities.includes(capability))
        .map((capability) => ({ path, capability }));
}

/** A rule that existed, and now has other conditions on a request. */
function hasOtherConditions({ before, after }: RuleDifference): boolean {
  const conditions = (rule: PolicyRule) =>
    JSON.stringify({ ...rule, path: undefined, capabilities: undefined });
  return before !== undefined && after !== undefined && conditions(before) !== conditions(after);
}
