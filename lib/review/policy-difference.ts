import type { Access, KnownRules } from '../access';
import { sameValue } from '../terraform';
import type { PolicyRule, UnjudgedBlock } from '../policy';

/** How one path in a policy's text changes. */
export interface RuleDifference {
  readonly path: string;
  /** @default the path is new */
  readonly before?: PolicyRule;
  /** @default the path is gone */
  readonly after?: PolicyRule;
}

/** A Vault policy whose text changes. */
export interface PolicyDifference {
  readonly name: string;
  readonly address: string;
  /** All rules as they were, because they act together. */
  readonly before: readonly PolicyRule[];
  readonly after: readonly PolicyRule[];
  /** The paths that change, sorted. */
  readonly rules: readonly RuleDifference[];
  /** What of it is not judged; of what is gone, what was not. */
  readonly notJudged: readonly UnjudgedBlock[];
  /** Whether what is not judged changes, in a policy that stays. */
  readonly unjudgedChange: boolean;
  /** What Vault takes in another way than it looks, each with its line. */
  readonly remarks: readonly string[];
  /** Why a side can't be shown. @default both can */
  readonly notShown?: string;
}

const NONE: KnownRules = { rules: [], unjudged: [], remarks: () => [] };

/** The policies whose texts change, by name. */
export function policyDifferencesOf(before: Access, after: Access): PolicyDifference[] {
  const [old, now] = [byName(before), byName(after)];
  const changed = [...new Set([...old.keys(), ...now.keys()])].sort().filter((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    // A text that is known on one side only counts as changed.
    return !was || !is || !sameValue(was.resource.values.policy, is.resource.values.policy);
  });
  return changed.map((key): PolicyDifference => {
    const { name, namespace, resource } = (now.get(key) ?? old.get(key))!;
    const was = old.has(key) ? before.policies.rulesOf(name, namespace) : NONE;
    const is = now.has(key) ? after.policies.rulesOf(name, namespace) : NONE;
    const notShown = [was, is].flatMap((side) => (side.rules ? [] : [side.why]));
    const [left, right] = [was.rules ?? [], is.rules ?? []];
    const [asked, asks] = [was, is].map((side) => (side.rules ? side.unjudged : []));
    return {
      name: namespace === '' ? name : `${namespace}/${name}`,
      address: resource.address,
      before: left,
      after: right,
      rules: notShown.length > 0 ? [] : ruleDifferences(left, right),
      notJudged: asks!.length > 0 ? asks! : asked!,
      unjudgedChange: old.has(key) && now.has(key) && JSON.stringify(asked) !== JSON.stringify(asks),
      remarks: is.rules ? is.remarks() : [],
      ...(notShown.length > 0 ? { notShown: notShown.join('; ') } : {}),
    };
  });
}

type Documents = ReadonlyMap<string, Access['policies']['all'][number]>;

function byName({ policies }: Access): Documents {
  return new Map(policies.all.map((document) => [`${document.namespace}\n${document.name}`, document]));
}

function ruleDifferences(before: readonly PolicyRule[], after: readonly PolicyRule[]): RuleDifference[] {
  const [old, now] = [byPath(before), byPath(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((path) => {
    const [was, is] = [old.get(path), now.get(path)];
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ path, before: was, after: is }];
  });
}

function byPath(rules: readonly PolicyRule[]): Map<string, PolicyRule> {
  return new Map(rules.map((rule) => [rule.path, rule]));
}
