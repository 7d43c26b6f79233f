import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPolicyFile } from '../../lib/policy';

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
  });
});

test('what can not be parsed is named with its line', async () => {
  const path = file('path "a" {\n  capabilities = "read"\n}\npath "b" {\n  policy = "all"\n}');

  await expect(readPolicyFile(path)).rejects.toThrow(
    new Error(
      `${path}:2: capabilities of path 'a': it is a list of plain values in brackets; write '["…", "…"]'; got "read".\n` +
        `${path}:5: policy of path 'b': the old short form is one of deny, read, write, sudo; got "all".`,
    ),
  );
});

test('what is wrong with its rules is named with the line of the block', async () => {
  const path = file(
    'path "v1/a" {\n  capabilities = ["read"]\n}\n\npath "b" {\n  capabilities = ["write"]\n  min_wrapping_ttl = 0\n}',
  );

  await expect(readPolicyFile(path)).rejects.toThrow(
    new Error(
      `${path}:1: path: a path is written without the API's 'v1/', Vault would never match it; got 'v1/a'.\n` +
        `${path}:5: capabilities of path 'b': 'write' is not a capability of Vault; it has create, read, update, ` +
        `delete, list, patch, subscribe, recover, sudo, deny.\n` +
        `${path}:5: minWrappingTtl of path 'b': a wrapping TTL is a whole number of seconds above 0; got 0.`,
    ),
  );
});

test('a file without a rule is refused', async () => {
  const path = file('# nothing yet\n');

  await expect(readPolicyFile(path)).rejects.toThrow(
    new Error(`${path}:1: a policy needs at least one rule; got an empty list.`),
  );
});

test('a file that can not be read is named', async () => {
  const path = join(folder, 'missing.hcl');

  await expect(readPolicyFile(path)).rejects.toThrow(
    new Error(`${path}: the policy can not be read (ENOENT: no such file or directory, open '${path}').`),
  );
});
