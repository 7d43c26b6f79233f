import { join } from 'node:path';
import { type App, TerraformStack } from 'cdktf';
import { execa } from 'execa';
import type { Capability } from '../../../lib/policy';
import { useProviders, useStateBackend } from '../../../lib/constructs/stacks';
import { BoundPrincipal, IamAuthRole, VaultPolicy } from '../../../lib/constructs/vault';
import { methodStack } from '../support/method-stack';
import { ACCOUNT, TestSandbox } from '../support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
});
afterAll(() => sandbox.stop());

const policies =
  (...capabilities: Capability[]) =>
  (app: App) => {
    const stack = new TerraformStack(app, 'policies');
    useProviders(stack);
    useStateBackend(stack, { kind: 'local' });
    const rules = [{ path: 'secret/data/app', capabilities }];
    new VaultPolicy(stack, 'policy', { policyName: 'app', rules });
    return stack;
  };

test('who has a role of one stack gains by the policy that another one widens', async () => {
  const roles = methodStack(sandbox, (mount, stack) => {
    const boundPrincipals = [BoundPrincipal.arn(`arn:aws:iam::${ACCOUNT}:user/staff/*`)];
    new IamAuthRole(stack, 'role', { mount, roleName: 'app', boundPrincipals, policies: ['app'] });
  });
  await sandbox.applyStack(policies('read'));
  await sandbox.applyStack(roles);
  await sandbox.mustSucceed('plan', '-input=false', '-out=plan');
  sandbox.synthStack(policies('read', 'update'));
  await sandbox.mustSucceed('plan', '-input=false', '-out=plan');

  const plans = ['method', 'policies'].map((name) => join(sandbox.folder.cdkOut, 'stacks', name, 'plan'));
  const { stdout } = await execa(
    process.execPath,
    ['--import', 'tsx', 'bin/vault-aws-auth.ts', 'review', ...plans, '--format', 'json'],
    { env: { ...sandbox.env, TERRAFORM_BINARY_NAME: sandbox.record.parts.terraform.path } },
  );

  const { findings } = JSON.parse(stdout) as { findings: { plan: string; sentence: string }[] };
  expect(findings.map(({ plan, sentence }) => `${plan}: ${sentence}`)).toEqual([
    `method: IAM users of ${ACCOUNT} named staff/* gain update on secret/data/app through role app (app from the plan policies, if both use the same Vault)`,
    'policies: policy app allows update on secret/data/app',
  ]);
});
