import fc from 'fast-check';
import { CAPABILITIES, type Capability, decide, renderHcl } from '../../../lib/policy';
import { arbitraryQuestion, type Question } from '../../policy/arbitrary-patterns';
import { type Ask, ask } from '../support/policy-token';
import { TestSandbox } from '../support/test-sandbox';
import { size } from '../../support/size';

// A failing run prints its seed and its path: with both as parameters of fc.assert it is the same again. It looks for
// a smaller example no longer than this, or jest would end it before it printed anything.
const LIMIT = { interruptAfterTimeLimit: 90_000 };

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await sandbox.vault('POST', 'sys/mounts/kv', { type: 'kv', options: { version: '1' } });
});
afterAll(() => sandbox.stop());

/** A token that has these policies and no other. */
async function tokenOf(policies: Question['policies']): Promise<string> {
  const names = await Promise.all(
    policies.map(async (rules, index) => {
      await sandbox.vault('POST', `sys/policies/acl/generated-${index}`, { policy: renderHcl(rules) });
      return `generated-${index}`;
    }),
  );
  const { auth } = await sandbox.vault<{ auth: { client_token: string } }>('POST', 'auth/token/create', {
    policies: names,
    no_default_policy: true,
    // Thousands of tokens are not to stay in its memory.
    type: 'batch',
  });
  return auth.client_token;
}

test('decide answers as sys/capabilities does, over many paths', async () => {
  const counts = { paths: 0, allowed: 0 };
  // Vault looks for the first `+` of a pattern, also where it is a mere character.
  const questions = fc.oneof(
    arbitraryQuestion({ constrained: true }),
    arbitraryQuestion({ root: ['a+'], constrained: true }),
  );
  await fc.assert(
    fc.asyncProperty(questions, async ({ policies, asked }) => {
      const token = await tokenOf(policies);
      const { data } = await sandbox.vault<{ data: Record<string, Capability[]> }>(
        'POST',
        'sys/capabilities',
        { token, paths: asked },
      );

      const rules = policies.flat();
      for (const path of asked) {
        const vaults = CAPABILITIES.filter((capability) => data[path]!.includes(capability));
        expect([path, decide(rules, path)]).toEqual([path, vaults]);
        counts.paths += 1;
        counts.allowed += Number(!vaults.includes('deny'));
      }
    }),
    { numRuns: size(60, 300), ...LIMIT },
  );
  expect(counts.paths).toBeGreaterThan(size(400, 2_000));
  expect(counts.allowed).toBeGreaterThan(size(100, 500));
});

const REQUESTS = {
  create: { method: 'POST', body: { a: 'x' } },
  read: { method: 'GET' },
  update: { method: 'POST', body: { a: 'x' } },
  patch: { method: 'PATCH', body: { a: 'x' } },
  delete: { method: 'DELETE' },
  list: { method: 'LIST' },
} as const satisfies Partial<Record<Capability, Omit<Ask, 'path'>>>;

type Operation = keyof typeof REQUESTS;
const OPERATIONS = Object.keys(REQUESTS) as Operation[];

/** Whether Vault's ACL lets the request through; what the engine then says of it does not count. */
async function passes(token: string, operation: Operation, path: string): Promise<boolean> {
  const { status, body } = await ask(sandbox, token, { ...REQUESTS[operation], path });
  if (status === 403) {
    expect(body.errors?.join()).toContain('permission denied');
  }
  return status !== 403;
}

/** Lays what makes a write of the secret a creation, or not. */
async function prepare(operation: Operation, path: string): Promise<void> {
  if (operation === 'create' || operation === 'update') {
    await sandbox.vault(operation === 'create' ? 'DELETE' : 'POST', encodeURI(path), { a: 'x' });
  }
}

test('decide answers as real requests fare', async () => {
  const counts = { requests: 0, allowed: 0 };
  await fc.assert(
    fc.asyncProperty(
      arbitraryQuestion({ root: ['kv'], constrained: false }),
      fc.nat(OPERATIONS.length - 1),
      async ({ policies, asked }, first) => {
        const token = await tokenOf(policies);
        const secrets = asked.filter((path) => /^kv(?:\/[^/]+)+$/.test(path));
        for (const [index, path] of secrets.entries()) {
          const operation = OPERATIONS[(first + index) % OPERATIONS.length]!;
          await prepare(operation, path);
          // Vault's client asks for a folder with a slash at its end.
          const capabilities = decide(policies.flat(), operation === 'list' ? `${path}/` : path);

          expect([operation, path, capabilities.includes(operation)]).toEqual([
            operation,
            path,
            await passes(token, operation, path),
          ]);
          counts.requests += 1;
          counts.allowed += Number(capabilities.includes(operation));
        }
      },
    ),
    { numRuns: size(40, 150), ...LIMIT },
  );
  expect(counts.requests).toBeGreaterThan(size(120, 500));
  expect(counts.allowed).toBeGreaterThan(size(10, 50));
});

test('decide knows when sudo opens a path that Vault protects', async () => {
  let allowed = 0;
  await fc.assert(
    fc.asyncProperty(
      // Patterns of that path alone: of longer ones so few match it that in some runs none was allowed.
      arbitraryQuestion({ root: ['sys', 'audit'], longest: 2, constrained: false }),
      async ({ policies }) => {
        const token = await tokenOf(policies);
        const capabilities = decide(policies.flat(), 'sys/audit');
        const expected = capabilities.includes('read') && capabilities.includes('sudo');

        expect(await passes(token, 'read', 'sys/audit')).toBe(expected);
        allowed += Number(expected);
      },
    ),
    { numRuns: size(30, 100), ...LIMIT },
  );
  expect(allowed).toBeGreaterThan(0);
});
