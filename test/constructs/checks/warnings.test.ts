import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { check, describeWarning, synth } from '../../../lib/constructs/checks';
import { VaultPolicy, type VaultPolicyProps } from '../../../lib/constructs/vault';
import { emptyStack } from '../../support/stack';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'warnings-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const outdir = () => join(folder, 'cdk.out');

function appWith(...policies: Pick<VaultPolicyProps, 'acknowledge'>[]): App {
  const app = new App({ outdir: outdir(), stackTraces: false });
  const stack = emptyStack(app);
  policies.forEach((props, index) => {
    new VaultPolicy(stack, `policy_${index}`, {
      policyName: `policy_${index}`,
      rules: [{ path: '*', capabilities: ['read'] }],
      ...props,
    });
  });
  return app;
}

const acknowledged = { acknowledge: { 'policy-root-like': 'the break-glass policy' } };
const MESSAGE =
  "rules[0].path: it covers every mount, with the secrets and settings of all; name the mounts that the rule is for; got '*' with read";

describe('a warning', () => {
  test('does not keep an app from being written', () => {
    expect(check(appWith({}))).toMatchObject({ problems: [], warnings: [{ message: MESSAGE }] });
    expect(() => synth(appWith({}))).not.toThrow();
  });

  test('is printed with its place, its id and what to do', () => {
    expect(check(appWith({})).warnings.map(describeWarning)).toEqual([
      `[stack/policy_0] ${MESSAGE} (policy-root-like); narrow it, or write down the reason: acknowledge: { 'policy-root-like': 'reason' }`,
    ]);
  });

  test.each<[string, (app: App) => void]>([
    ['synth', (app) => synth(app)],
    ["cdktf's own synth", (app) => app.synth()],
    ["cdktf's own synth after a check", (app) => [check(app), app.synth()]],
    ['two of them', (app) => [app.synth(), synth(app)]],
  ])('becomes one annotation of cdktf by %s, for information if it is acknowledged', (_, write) => {
    write(appWith({}, acknowledged));

    const manifest = JSON.parse(readFileSync(join(outdir(), 'manifest.json'), 'utf8')) as {
      stacks: Record<string, { annotations: object[] }>;
    };
    expect(manifest.stacks.stack!.annotations).toEqual([
      {
        constructPath: 'stack/policy_0',
        level: '@cdktf/warn',
        message: `${MESSAGE} (policy-root-like)`,
      },
      {
        constructPath: 'stack/policy_1',
        level: '@cdktf/info',
        message: `${MESSAGE} (policy-root-like, acknowledged: the break-glass policy)`,
      },
    ]);
  });
});

describe('a strict check', () => {
  test('treats a warning as a problem, and lists it after the others', () => {
    const app = appWith({});
    new VaultPolicy(emptyStack(app, 'other'), 'policy', {
      policyName: 'Dev',
      rules: [{ path: 'a', capabilities: ['read'] }],
    });

    expect(check(app, { strict: true }).problems).toEqual([
      "[other/policy] policyName: Vault lowercases a policy name, write 'dev'; got 'Dev'",
      `[stack/policy_0] ${MESSAGE} (policy-root-like); narrow it, or write down the reason: acknowledge: { 'policy-root-like': 'reason' }`,
    ]);
  });

  test('that fails writes nothing', () => {
    expect(() => synth(appWith({}), { strict: true })).toThrow('1 problem found, nothing was written');

    expect(existsSync(join(outdir(), 'stacks/stack'))).toBe(false);
  });

  test('passes once every warning is acknowledged', () => {
    synth(appWith(acknowledged), { strict: true });

    expect(existsSync(join(outdir(), 'stacks/stack/cdk.tf.json'))).toBe(true);
  });
});
