import type { Access, Grant } from '../access';
import { capabilitiesBy } from '../access';
import type { PolicyRule } from '../policy';

/** What becomes of one path for somebody. */
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
  /** Those among them whose rules are not known. */
  readonly lostUnseen: readonly string[];
  readonly paths: readonly PathDifference[];
  /** Policies whose rules are not known, so that what they give is not in `paths`, each with why. */
  readonly notShown: readonly { readonly policy: string; readonly why: string }[];
}

/** Who gains and loses what, between the two sides of a plan; who does neither is left out. */
export async function differencesOf(before: Access, after: Access): Promise<AccessDifference[]> {
  const [old, now] = [byKey(before.grants), byKey(after.grants)];
  const differences = await Promise.all(
    [...new Set([...old.keys(), ...now.keys()])].map((key) =>
      difference(before, old.get(key), after, now.get(key)),
    ),
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

async function difference(
  before: Access,
  was: Grant | undefined,
  after: Access,
  is: Grant | undefined,
): Promise<AccessDifference> {
  const [old, now] = await Promise.all([rulesOf(before, was), rulesOf(after, is)]);
  const [had, has] = [new Set(was?.policies), new Set(is?.policies)];
  const unseenOld = new Map(old.notShown.map(({ policy, why }) => [policy, why]));
  // Nobody can tell what is lost where a policy that stays can't be read any more.
  const blind = now.notShown.some(({ policy }) => had.has(policy) && !unseenOld.has(policy));
  const changed = !sameRules(old.rules, now.rules);
  const paths = changed ? [...new Set([...old.rules, ...now.rules].map(({ path }) => path))].sort() : [];
  const [couldOn, canOn] = [capabilitiesBy(old.rules), capabilitiesBy(now.rules)];
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
    // What was not known before and is not now either is no difference.
    notShown: now.notShown.filter(({ policy, why }) => unseenOld.get(policy) !== why),
  };
}

async function rulesOf(
  { policies }: Access,
  grant: Grant | undefined,
): Promise<{ rules: PolicyRule[]; notShown: AccessDifference['notShown'] }> {
  const found = await Promise.all(
    (grant?.policies ?? [])
      // Vault's own, which nearly every token has.
      .filter((policy) => policy !== 'default')
      .map(async (policy) => ({ policy, ...(await policies.rulesOf(policy, grant!.namespace)) })),
  );
  return {
    rules: found.flatMap(({ rules }) => rules ?? []),
    notShown: found.flatMap(({ policy, ...rest }) => (rest.rules ? [] : [{ policy, why: rest.why }])),
  };
}

function sameRules(one: readonly PolicyRule[], other: readonly PolicyRule[]): boolean {
  return (
    one === other ||
    (one.length === other.length && one.every((rule, index) => rule === other[index])) ||
    JSON.stringify(one) === JSON.stringify(other)
  );
}
