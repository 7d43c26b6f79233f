import { Masked, type ResourceChange, sameValue, Unknown, type Value } from '../../terraform';
import type { Report } from '../report';
import { isChanging } from '../scope';
import { say, type Sentence } from '../sentence';
import type { Section } from './section';

/** If a value is longer, only its attribute is named. */
const SHORT = 60;
const MOST_ATTRIBUTES = 8;

/** Everything else that changes. */
export function resourcesSection({ plans }: Report): Section {
  const several = plans.length > 1;
  return {
    title: 'Other resources',
    unit: ['resource', 'resources'],
    groups: [],
    columns: [...(several ? ['plan'] : []), 'change', 'resource', 'attributes'],
    rows: plans.flatMap(({ name, review, iam }) => {
      const shown = new Set([...review.policies, ...iam].map(({ address }) => address));
      return review.plan.changes
        .filter((change) => isChanging(change) && !(shown.has(change.address) && isDocumentOnly(change)))
        .map((change) => [
          ...(several ? [say`${name}`] : []),
          changeOf(change),
          say`${change.address}`,
          attributesOf(change),
        ]);
    }),
  };
}

function changeOf({ action, imported, previousAddress, reason }: ResourceChange): Sentence {
  const what = [...(action === 'no-op' ? [] : [action]), ...(imported ? ['import'] : [])].join(', ');
  return [
    what,
    ...(previousAddress ? [what === '' ? '' : ', ', ...say`moved from ${previousAddress}`] : []),
    // Terraform's own word.
    ...(reason ? say` (${reason})` : []),
  ];
}

/** Whether all that changes is a document, which has its own section. */
function isDocumentOnly(change: ResourceChange): boolean {
  return (
    !change.imported &&
    change.previousAddress === undefined &&
    change.action !== 'replace' &&
    changedAttributes(change).every((name) => name === 'policy' || name === 'assume_role_policy')
  );
}

function changedAttributes({ before, after }: ResourceChange): string[] {
  return before === undefined || after === undefined
    ? []
    : [...new Set([...Object.keys(before.values), ...Object.keys(after.values)])]
        .filter((name) => !sameValue(before.values[name], after.values[name]))
        .sort();
}

function attributesOf(change: ResourceChange): Sentence {
  const changed = changedAttributes(change);
  const { before, after } = change as Required<ResourceChange>;
  const parts = changed.slice(0, MOST_ATTRIBUTES).map((name): Sentence => {
    const [was, is] = [shortly(before.values[name]), shortly(after.values[name])];
    return was === undefined || is === undefined ? say`${name}` : say`${name} ${was} → ${is}`;
  });
  const rest = changed.length - parts.length;
  return [
    ...parts.flatMap((part, index): Sentence => (index === 0 ? part : [', ', ...part])),
    ...(rest > 0 ? [` and ${rest} more`] : []),
  ];
}

/** A value that is short enough for a row. */
function shortly(value: Value): Sentence | undefined {
  if (value === undefined || value === null) {
    return ['nothing'];
  }
  if (value instanceof Unknown) {
    return ['a value known after apply'];
  }
  if (value instanceof Masked) {
    return ['a secret'];
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHORT ? undefined : text === '' ? ['nothing'] : [{ name: text }];
}
