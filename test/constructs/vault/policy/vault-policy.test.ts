import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IdentityGroup } from '@cdktf/provider-vault/lib/identity-group';
import {
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  readPolicyFile,
  VaultPolicy,
  type VaultPolicyProps,
} from '../../../../lib/constructs/vault';
import { alias, group as groupTemplates, type PolicyRule } from '../../../../lib/policy';
import { lateText, preconditionsOf, problemsOf, synthesize, warningsOf } from '../../../support/stack';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vault-policy-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const fileWith = (text: string) => {
  const path = join(folder, 'dev.hcl');
  writeFileSync(path, text);
  return readPolicyFile(path);
};

type Source = Pick<VaultPolicyProps, 'rules' | 'file'>;
const declare =
  (source: Source, policyName = 'dev') =>
  (stack: Parameters<Parameters<typeof problemsOf>[0]>[0]) =>
    new VaultPolicy(stack, 'policy', { policyName, ...source } as VaultPolicyProps);

const text = (source: Source) => synthesize(declare(source)).resource.vault_policy!.policy!.policy;

test('rules are written as HCL', () => {
  const rules = [{ path: 'secret/data/app', capabilities: ['read' as const, 'list' as const] }];

  expect(text({ rules })).toBe('path "secret/data/app" {\n  capabilities = ["read", "list"]\n}\n');
});

describe('a file', () => {
  const rule = 'path "secret/data/app" {\n  capabilities = ["read"]\n}\n';
  const HCL = `# for the \${team} with %{if} and $\${twice}, 5 % or $5\n${rule}`;

  test('is written unchanged, and Terraform reads no expression into its comments', async () => {
    expect(text({ file: await fileWith(HCL) })).toBe(
      `# for the $\${team} with %%{if} and $$\${twice}, 5 % or $5\n${rule}`,
    );
  });

  test('gives the policy its rules', async () => {
    const file = await fileWith(HCL);
    let policy: VaultPolicy | undefined;
    synthesize((stack) => (policy = declare({ file })(stack)));

    expect(policy!.rules).toEqual([{ path: 'secret/data/app', capabilities: ['read'] }]);
  });

  test('has its warnings named with its path', async () => {
    const file = await fileWith('path "*" {\n  capabilities = ["read"]\n}\n');

    expect(warningsOf(declare({ file }))).toEqual([
      `[stack/policy] policy-root-like: ${file.path}: rules[0].path: it covers every mount, with the secrets and settings of all; name the mounts that the rule is for; got '*' with read`,
    ]);
  });
});

test('what Vault takes in another way than it looks is warned of, and can be acknowledged', async () => {
  const rule = '{\n  capabilities = ["read"]\n}\n';
  const file = await fileWith(`path "/a" ${rule}path "b/*/c" ${rule}`);
  const acknowledged = (stack: Parameters<Parameters<typeof problemsOf>[0]>[0]) =>
    new VaultPolicy(stack, 'policy', {
      policyName: 'dev',
      file,
      acknowledge: { 'policy-misleading': 'written by another team' },
    });

  expect(problemsOf(declare({ file }))).toEqual([]);
  expect(warningsOf(declare({ file }))).toEqual([
    expect.stringContaining(
      `policy-misleading: ${file.path}:1:1: path: Vault takes the '/' off the beginning of a path`,
    ),
    expect.stringContaining(
      `policy-misleading: ${file.path}:4:1: path: '*' is a wildcard only as the last character`,
    ),
  ]);
  expect(problemsOf(acknowledged)).toEqual([]);
});

test('a leading slash in a rule, which Vault takes off, is warned of', () => {
  expect(warningsOf(declare({ rules: [{ path: '/secret/a', capabilities: ['read'] }] }))).toEqual([
    "[stack/policy] policy-misleading: rules[0].path: Vault takes the '/' off the beginning of a path, because its paths are relative to the API's root; got '/secret/a'",
  ]);
});

test('a name that Vault takes, and that needs quotes, is warned of', () => {
  const rules = [{ path: 'a', capabilities: ['read' as const] }];

  expect(
    ['team:reader', 'my policy', 'app+prod', 'a,b'].flatMap((name) => warningsOf(declare({ rules }, name))),
  ).toEqual(
    ['team:reader', 'my policy', 'app+prod', 'a,b'].map(
      (name) =>
        `[stack/policy] policy-name-unusual: policyName: needs quotes in a shell or escapes in a URL, and what splits lists at commas reads it wrongly; got '${name}'`,
    ),
  );
  expect(warningsOf(declare({ rules }, 'team/reader-1@eu.x'))).toEqual([]);
});

describe('a policy is refused with', () => {
  const rules = [{ path: 'a', capabilities: ['read' as const] }];

  test.each([
    [
      '/dev',
      "must be printable ASCII characters without capitals, '..', '*', '{{', '}}', a '+' that begins a part and expressions of Terraform, with no blank or '/' at an end and no '//' or '/./', and not 'default'; got '/dev'",
    ],
    ['Dev', "Vault lowercases a policy name, write 'dev'; got 'Dev'"],
    [
      'a*',
      "must be printable ASCII characters without capitals, '..', '*', '{{', '}}', a '+' that begins a part and expressions of Terraform, with no blank or '/' at an end and no '//' or '/./', and not 'default'; got 'a*'",
    ],
    ['root', "this policy belongs to Vault and can't be changed; got 'root'"],
    ['response-wrapping', "this policy belongs to Vault and can't be changed; got 'response-wrapping'"],
    ['control-group', "this policy belongs to Vault and can't be changed; got 'control-group'"],
  ])('the name %j', (policyName, message) => {
    expect(problemsOf(declare({ rules }, policyName))).toEqual([`[stack/policy] policyName: ${message}`]);
  });

  test('an expression of Terraform that is written as text, whose value nothing would check', () => {
    const of = (rule: Partial<PolicyRule>) =>
      problemsOf(declare({ rules: [{ path: 'auth/token/create', capabilities: ['read'], ...rule }] }));
    const message = (field: string, got: string) => [
      `[stack/policy] rules[0].${field}: must be without '\${' and '%{', which begin an expression of Terraform; ` +
        `use a reference of cdktf, such as variable.stringValue, whose value is checked; got '${got}'`,
    ];

    expect(of({ path: 'secret/${var.team}/x' })).toEqual(message('path', 'secret/${var.team}/x'));
    expect(of({ path: 'secret/%{ if true }x' })).toEqual(message('path', 'secret/%{ if true }x'));
    expect(of({ allowedParameters: { ttl: ['${var.ttl}'] } })).toEqual(
      message('allowedParameters', '${var.ttl}'),
    );
    expect(of({ deniedParameters: { meta: [{ '${a}': true }] } })).toEqual(
      message('deniedParameters', '${a}'),
    );
  });

  test('no rule', () => {
    expect(problemsOf(declare({ rules: [] }))).toEqual([
      '[stack/policy] rules: a policy needs at least one rule; got an empty list',
    ]);
  });
});

describe('a reference in a rule', () => {
  test('is checked by Terraform, also if it is part of a path', () => {
    const { resource } = synthesize((stack) => {
      const team = lateText(stack);
      declare({
        rules: [{ path: `secret/${team}*`, capabilities: ['read'], requiredParameters: [`x_${team}`] }],
      })(stack);
    });

    expect(
      preconditionsOf(resource.vault_policy!.policy).map(([, message]) => message.split(':')[0]),
    ).toEqual(['rules[0].path', 'rules[0].path', 'rules[0].requiredParameters']);
  });

  test('needs no check if Vault chooses its value', () => {
    const { resource } = synthesize((stack) => {
      const mount = new AwsAuthMount(stack, 'mount', {});
      const group = new IdentityGroup(stack, 'group', { name: 'app' });
      const rules = [alias(mount.accessor).id, groupTemplates({ id: group.id }).name].map((template) => ({
        path: `secret/${template}/x`,
        capabilities: ['read' as const],
      }));
      declare({ rules })(stack);
    });

    expect(preconditionsOf(resource.vault_policy!.policy)).toEqual([]);
  });
});

test('a policy that makes its holder nearly root is warned of', () => {
  const rules = [{ path: 'sys/auth/*', capabilities: ['create' as const] }];

  expect(warningsOf(declare({ rules }))).toEqual([
    "[stack/policy] policy-root-like: rules[0].path: a token with it can mount another auth method, whose logins get any policy; narrow it, or give it to administrators only; got 'sys/auth/*' with create",
  ]);
});

describe("Vault's own policy 'default'", () => {
  const rules = [{ path: 'a', capabilities: ['read' as const] }];
  const named = (props: object, policyName: string) =>
    problemsOf((stack) => new VaultPolicy(stack, 'policy', { policyName, rules, ...props }));

  test('is not replaced by mistake', async () => {
    const problem =
      "[stack/policy] policyName: it would replace Vault's own policy 'default', which nearly every token has, and deleting it fails; take another name, or set replacesDefault: true; got 'default'";

    expect(named({}, 'default')).toEqual([problem]);
    expect(named({ replacesDefault: false }, 'default')).toEqual([problem]);
    expect(
      named({ rules: undefined, file: await fileWith('path "a" { capabilities = ["read"] }') }, 'default'),
    ).toEqual([problem]);
  });

  test('is replaced if a person says so, by rules or by a file', async () => {
    expect(named({ replacesDefault: true }, 'default')).toEqual([]);
    expect(
      named(
        {
          replacesDefault: true,
          rules: undefined,
          file: await fileWith('path "a" { capabilities = ["read"] }'),
        },
        'default',
      ),
    ).toEqual([]);
  });

  test('is not replaced by a policy of another name', () => {
    expect(named({ replacesDefault: true }, 'root')).toHaveLength(2);
    expect(named({ replacesDefault: true }, 'dev')).toEqual([
      "[stack/policy] replacesDefault: only a policy named 'default' replaces it, leave it out; got 'dev'",
    ]);
  });

  test('stops the apply if the name is known only then', () => {
    const conditionsOf = (props: object) =>
      preconditionsOf(
        synthesize((stack) => {
          const policyName = lateText(stack);
          new VaultPolicy(stack, 'policy', { policyName, rules, ...props });
        }).resource.vault_policy!.policy,
      ).map(([condition]) => condition);

    expect(conditionsOf({})).toEqual([expect.stringContaining('|^default$')]);
    expect(conditionsOf({ replacesDefault: true })).toEqual([expect.not.stringContaining('|^default$')]);
  });

  test('can be given to a role', () => {
    expect(
      problemsOf((stack) => {
        new IamAuthRole(stack, 'role', {
          mount: new AwsAuthMount(stack, 'mount'),
          roleName: 'app',
          boundPrincipals: [BoundPrincipal.role('app')],
          policies: ['default'],
        });
      }),
    ).toEqual([]);
  });
});
