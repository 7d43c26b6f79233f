import { sameValue, type Value } from '../../terraform';
import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** Attributes that only count or repeat something else: AWS and the providers change them by themselves. */
const NOISE = new Set([
  'id',
  'attachment_count',
  'tags_all',
  'token_ttl_string',
  'update_date',
  'version_id',
  'role_last_used',
]);

/** Somebody changed something outside of Terraform. */
export const drift: ReviewRule = {
  id: 'drift',
  severity: 'medium',
  reason:
    'Somebody changed it by hand or by another tool; the apply undoes the change, or the state takes it over.',
  find: ({ plan }) =>
    plan.drift.flatMap(({ address, action, before, after }) => {
      if (action === 'delete' || !after) {
        return [{ sentence: say`${address} was deleted outside of Terraform`, addresses: [address] }];
      }
      const [was, is] = [before?.values ?? {}, after.values];
      const attributes = [...new Set([...Object.keys(was), ...Object.keys(is)])]
        .filter((name) => !NOISE.has(name) && !sameValue(normal(was[name]), normal(is[name])))
        .sort();
      return attributes.length === 0
        ? []
        : [
            {
              sentence: say`${address} was changed outside of Terraform: ${names(attributes)}`,
              addresses: [address],
            },
          ];
    }),
};

/** Providers write an empty value in several ways. */
function normal(value: Value): Value {
  const empty =
    value === '' ||
    value === 0 ||
    value === false ||
    (typeof value === 'object' &&
      value !== null &&
      Object.getPrototypeOf(value) !== null &&
      isEmptyTree(value));
  return empty ? null : value;
}

function isEmptyTree(value: object): boolean {
  return (Array.isArray(value) || value.constructor === Object) && Object.keys(value).length === 0;
}
