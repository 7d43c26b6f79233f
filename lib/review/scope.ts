import type { Action, Plan } from '../access';

/** What of a plan the rules look at. */
export interface Scope {
  /** How many resources meet each action. */
  readonly actions: ReadonlyMap<Action, number>;
  /** How many resources change, moves and imports among them. */
  readonly changing: number;
  /** How many of those are of kinds that no rule looks at. */
  readonly outside: number;
  /** Not one resource is of a kind that a rule looks at, so there is nothing to say of the plan. */
  readonly foreign: boolean;
}

/** Kinds of resources that say who may do what. */
const KNOWN = /^(?:vault|aws_iam)_|^aws_(?:ssoadmin|identitystore)_/;

export function isKnown({ type }: { readonly type: string }): boolean {
  return KNOWN.test(type);
}

export function isChanging(change: Plan['changes'][number]): boolean {
  return change.action !== 'no-op' || change.imported || change.previousAddress !== undefined;
}

export function scopeOf({ changes, before, after, drift }: Plan): Scope {
  const actions = new Map<Action, number>();
  for (const { action } of changes) {
    actions.set(action, (actions.get(action) ?? 0) + 1);
  }
  const changing = changes.filter(isChanging);
  const all = [...changes, ...before, ...after, ...drift];
  return {
    actions,
    changing: changing.length,
    outside: changing.filter((change) => !isKnown(change)).length,
    foreign: all.length > 0 && !all.some(isKnown),
  };
}
