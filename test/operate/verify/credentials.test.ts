import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CredentialsError,
  credentialsFromChain,
  loadCredentials,
} from '../../../lib/operate/verify/credentials';

const before = { ...process.env };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credentials-'));
  for (const name of Object.keys(process.env).filter((each) => each.startsWith('AWS_'))) {
    delete process.env[name];
  }
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'credentials');
  process.env.AWS_CONFIG_FILE = join(folder, 'config');
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
});
afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

test('the chain finds the environment before the shared file', async () => {
  writeFileSync(
    join(folder, 'credentials'),
    '[default]\naws_access_key_id = FILE\naws_secret_access_key = s\n',
  );
  await expect(loadCredentials(credentialsFromChain())).resolves.toMatchObject({ accessKeyId: 'FILE' });
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'ENVIRONMENT', AWS_SECRET_ACCESS_KEY: 's' });
  await expect(loadCredentials(credentialsFromChain())).resolves.toMatchObject({
    accessKeyId: 'ENVIRONMENT',
  });
});

test('where the chain finds nothing, it is an error of its own', async () => {
  const error: unknown = await loadCredentials(credentialsFromChain()).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(CredentialsError);
  expect((error as Error).message).toBe('Could not load credentials from any providers');
});
