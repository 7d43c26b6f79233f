import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPolicyFile } from '../../../../lib/constructs/vault/policy/read-policy-file';

const folder = mkdtempSync(join(tmpdir(), 'policy-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, 'dev.hcl');
  writeFileSync(path, text);
  return path;
}

test('a file is its text as it is, and the rules in it', async () => {
  const text = '\n# the ${team}\npath "secret/data/é" {\n  capabilities = ["read"] # no more\n}\n\n';
  const path = file(text);

  expect(await readPolicyFile(path)).toEqual({
    path,
    text,
    rules: [{ path: 'secret/data/é', capabilities: ['read'] }],
    remarks: [],
  });
});

test('what Vault refuses is named with its line and column', async () => {
  const path = file('path "a" {\n  capabilities = "read"\n}\npath "b" {\n  policy = "all"\n}');

  await expect(readPolicyFile(path)).rejects.toThrow(
    new Error(
      `${path}:2:18: capabilities of path 'a': it is a list in brackets.\n` +
        `${path}:5:3: policy of path 'b': the old short form is one of deny, read, write, sudo; got 'all'.`,
    ),
  );
});

test('what Vault takes in another way than it looks is read as Vault reads it, and remarked on', async () => {
  const path = file(
    'path "v1/a" {\n  capabilities = ["read"]\n}\n\npath "/b" {\n  capabilities = []\n  min_wrapping_ttl = 0\n}',
  );
  const { rules, remarks } = await readPolicyFile(path);

  expect(rules).toEqual([
    { path: 'v1/a', capabilities: ['read'] },
    { path: 'b', capabilities: [], minWrappingTtl: 0 },
  ]);
  expect(remarks).toEqual([
    `${path}:1:1: path: a path must not have the API's 'v1/', because Vault would never match it; got 'v1/a'`,
    expect.stringMatching(/:5:1: capabilities of path '\/b': at least one is needed/),
    expect.stringMatching(
      /:5:1: minWrappingTtl of path '\/b': a wrapping TTL is a whole number of seconds above 0; got 0$/,
    ),
    `${path}:5:1: path: Vault takes the '/' off the beginning of a path, because its paths are relative to the API's root; got '/b'`,
  ]);
});

test('a file without a rule has a remark', async () => {
  const path = file('# nothing yet\n');

  expect(await readPolicyFile(path)).toMatchObject({
    rules: [],
    remarks: [`${path}:1:1: a policy needs at least one rule; got an empty list`],
  });
});

test('a file that can not be read is named', async () => {
  const path = join(folder, 'missing.hcl');

  await expect(readPolicyFile(path)).rejects.toThrow(
    new Error(`${path}: the policy can not be read (ENOENT: no such file or directory, open '${path}').`),
  );
});

test('an empty file is refused, because Vault refuses an empty policy', async () => {
  const path = file('');

  await expect(readPolicyFile(path)).rejects.toThrow(
    new Error(`${path}: a policy must not be empty. Write a rule, or delete the file.`),
  );
  await expect(readPolicyFile(file('# none\n'))).resolves.toMatchObject({ rules: [] });
});
