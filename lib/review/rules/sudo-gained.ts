import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** A policy gives sudo, which Vault requires for dangerous paths. */
export const sudoGained: ReviewRule = {
  id: 'sudo-gained',
  severity: 'high',
  reason:
    'It opens what Vault protects from ordinary tokens: sealing, raw storage, audit devices, root tokens.',
  find: ({ policies }) =>
    policies.flatMap(({ name, address, rules }) => {
      const paths = rules
        .filter(
          ({ before, after }) =>
            after?.capabilities.includes('sudo') && !before?.capabilities.includes('sudo'),
        )
        .map(({ path }) => path);
      return paths.length === 0
        ? []
        : [{ sentence: say`policy ${name} gives sudo on ${names(paths)}`, addresses: [address] }];
    }),
};
