import { ec2Login, type Ec2LoginProps, refusal } from './support/ec2-login';
import { configure } from './support/ec2-method';
import { MOUNT } from './support/method-stack';
import { type Fleet, runFleet } from './support/fleet';
import { identityDocument, type Instance, runInstance, stopInstance, tagInstance } from './support/instance';
import { IdentityAuthority } from './support/instance-identity';
import { TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
let fleet: Fleet;
const authority = new IdentityAuthority();

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  fleet = await runFleet(sandbox);
  await configure(sandbox, fleet, authority);
});
afterAll(() => sandbox.stop());

interface LoginOptions extends Partial<Pick<Ec2LoginProps, 'role' | 'identity' | 'nonce'>> {
  pendingTime?: Date;
}

const signed = (document: string) => ({ document, signature: authority.sign(document) });

/** An EC2 login by the document and its signature, unless another identity is given. */
const logIn = (instance: Instance, { role = 'ec2', pendingTime, ...options }: LoginOptions = {}) =>
  ec2Login(sandbox, {
    mountPath: MOUNT,
    role,
    identity: signed(identityDocument(instance, pendingTime)),
    ...options,
  });

/** The start after the one that an instance is in. */
const later = ({ launchTime }: Instance) => new Date(launchTime.getTime() + 60_000);

const runFresh = (name: string) => runInstance(sandbox, { name });

describe('an instance logs in', () => {
  test('by its identity document and the signature of it', async () => {
    const instance = await runFresh('by-signature');

    expect(await logIn(instance)).toMatchObject({
      token_policies: ['billing', 'default', 'reports'],
      metadata: {
        role: 'ec2',
        instance_id: instance.instanceId,
        ami_id: instance.imageId,
        account_id: instance.accountId,
        region: instance.region,
        nonce: expect.stringMatching(/^[-0-9a-f]{36}$/) as string,
      },
    });
  });

  test('by PKCS #7', async () => {
    const instance = await runFresh('by-pkcs7');
    const identity = { pkcs7: authority.pkcs7(identityDocument(instance)) };

    const { metadata } = await logIn(instance, { identity });

    expect(metadata).toMatchObject({ instance_id: instance.instanceId });
  });

  test('from another region, and from another account that Vault may look into', async () => {
    for (const instance of [fleet.abroad, fleet.foreign]) {
      const { metadata } = await logIn(instance, { nonce: 'n' });

      expect(metadata).toMatchObject({ region: instance.region, account_id: instance.accountId });
    }
  });

  test.each([0, 1, 2] as const)(
    'with a certificate of which the PEM has 3n+%i characters',
    async (remainder) => {
      const own = IdentityAuthority.withPemLength(remainder);
      const path = `auth/${MOUNT}/config/certificate/own-${remainder}`;
      await sandbox.vault('POST', path, { aws_public_cert: own.certificate, type: 'pkcs7' });
      const instance = await runFresh(`own-certificate-${remainder}`);

      await logIn(instance, { identity: { pkcs7: own.pkcs7(identityDocument(instance)) } });
    },
  );
});

describe('an instance is refused', () => {
  test('a document that was changed after it was signed', async () => {
    const { document, signature } = signed(identityDocument(fleet.app));
    const identity = { document: document.replace(fleet.app.instanceId, fleet.other.instanceId), signature };

    await expect(logIn(fleet.app, { identity })).rejects.toMatchObject(
      refusal('verification using SHA256 RSA signature is unsuccessful'),
    );
  });

  // To Vault a PKCS #7 names its certificate by issuer and serial number, and these are the same.
  test.each<[string, (by: IdentityAuthority, document: string) => Ec2LoginProps['identity']]>([
    ['a signature', (by, document) => ({ document, signature: by.sign(document) })],
    ['a PKCS #7', (by, document) => ({ pkcs7: by.pkcs7(document) })],
  ])('%s of another key, though the names in its certificate are right', async (_, identity) => {
    const impostor = new IdentityAuthority();

    await expect(
      logIn(fleet.app, { identity: identity(impostor, identityDocument(fleet.app)) }),
    ).rejects.toMatchObject(refusal(/signature is unsuccessful|crypto\/rsa: verification error/));
  });

  test('an ID that EC2 does not know', async () => {
    const instance = { ...fleet.app, instanceId: 'i-0123456789abcdef0' };

    await expect(logIn(instance)).rejects.toMatchObject(refusal('failed to verify instance ID.*NotFound'));
  });

  test('once it is stopped, and its token is not renewed any more', async () => {
    const instance = await runFresh('stopped');
    const { client_token } = await logIn(instance, { nonce: 'n' });

    await stopInstance(sandbox, instance);

    await expect(logIn(instance, { nonce: 'n' })).rejects.toMatchObject(
      refusal("instance is not in 'running' state"),
    );
    await expect(sandbox.vault('POST', 'auth/token/renew-self', {}, client_token)).rejects.toMatchObject(
      refusal("instance is not in 'running' state"),
    );
  });

  test('a role of auth type iam', async () => {
    await expect(logIn(fleet.app, { role: 'inferred' })).rejects.toMatchObject(
      refusal('auth method ec2 not allowed for role inferred'),
    );
  });
});

describe('the second login of an instance', () => {
  test('succeeds with the nonce of the first, which Vault made', async () => {
    const instance = await runFresh('nonce-of-vault');
    const { metadata } = await logIn(instance);

    await logIn(instance, { nonce: metadata.nonce });
  });

  test('succeeds with the nonce of the first, which the instance chose', async () => {
    const instance = await runFresh('nonce-of-instance');
    await logIn(instance, { nonce: 'chosen' });

    await logIn(instance, { nonce: 'chosen' });
  });

  test.each<[string, string | undefined]>([
    ['another nonce', 'other'],
    ['no nonce', undefined],
  ])('is refused with %s', async (_, nonce) => {
    const instance = await runFresh(`second-with-${nonce ?? 'none'}`);
    await logIn(instance, { nonce: 'chosen' });

    await expect(logIn(instance, { nonce })).rejects.toMatchObject(refusal('^client nonce mismatch$'));
  });

  test('is refused with a document from before a restart, once the newer one was seen', async () => {
    const instance = await runFresh('older-document');
    await logIn(instance, { nonce: 'n', pendingTime: later(instance) });

    await expect(logIn(instance, { nonce: 'n' })).rejects.toMatchObject(
      refusal('instance meta-data is older than the one used for previous login'),
    );
  });

  test('is refused after a first login with an empty nonce', async () => {
    const instance = await runFresh('empty-nonce');
    await logIn(instance, { nonce: '' });

    await expect(logIn(instance, { nonce: '' })).rejects.toMatchObject(
      refusal('reauthentication is disabled'),
    );
  });

  test('is refused by disallow_reauthentication, with the same nonce too', async () => {
    const instance = await runFresh('reauthentication');
    await logIn(instance, { role: 'once', nonce: 'n' });

    await expect(logIn(instance, { role: 'once', nonce: 'n' })).rejects.toMatchObject(
      refusal('reauthentication is disabled'),
    );
  });

  test('succeeds with another nonce and allow_instance_migration after a restart, and only then', async () => {
    const instance = await runFresh('migrating');
    await logIn(instance, { role: 'migrating', nonce: 'first' });

    await expect(logIn(instance, { role: 'migrating', nonce: 'second' })).rejects.toMatchObject(
      refusal('client nonce mismatch and instance meta-data incorrect'),
    );
    await logIn(instance, { role: 'migrating', nonce: 'second', pendingTime: later(instance) });
  });

  test('is refused with another nonce after a restart without allow_instance_migration', async () => {
    const instance = await runFresh('not-migrating');
    await logIn(instance, { nonce: 'first' });

    await expect(logIn(instance, { nonce: 'second', pendingTime: later(instance) })).rejects.toMatchObject(
      refusal('^client nonce mismatch$'),
    );
  });
});

describe('a role tag', () => {
  const makeTag = async (body: object) => {
    const path = `auth/${MOUNT}/role/tagged/tag`;
    const { data } = await sandbox.vault<{ data: { tag_key: string; tag_value: string } }>(
      'POST',
      path,
      body,
    );
    return [data.tag_key, data.tag_value] as const;
  };

  test('narrows the policies and the TTL of the role', async () => {
    const instance = await runFresh('tagged');
    await tagInstance(sandbox, instance, ...(await makeTag({ policies: ['reports'], max_ttl: '10m' })));

    expect(await logIn(instance, { role: 'tagged', nonce: 'n' })).toMatchObject({
      token_policies: ['default', 'reports'],
      lease_duration: 600,
    });
  });

  test('forbids a second login', async () => {
    const instance = await runFresh('tagged-once');
    await tagInstance(sandbox, instance, ...(await makeTag({ disallow_reauthentication: true })));
    await logIn(instance, { role: 'tagged', nonce: 'n' });

    await expect(logIn(instance, { role: 'tagged', nonce: 'n' })).rejects.toMatchObject(
      refusal('reauthentication is disabled'),
    );
  });

  test('has to be there', async () => {
    await expect(logIn(fleet.app, { role: 'tagged', nonce: 'n' })).rejects.toMatchObject(
      refusal('missing tag with key "vault-role" on the instance'),
    );
  });

  test('has to be as Vault made it', async () => {
    const instance = await runFresh('tag-changed');
    const [key, value] = await makeTag({ policies: ['reports'] });
    await tagInstance(sandbox, instance, key, value.replace('p=reports', 'p=billing'));

    await expect(logIn(instance, { role: 'tagged' })).rejects.toMatchObject(
      refusal('role tag signature verification failed'),
    );
  });

  test('made for one instance is of no use to another', async () => {
    const instance = await runFresh('tag-of-another');
    const tag = await makeTag({ instance_id: fleet.app.instanceId });
    await tagInstance(sandbox, instance, ...tag);

    await expect(logIn(instance, { role: 'tagged' })).rejects.toMatchObject(
      refusal('role tag is being used by an unauthorized instance'),
    );
  });
});
