import { TestSandbox } from '../support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => (sandbox = await TestSandbox.start()));
afterAll(() => sandbox.stop());

test("a policy named default replaces Vault's own for every token, and can't be deleted", async () => {
  const { auth } = await sandbox.vault<{ auth: { client_token: string } }>('POST', 'auth/token/create', {
    policies: ['default'],
  });
  const lookUp = () => sandbox.vault('GET', 'auth/token/lookup-self', undefined, auth.client_token);
  await lookUp();

  await sandbox.vault('POST', 'sys/policies/acl/default', { policy: 'path "a" { capabilities = ["read"] }' });

  await expect(lookUp()).rejects.toThrow('permission denied');
  await expect(sandbox.vault('DELETE', 'sys/policies/acl/default')).rejects.toThrow('default');
});
