import { covers } from '../../policy';
import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** A pattern of a policy covers more paths than before. */
export const globWidened: ReviewRule = {
  id: 'glob-widened',
  severity: 'high',
  reason: 'A wider pattern also covers what is written under it later.',
  find: ({ policies }) =>
    policies.flatMap(({ name, address, rules, before }) =>
      rules
        .filter(
          ({ before: was, after }) => was === undefined && after && !after.capabilities.includes('deny'),
        )
        .flatMap(({ path }) => {
          const covered = before
            .filter(
              (rule) =>
                !rule.capabilities.includes('deny') && covers(path, rule.path) && !covers(rule.path, path),
            )
            .map((rule) => rule.path);
          return covered.length === 0
            ? []
            : [
                {
                  sentence: say`policy ${name} now covers all of ${path}; before it covered ${names(covered)}`,
                  addresses: [address],
                },
              ];
        }),
    ),
};
