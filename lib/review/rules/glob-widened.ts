import { covers } from '../../policy';
import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** A policy names more paths at once than before. */
export const globWidened: ReviewRule = {
  id: 'glob-widened',
  severity: 'high',
  reason: 'A wider pattern also takes what is written under it later.',
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
                  sentence: say`policy ${name} takes in all of ${path}, where it named ${names(covered)}`,
                  addresses: [address],
                },
              ];
        }),
    ),
};
