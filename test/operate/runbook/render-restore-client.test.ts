import { readFileSync } from 'node:fs';
import { renderRestoreClient, type RestoreClientReport } from '../../../lib/operate/runbook';
import { VAULT_KEY_ADDRESS, VaultAwsAuthStack } from '../../../lib/constructs/stacks';
import { Testing } from 'cdktf';
import { testApp } from '../../support/app';

const terraform = { folder: 'cdk.out/stacks/vault-aws-auth', address: VAULT_KEY_ADDRESS };
const report = (changes: Partial<RestoreClientReport>): RestoreClientReport => ({
  state: 'deleted',
  probe: { answer: 'refused', detail: 'InvalidClientTokenId' },
  accessKeyId: 'AKIAOLD',
  userKeys: [],
  mountPath: 'aws_test',
  userName: 'vault_auth',
  dryRun: false,
  ...changes,
});

test("the key's address is that of the guide's stack, and that of the runbook", () => {
  const stack = new VaultAwsAuthStack(testApp(), 'vault-aws-auth', {
    vault: { address: 'https://vault.example.com:8200' },
  });
  const { resource } = JSON.parse(Testing.synth(stack)) as { resource: Record<string, object> };
  const [type, name] = VAULT_KEY_ADDRESS.split('.');

  expect(Object.keys(resource[type!]!)).toContain(name);
  expect(readFileSync('docs/runbook.md', 'utf8')).toContain(`-replace=${VAULT_KEY_ADDRESS}`);
});

test('a dead key is named with the command that replaces it', () => {
  const text = renderRestoreClient(report({ dryRun: true }), terraform);

  expect(text).toMatch(/^AKIAOLD in 'auth\/aws_test\/config\/client' is no key of 'vault_auth'/);
  expect(text).toContain(`apply -replace=${VAULT_KEY_ADDRESS}`);
  expect(text).toMatch(/Dry run: nothing was changed\.$/);
});

test('a key that was written is named with the command that deletes it again', () => {
  const text = renderRestoreClient(
    report({ newAccessKeyId: 'AKIANEW', after: { answer: 'accepted', detail: 'NoSuchEntity' } }),
    terraform,
  );

  expect(text).toContain('aws iam delete-access-key --user-name vault_auth --access-key-id AKIANEW');
  expect(text).toContain("AWS accepts Vault's key: logins work again.");
});

test.each([
  ['alive', /the fault is elsewhere/],
  ['unclear', /a new key would not help: no route/],
] as const)('%s: no command that replaces the key', (state, text) => {
  const answer = state === 'alive' ? 'accepted' : 'unclear';
  const rendered = renderRestoreClient(report({ state, probe: { answer, detail: 'no route' } }), terraform);

  expect(rendered).toMatch(text);
  expect(rendered).not.toContain('-replace');
});
