import { type MountTokenType, tokenTypeOf } from '../../lib/constructs/vault/role/token-type';
import { loginFields, signIdentityRequest } from '../../lib/operate/verify/signed-request';
import { TestSandbox } from './support/test-sandbox';

const MOUNT = 'aws_token_types';
const USES = 2;
const PERIOD = 600;

let sandbox: TestSandbox;
let key: Parameters<typeof signIdentityRequest>[0];
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  const { endpoint, admin } = sandbox.record.aws;
  await sandbox.vault('POST', `sys/auth/${MOUNT}`, { type: 'aws' });
  await sandbox.vault('POST', `auth/${MOUNT}/config/client`, {
    access_key: admin.accessKeyId,
    secret_key: admin.secretAccessKey,
    iam_endpoint: endpoint,
    sts_endpoint: endpoint,
    sts_region: 'us-east-1',
  });
  key = await sandbox.createUser('alice');
});
afterAll(() => sandbox.stop());

const writeRole = (role: string, tokenType: string, fields: object) =>
  sandbox.vault('POST', `auth/${MOUNT}/role/${role}`, {
    auth_type: 'iam',
    bound_iam_principal_arn: 'arn:aws:iam::123456789012:user/alice',
    resolve_aws_unique_ids: false,
    token_type: tokenType,
    ...fields,
  });

interface Auth {
  readonly client_token: string;
  readonly token_type: string;
}

async function logIn(role: string): Promise<Auth> {
  const fields = loginFields(await signIdentityRequest(key));
  return (await sandbox.vault<{ auth: Auth }>('POST', `auth/${MOUNT}/login`, { role, ...fields }, '')).auth;
}

const lookUp = ({ client_token }: Auth) =>
  sandbox.vault<{ data: { period?: number } }>('GET', 'auth/token/lookup-self', undefined, client_token);

const MOUNTS: MountTokenType[] = ['default-service', 'default-batch', 'batch', 'service'];
const pairs = MOUNTS.flatMap((ofMount) =>
  (['default', 'service', 'batch'] as const).map((ofRole): [MountTokenType, typeof ofRole] => [
    ofMount,
    ofRole,
  ]),
);

test.each(pairs)('a mount with %s and a role with %s give the type of the table', async (ofMount, ofRole) => {
  const role = `${ofMount}-${ofRole}`;
  const expected = tokenTypeOf(ofMount, ofRole);
  await sandbox.vault('POST', `sys/auth/${MOUNT}/tune`, { token_type: ofMount });
  // Vault refuses these two on a role that is itself of batch tokens.
  await writeRole(role, ofRole, ofRole === 'batch' ? {} : { token_num_uses: USES, token_period: PERIOD });

  const auth = await logIn(role);

  expect(auth.token_type).toBe(expected);
  if (ofRole === 'batch') {
    await expect(writeRole(role, ofRole, { token_num_uses: USES })).rejects.toThrow('batch');
    await expect(writeRole(role, ofRole, { token_num_uses: 0, token_period: PERIOD })).rejects.toThrow(
      'batch',
    );
    return;
  }
  const { data } = await lookUp(auth);
  expect(data.period).toBe(expected === 'service' ? PERIOD : undefined);
  await lookUp(auth);
  // It is the third request of two.
  const third = lookUp(auth);
  await (expected === 'service' ? expect(third).rejects.toThrow('permission denied') : third);
});
