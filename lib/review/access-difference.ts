import { type Access, capabilitiesBy, type Grant, rulesOfGrant, type RulesOfPolicy } from '../access';
import type { PolicyRule, UnjudgedBlock } from '../policy';

/** What somebody gains and loses on one path. */
export interface PathDifference {
  readonly path: string;
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** What somebody gains and loses by one role or group. */
export interface AccessDifference {
  readonly before?: Grant;
  readonly after?: Grant;
  readonly gainedPolicies: readonly string[];
  readonly lostPolicies: readonly string[];
  /** Lost policies whose rules are not known. */
  readonly lostUnseen: readonly string[];
  readonly paths: readonly PathDifference[];
  /** Policies whose rules are not known, each with the reason. What they give is not in `paths`. */
  readonly notShown: readonly { readonly policy: string; readonly why: string }[];
  /** Policies that somebody gains and that have blocks which are not judged. */
  readonly notJudged: readonly { readonly policy: string; readonly blocks: readonly UnjudgedBlock[] }[];
  /** Policies behind the difference that come from another plan. They count only if both plans use the same Vault. */
  readonly ofOthers: readonly { readonly policy: string; readonly plan: string }[];
}

/** Who gains and loses what between the two sides of a plan. A grant without a difference is left out. */
export function differencesOf(before: Access, after: Access): AccessDifference[] {
  const [old, now] = [byKey(before.grants), byKey(after.grants)];
  const differences = [...new Set([...old.keys(), ...now.keys()])].map((key) =>
    difference(before, old.get(key), after, now.get(key)),
  );
  return differences.filter(
    ({ before: was, after: is, gainedPolicies, lostPolicies, paths, notShown }) =>
      (was === undefined) !== (is === undefined) ||
      gainedPolicies.length + lostPolicies.length + paths.length + notShown.length > 0,
  );
}

function byKey(grants: readonly Grant[]): Map<string, Grant> {
  return new Map(
    grants.map((grant) => [
      JSON.stringify([
        grant.principal.label,
        grant.namespace,
        grant.group?.name ?? null,
        grant.entity?.address ?? null,
        grant.group ? null : `${grant.role?.mount}/${grant.role?.name}`,
      ]),
      grant,
    ]),
  );
}

function difference(
  before: Access,
  was: Grant | undefined,
  after: Access,
  is: Grant | undefined,
): AccessDifference {
  const [old, now] = [was ? rulesOfGrant(before, was) : [], is ? rulesOfGrant(after, is) : []];
  const [had, has] = [new Set(was?.policies), new Set(is?.policies)];
  const [hidden, hiddenNow] = [notShownOf(old), notShownOf(now)];
  const unseenOld = new Map(hidden.map(({ policy, why }) => [policy, why]));
  // If a policy stays but can't be read any more, nobody knows what is lost.
  const blind = hiddenNow.some(({ policy }) => had.has(policy) && !unseenOld.has(policy));
  const [oldRules, nowRules] = [old, now].map((side) => side.flatMap(({ rules }) => rules ?? [])) as [
    PolicyRule[],
    PolicyRule[],
  ];
  const changed = !sameRules(oldRules, nowRules);
  const paths = changed ? [...new Set([...oldRules, ...nowRules].map(({ path }) => path))].sort() : [];
  const [couldOn, canOn] = [capabilitiesBy(oldRules), capabilitiesBy(nowRules)];
  const lostPolicies = [...had].filter((name) => !has.has(name));
  return {
    before: was,
    after: is,
    gainedPolicies: [...has].filter((name) => !had.has(name)),
    lostPolicies,
    lostUnseen: lostPolicies.filter((name) => unseenOld.has(name)),
    paths: paths.flatMap((path) => {
      const [could, can] = [couldOn(path), canOn(path)];
      const gained = can.filter((capability) => !could.includes(capability));
      const lost = blind ? [] : could.filter((capability) => !can.includes(capability));
      return gained.length + lost.length === 0 ? [] : [{ path, gained, lost }];
    }),
    // What is unknown on both sides is no difference.
    notShown: hiddenNow.filter(({ policy, why }) => unseenOld.get(policy) !== why),
    notJudged: now.flatMap(({ policy, ...rest }) =>
      !had.has(policy) && rest.rules && rest.unjudged.length > 0 ? [{ policy, blocks: rest.unjudged }] : [],
    ),
    ofOthers: ofOthers(old, now),
  };
}

type Side = readonly RulesOfPolicy[];

function notShownOf(side: Side): AccessDifference['notShown'] {
  return side.flatMap(({ policy, ...rest }) => (rest.rules ? [] : [{ policy, why: rest.why }]));
}

/** The policies that somebody gains or loses, or that change, if they come from another plan. */
function ofOthers(old: Side, now: Side): AccessDifference['ofOthers'] {
  const [were, are] = [old, now].map((side) => new Map(side.map((each) => [each.policy, each])));
  return [...new Set([...were!.keys(), ...are!.keys()])].flatMap((policy) => {
    const [was, is] = [were!.get(policy), are!.get(policy)];
    const plan = is?.source ?? was?.source;
    const stays = was !== undefined && is !== undefined && sameRules(was.rules ?? [], is.rules ?? []);
    return plan === undefined || stays ? [] : [{ policy, plan }];
  });
}

function sameRules(one: readonly PolicyRule[], other: readonly PolicyRule[]): boolean {
  return (
    one === other ||
    (one.length === other.length && one.every((rule, index) => rule === other[index])) ||
    JSON.stringify(one) === JSON.stringify(other)
  );
}
