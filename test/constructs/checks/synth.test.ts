import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { TestUser } from '../../../lib/constructs/aws';
import { synth } from '../../../lib/constructs/checks';
import { VaultPolicy } from '../../../lib/constructs/vault';
import { emptyStack } from '../../support/stack';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'synth-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function appWith(policyNames: string[]): App {
  const app = new App({ outdir: join(folder, 'cdk.out') });
  policyNames.forEach((policyName, index) => {
    const stack = emptyStack(app, `stack-${index}`);
    new VaultPolicy(stack, 'policy', { policyName, rules: [{ path: 'a', capabilities: ['read'] }] });
    new TestUser(stack, 'user', { userName: policyName });
  });
  return app;
}

test('a valid app is written', () => {
  synth(appWith(['one', 'two']));

  expect(existsSync(join(folder, 'cdk.out/stacks/stack-1/cdk.tf.json'))).toBe(true);
});

test('all problems of all stacks are listed at once, each with its place, rule and value', () => {
  expect(() => synth(appWith(['fine', '', 'no spaces']))).toThrow(
    `4 problems found, nothing was written:
  [stack-1/policy] policyName: a policy name must be letters, digits or any of _./@-, with none of ./@- at an end; got ''
  [stack-1/user] userName: an IAM user name must be 1 to 64 letters, digits or any of _+=,.@-; got ''
  [stack-2/policy] policyName: a policy name must be letters, digits or any of _./@-, with none of ./@- at an end; got 'no spaces'
  [stack-2/user] userName: an IAM user name must be 1 to 64 letters, digits or any of _+=,.@-; got 'no spaces'`,
  );
});

test('nothing is written if any stack has a problem, not even the good ones', () => {
  expect(() => synth(appWith(['fine', '']))).toThrow('2 problems found');

  expect(existsSync(join(folder, 'cdk.out/stacks/stack-0'))).toBe(false);
});
