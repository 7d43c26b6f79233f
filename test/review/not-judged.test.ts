import { renderText } from '../../lib/review/formats/text';
import { policy, role } from './support/plan';
import { reportOn } from './support/report';

const ALICE = 'arn:aws:iam::123456789012:user/alice';
const group = (approvals: number) =>
  `control_group { factor "f" { identity { group_names = ["g"] approvals = ${approvals} } } }`;
const text = (capability: string, approvals = 1) =>
  policy('app', `path "x" {\n  capabilities = ["${capability}"]\n  ${group(approvals)}\n}`);
const linesOf = (samples: Parameters<typeof reportOn>[0][string]) =>
  renderText(reportOn({ guide: samples }), { width: 200 })
    .split('\n')
    .map((line) => line.trim());

const NOT_JUDGED = 'not judged here: control_group of x';

test('a changed policy with blocks that are not judged says so next to its rules', () => {
  const lines = linesOf({ before: [text('read')], after: [text('list')] });

  expect(lines).toContainEqual(expect.stringMatching(/changed x: gains list; loses read$/));
  expect(lines).toContainEqual(expect.stringContaining(NOT_JUDGED));
});

test('a change of nothing but these blocks is no change of form', () => {
  const lines = linesOf({ before: [text('read')], after: [text('read', 2)] });

  expect(lines).toContainEqual(expect.stringContaining(`changed: ${NOT_JUDGED}`));
  expect(lines.join()).not.toContain('only its form changes');
});

test('somebody who gains such a policy is shown with it', () => {
  const lines = linesOf({
    before: [text('read'), role('dev', [ALICE], [])],
    after: [text('read'), role('dev', [ALICE], ['app'])],
  });

  expect(lines).toContainEqual(expect.stringContaining(`app: ${NOT_JUDGED}`));
});

test('what Vault takes in another way than it looks is shown with the policy', () => {
  const lines = linesOf({ before: [], after: [policy('app', 'path "/x" {\n  capabilities = ["read"]\n}')] });

  expect(lines).toContainEqual(expect.stringMatching(/added x: read$/));
  expect(lines).toContainEqual(
    expect.stringMatching(/line 1: path: Vault takes the '\/' off the beginning of a path/),
  );
});
