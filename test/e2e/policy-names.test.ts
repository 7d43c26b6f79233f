import fc from 'fast-check';
import { fits } from '../../lib/constructs/checks';
import { BoundPrincipal, IamAuthRole, VaultPolicy } from '../../lib/constructs/vault';
import { DECLARED_POLICY_NAME, POLICY_NAME } from '../../lib/constructs/vault/names';
import { methodStack } from './support/method-stack';
import { TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => (sandbox = await TestSandbox.start()));
afterAll(() => sandbox.stop());

// Each printable character of ASCII, some that can't be printed, and pairs that have a meaning.
const ASCII = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const piece = fc.constantFrom(...ASCII, ...'ab01', '//', '..', '/./', '{{', '%20', '\t', '\n', '\u007f');
const generated = fc.sample(
  fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('')),
  { numRuns: 500, seed: 1 },
);
const names = [
  ...new Set([...ASCII, 'team:reader', 'my policy', 'app+prod', 'root', 'control-group', ...generated]),
]
  // Vault's own ones are there already; expressions of Terraform are refused for its sake.
  .filter((name) => !['default', 'response-wrapping'].includes(name) && !/[$%]\{/.test(name));
const taken = names.filter((name) => fits(POLICY_NAME, name));
const refused = names.filter((name) => !taken.includes(name));
// Vault takes the others too, but the deployer's policy could not name them alone.
const declared = taken.filter((name) => fits(DECLARED_POLICY_NAME, name));
const POLICY = { policy: 'path "a" { capabilities = ["read"] }' };
const pathOf = (name: string) => `sys/policies/acl/${name.split('/').map(encodeURIComponent).join('/')}`;

const stored = async () =>
  (await sandbox.vault<{ data: { keys: string[] } }>('GET', 'sys/policies/acl?list=true')).data.keys;

test('a name that is taken is stored as it is, by Terraform, and plans no change', async () => {
  sandbox.synthStack(
    methodStack(sandbox, (mount, stack) => {
      declared.forEach((policyName, index) => {
        new VaultPolicy(stack, `policy_${index}`, {
          policyName,
          rules: [{ path: 'a', capabilities: ['read'] }],
        });
      });
      const boundPrincipals = [BoundPrincipal.user('alice')];
      const policies = taken;
      new IamAuthRole(stack, 'role', {
        mount,
        roleName: 'all',
        boundPrincipals,
        resolveAwsUniqueIds: false,
        policies,
      });
    }),
  );
  for (const name of taken.filter((name) => !declared.includes(name))) {
    await sandbox.vault('POST', pathOf(name), POLICY);
  }
  await sandbox.init();
  await sandbox.mustSucceed('apply', '-input=false', '-auto-approve');

  expect(declared.length).toBeGreaterThan(120);
  expect(taken.length).toBeGreaterThan(declared.length + 10);
  const keys = await stored();
  // The list shows a name with '/' by its first part.
  expect(taken.filter((name) => !name.includes('/') && !keys.includes(name))).toEqual([]);
  for (const name of taken) {
    const { data } = await sandbox.vault<{ data: { name: string } }>(
      'GET',
      `sys/policies/acl/${encodeURIComponent(name)}`,
    );
    expect(data.name).toBe(name);
  }
  const { data: role } = await sandbox.vault<{ data: { token_policies: string[] } }>(
    'GET',
    'auth/aws_method/role/all',
  );
  expect([...role.token_policies].sort()).toEqual([...taken].sort());
  expect((await sandbox.terraform('plan', '-input=false')).output).toContain('No changes.');
}, 120_000);

test('a name that is refused is refused by Vault too, or stored under another name', async () => {
  expect(refused.length).toBeGreaterThan(80);
  const storedAnyway: string[] = [];
  for (const name of refused) {
    const before = await stored();
    const written = await sandbox.vault('POST', pathOf(name), POLICY).then(
      () => true,
      () => false,
    );
    if (written && (await stored()).includes(name) && !before.includes(name)) {
      storedAnyway.push(name);
    }
  }

  expect(storedAnyway).toEqual([]);
}, 60_000);
