import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lint } from './support/actionlint';

const folder = join(__dirname, '../../examples/workflows');
const deploy = readFileSync(join(folder, 'deploy.yml'), 'utf8');

// On a new machine actionlint is to be downloaded or built first.
beforeAll(() => lint(deploy), 600_000);

/** GitLab's is no workflow of GitHub's. */
const workflows = readdirSync(folder).filter((name) => name !== 'gitlab-ci.yml');

test.each(workflows)('actionlint finds nothing in %s', async (name) => {
  expect(await lint(readFileSync(join(folder, name), 'utf8'))).toEqual([]);
});

test.each(workflows)('no step of %s finds the token of the checkout', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  const checkouts = text.match(/actions\/checkout@/g) ?? [];
  const without = text.match(/actions\/checkout@\S+\n +with:\n +persist-credentials: false\n/g) ?? [];

  expect(checkouts.length).toBeGreaterThan(0);
  expect(without).toHaveLength(checkouts.length);
});

describe('actionlint finds', () => {
  test.each<[string, string, string, RegExp]>([
    ['a key that there is none of', 'timeout-minutes:', 'timeout-minute:', /unexpected key "timeout-minute"/],
    ['a context that there is none of', 'github.event_name ==', 'githab.event_name ==', /undefined variable/],
    ['a permission that there is none of', 'id-token: write', 'id-tokens: write', /permission scope/],
    [
      'an input that an action lacks',
      'role-to-assume:',
      'role-to-asume:',
      /input "role-to-asume" is not defined/,
    ],
    [
      'what a stranger writes, run as a command',
      'npx cdktf diff',
      'echo ${{ github.event.pull_request.title }}',
      /potentially untrusted/,
    ],
  ])('%s', async (_, right, wrong, problem) => {
    const broken = deploy.replace(right, wrong);
    expect(broken).not.toBe(deploy);

    expect((await lint(broken)).join('\n')).toMatch(problem);
  });
});
