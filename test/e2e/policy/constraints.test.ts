import { type PolicyRule, renderHcl } from '../../../lib/policy';
import { type Ask, isAllowed, tokenOf, tokenWith } from '../support/policy-token';
import { TestSandbox } from '../support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await sandbox.vault('POST', 'sys/mounts/kv', { type: 'kv', options: { version: '1' } });
  await sandbox.vault('POST', 'kv/app', { a: 'x' });
});
afterAll(() => sandbox.stop());

const judge = async (constraints: Partial<PolicyRule>, request: Omit<Ask, 'path'>) => {
  const rules: PolicyRule[] = [
    { path: 'kv/app', capabilities: ['read', 'update', 'list', 'delete'], ...constraints },
  ];
  return isAllowed(sandbox, await tokenWith(sandbox, rules), { path: 'kv/app', ...request });
};

describe('required parameters', () => {
  const constraints = { requiredParameters: ['owner', 'team'] };

  test.each<[string, boolean, Omit<Ask, 'path'>]>([
    ['a write with all of them, and more', true, { method: 'POST', body: { owner: 'x', team: 'y', a: 'z' } }],
    ['a write with one in capitals', false, { method: 'POST', body: { OWNER: 'x', team: 'y' } }],
    ['a write without one', false, { method: 'POST', body: { owner: 'x' } }],
    ['a read without them', false, { method: 'GET' }],
    ['a read with them', true, { method: 'GET', query: { owner: 'x', team: 'y' } }],
    ['a list without them', true, { method: 'LIST' }],
  ])('%s: %s', async (_, expected, request) => {
    // Listing what is no folder is a 404 of the engine, so there is one.
    await sandbox.vault('POST', 'kv/app/below', { a: 'x' });
    expect(await judge(constraints, request)).toBe(expected);
  });
});

describe('allowed parameters', () => {
  test.each<[string, boolean, PolicyRule['allowedParameters'], object]>([
    ['one with its value', true, { a: ['x'] }, { a: 'x' }],
    ['its name in another case', true, { Ttl: ['1h'] }, { tTL: '1h' }],
    ['another value', false, { a: ['x'] }, { a: 'y' }],
    ['any value where the list is empty', true, { a: [] }, { a: { b: 1 } }],
    ['a parameter that is not named', false, { a: ['x'] }, { a: 'x', b: 'y' }],
    ['a parameter that is not named, beside `*`', true, { a: ['x'], '*': [] }, { a: 'x', b: 'y' }],
    ['another value of a named one, beside `*`', false, { a: ['x'], '*': [] }, { a: 'y' }],
    ['a value that starts as the glob', true, { a: ['dev-*'] }, { a: 'dev-1' }],
    ['a value that ends as the glob', true, { a: ['*-dev'] }, { a: 'my-dev' }],
    ['a value that does not match the glob', false, { a: ['dev-*'] }, { a: 'my-dev' }],
    ['a list of allowed items', true, { a: ['x', 'y'] }, { a: ['y', 'x'] }],
    ['a list with another item', false, { a: ['x', 'y'] }, { a: ['y', 'z'] }],
    ['a string of allowed items', true, { a: ['x', 'y'] }, { a: 'y,x' }],
    ['true as JSON', true, { a: [true] }, { a: true }],
    ['true as a string', false, { a: [true] }, { a: 'true' }],
    ['no parameters at all', true, { a: ['x'] }, {}],
  ])('%s: %s', async (_, expected, allowedParameters, body) => {
    expect(await judge({ allowedParameters }, { method: 'POST', body })).toBe(expected);
  });

  test('are judged on reads, and not on deletes', async () => {
    const constraints = { allowedParameters: { a: ['x'] } };

    expect(await judge(constraints, { method: 'GET', query: { b: 'y' } })).toBe(false);
    expect(await judge(constraints, { method: 'DELETE', query: { b: 'y' } })).toBe(true);
    await sandbox.vault('POST', 'kv/app', { a: 'x' });
  });
});

describe('denied parameters', () => {
  test.each<[string, boolean, Partial<PolicyRule>, object]>([
    ['another parameter', true, { deniedParameters: { a: [] } }, { b: 'x' }],
    ['any value where the list is empty', false, { deniedParameters: { a: [] } }, { a: 'x' }],
    ['a value that is not denied', true, { deniedParameters: { a: ['x'] } }, { a: 'y' }],
    ['a list with one denied item', false, { deniedParameters: { a: ['x'] } }, { a: ['y', 'x'] }],
    ['every parameter by `*`', false, { deniedParameters: { '*': [] } }, { b: 'x' }],
    ['no parameters at all', true, { deniedParameters: { '*': [] } }, {}],
    [
      'what is allowed too',
      false,
      { allowedParameters: { a: [] }, deniedParameters: { a: ['x'] } },
      { a: 'x' },
    ],
  ])('%s: %s', async (_, expected, constraints, body) => {
    expect(await judge(constraints, { method: 'POST', body })).toBe(expected);
  });
});

test('a number in a policy is equal to none of a request', async () => {
  // checkRules refuses it, so it is written past that.
  const token = await tokenOf(
    sandbox,
    renderHcl([{ path: 'kv/app', capabilities: ['update'], allowedParameters: { a: [5] } }]),
  );

  for (const a of [5, '5']) {
    expect(await isAllowed(sandbox, token, { method: 'POST', path: 'kv/app', body: { a } })).toBe(false);
  }
});

describe('wrapping TTLs', () => {
  test.each<[Partial<PolicyRule>, string | undefined, boolean]>([
    [{ minWrappingTtl: 60, maxWrappingTtl: 120 }, undefined, false],
    [{ minWrappingTtl: 60, maxWrappingTtl: 120 }, '59s', false],
    [{ minWrappingTtl: 60, maxWrappingTtl: 120 }, '60s', true],
    [{ minWrappingTtl: 60, maxWrappingTtl: 120 }, '120s', true],
    [{ minWrappingTtl: 60, maxWrappingTtl: 120 }, '121s', false],
    [{ minWrappingTtl: 60 }, undefined, false],
    [{ minWrappingTtl: 60 }, '1h', true],
    [{ maxWrappingTtl: 60 }, undefined, false],
    [{ maxWrappingTtl: 60 }, '1s', true],
    [{}, '1h', true],
  ])('%j with a request for %s: %s', async (constraints, wrapTtl, expected) => {
    expect(await judge(constraints, { method: 'GET', wrapTtl })).toBe(expected);
  });
});
