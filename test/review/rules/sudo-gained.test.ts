import { sudoGained } from '../../../lib/review/rules/sudo-gained';
import { findingsOf } from '../support/findings';
import { policy } from '../support/plan';

const text = (...rules: readonly (readonly [path: string, ...capabilities: string[]])[]) =>
  rules
    .map(([path, ...capabilities]) => `path "${path}" {\n  capabilities = ${JSON.stringify(capabilities)}\n}`)
    .join('\n');

test.each([
  ['given', ['read'], ['read', 'sudo'], ['high: policy app gives sudo on sys/x']],
  ['there before', ['sudo'], ['read', 'sudo'], []],
  ['taken', ['read', 'sudo'], ['read'], []],
])('sudo that is %s', (_, was, is, expected) => {
  const app = (capabilities: readonly string[]) => policy('app', text(['sys/x', ...capabilities]));

  expect(findingsOf(sudoGained, { before: [app(was)], after: [app(is)] })).toEqual(expected);
});
