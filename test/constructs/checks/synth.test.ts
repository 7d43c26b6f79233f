import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Aspects, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { TestUser } from '../../../lib/constructs/aws';
import { checkFields, objectOf, synth, text, withRule } from '../../../lib/constructs/checks';
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
  expect(() => synth(appWith(['fine', '', 'no//slashes']))).toThrow(
    `4 problems found, nothing was written:
  [stack-1/policy] policyName: must be printable ASCII characters without capitals, '..', '*', '{{', '}}', a '+' that begins a part and expressions of Terraform, with no blank or '/' at an end and no '//' or '/./', and not 'default'; got ''
  [stack-1/user] userName: an IAM user name must be 1 to 64 letters, digits or any of _+=,.@-; got ''
  [stack-2/policy] policyName: must be printable ASCII characters without capitals, '..', '*', '{{', '}}', a '+' that begins a part and expressions of Terraform, with no blank or '/' at an end and no '//' or '/./', and not 'default'; got 'no//slashes'
  [stack-2/user] userName: an IAM user name must be 1 to 64 letters, digits or any of _+=,.@-; got 'no//slashes'`,
  );
});

test('nothing is written if any stack has a problem, not even the good ones', () => {
  expect(() => synth(appWith(['fine', '']))).toThrow('2 problems found');

  expect(existsSync(join(folder, 'cdk.out/stacks/stack-0'))).toBe(false);
});

test('a rule is judged once, although cdktf asks each construct again before it writes', () => {
  const rule = jest.fn(() => []);
  const app = appWith(['fine']);
  const construct = new Construct(app.node.findChild('stack-0'), 'ruled');
  checkFields(construct, { name: 'a' }, objectOf({ name: withRule(text, rule) }));

  synth(app);
  expect(rule).toHaveBeenCalledTimes(1);

  // What was declared in between may have made it wrong.
  synth(app);
  expect(rule).toHaveBeenCalledTimes(2);
});

test('what an aspect declares while the app is written is judged too', () => {
  const app = appWith(['fine']);
  Aspects.of(app.node.findChild('stack-0')).add({
    visit: (node) => {
      if (TerraformStack.isStack(node) && !node.node.tryFindChild('late')) {
        new TestUser(node, 'late', { userName: 'no spaces' });
      }
    },
  });

  expect(() => synth(app)).toThrow('userName: an IAM user name must be 1 to 64 letters');
});
