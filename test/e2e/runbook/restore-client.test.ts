import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  IAMClient,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { loginFields, signIdentityRequest } from '../../../lib/operate/verify/signed-request';
import { restoreClient, type RestoreClientReport } from '../../../lib/operate/runbook';
import { keysOf } from '../../../lib/operate/runbook/restore-client/diagnosis';
import type { AccessKey } from '../../../sandbox/servers';
import { VAULT_KEY_ADDRESS } from '../../../lib/constructs/stacks';
import { adminSide } from '../support/admin-side';
import { AwsProxy } from '../support/aws-proxy';
import { TestSandbox } from '../support/test-sandbox';
import { until } from '../../support/until';

const MOUNT = 'aws_test';
const UserName = 'vault_auth';
const CLIENT = `auth/${MOUNT}/config/client`;

let sandbox: TestSandbox;
let proxy: AwsProxy;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await sandbox.apply();
  proxy = await AwsProxy.start(sandbox, { delayMs: 60_000 });
});
afterAll(async () => {
  proxy.stop();
  await sandbox.stop();
});

const methodClient = () => {
  const { address: vaultAddress, token } = sandbox.record.vault;
  return { vaultAddress, token, mountPath: MOUNT };
};
const restore = (options: Parameters<typeof restoreClient>[3] = {}, aws = adminSide(sandbox)) =>
  restoreClient(methodClient(), aws, UserName, options);
/** Where AWS does not know a new key for a while. */
const throughProxy = (credentials: AccessKey) =>
  new IAMClient({ endpoint: proxy.url, region: 'us-east-1', credentials });
const keys = () => keysOf(adminSide(sandbox), UserName);
const config = async () =>
  (await sandbox.vault<{ data: { access_key: string; iam_server_id_header_value: string } }>('GET', CLIENT))
    .data;

let users = 0;
/** As somebody new: who is known to Vault is not looked up again. */
const logIn = async () => {
  const key = await sandbox.createUser(`user-${++users}`);
  const signed = await signIdentityRequest(key, { serverIdHeader: '127.0.0.1' });
  await sandbox.vault('POST', `auth/${MOUNT}/login`, { role: 'dev_role', ...loginFields(signed) }, '');
};

const deleteKey = async (AccessKeyId: string) =>
  sandbox.iam().send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));

/** The ways that a key dies. Vault's key is the user's only one before. */
const KILLS = {
  deleted: async () => {
    await deleteKey((await config()).access_key);
  },
  inactive: async () => {
    const AccessKeyId = (await config()).access_key;
    await sandbox.iam().send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }));
  },
  wrong: async () => {
    await sandbox.vault('POST', CLIENT, { secret_key: 'overwritten' });
  },
  missing: async () => {
    await sandbox.vault('POST', CLIENT, { access_key: '', secret_key: '' });
  },
};
type Death = keyof typeof KILLS;
const DEATHS = Object.keys(KILLS) as Death[];
/** moto lets an inactive key work. */
const refusesLogins = (death: Death) => death !== 'inactive';

test('a key that is alive is left alone', async () => {
  const before = await config();

  expect(await restore()).toMatchObject({ state: 'alive', probe: { answer: 'accepted' } });
  expect(await config()).toEqual(before);
  expect(await keys()).toHaveLength(1);
});

test('a Vault that does not reach AWS gets no new key', async () => {
  await sandbox.vault('POST', CLIENT, { iam_endpoint: 'http://127.0.0.1:1' });

  const { state, newAccessKeyId } = await restore();
  expect([state, newAccessKeyId]).toEqual(['unclear', undefined]);

  await sandbox.vault('POST', CLIENT, { iam_endpoint: sandbox.record.aws.endpoint });
});

describe.each(DEATHS)('a key that is %s', (death) => {
  let report: RestoreClientReport;

  test('is found to be so, and a dry run changes nothing', async () => {
    await logIn();
    await KILLS[death]();
    const before = [await config(), await keys()];
    if (refusesLogins(death)) {
      await expect(logIn()).rejects.toMatchObject({
        errors: [expect.stringContaining('looking up full ARN')],
      });
    }

    expect(await restore({ dryRun: true })).toMatchObject({ state: death, dryRun: true });
    expect([await config(), await keys()]).toEqual(before);
  });

  test('is replaced, and all else of the client stays', async () => {
    const { access_key: dead, ...others } = await config();
    report = await restore();

    expect(report).toMatchObject({ state: death, after: { answer: 'accepted' } });
    await logIn();
    const { access_key, ...now } = await config();
    expect(access_key).toBe(report.newAccessKeyId);
    expect(now).toEqual(others);
    // A key that Vault had forgotten stays with the user: nobody knows who uses it.
    const ids = (await keys()).map(({ id }) => id);
    expect(ids).toContain(report.newAccessKeyId);
    expect(ids).not.toContain(dead);
  });

  test('then Terraform takes over, by the command that is printed, and its next plan is empty', async () => {
    await sandbox.mustSucceed('apply', '-input=false', '-auto-approve', `-replace=${VAULT_KEY_ADDRESS}`);
    await deleteKey(report.newAccessKeyId!);

    expect(await sandbox.plannedChanges()).toBeUndefined();
    expect(await keys()).toHaveLength(1);
    await logIn();
  });

  test('is replaced by that command alone, where it can run', async () => {
    await KILLS[death]();

    await sandbox.mustSucceed('apply', '-input=false', '-auto-approve', `-replace=${VAULT_KEY_ADDRESS}`);

    expect(await sandbox.plannedChanges()).toBeUndefined();
    expect(await restore({ dryRun: true })).toMatchObject({ state: 'alive' });
    await logIn();
    expect(await keys()).toHaveLength(1);
  });
});

test('no report holds the secret', async () => {
  await KILLS.deleted();
  const iam = sandbox.iam();
  const secrets: string[] = [];
  const send = iam.send.bind(iam) as (
    command: object,
  ) => Promise<{ AccessKey?: { SecretAccessKey: string } }>;
  const watched = Object.assign(Object.create(iam) as typeof iam, {
    send: async (command: object) => {
      const answer = await send(command);
      secrets.push(...(answer.AccessKey ? [answer.AccessKey.SecretAccessKey] : []));
      return answer;
    },
  });
  const steps: string[] = [];
  const report = await restore(
    { onStep: (step) => steps.push(step) },
    { ...adminSide(sandbox), iam: watched },
  );

  expect(secrets).toHaveLength(1);
  expect(JSON.stringify([report, steps])).not.toContain(secrets[0]);
});

test('an interruption deletes the new key and leaves Vault as it was', async () => {
  await KILLS.wrong();
  const before = [await config(), await keys()];
  const aws = { ...adminSide(sandbox), iamOf: throughProxy };
  const interrupted = new AbortController();
  const onStep = (step: string) => {
    if (step.startsWith('create a new key')) {
      const { refusals } = proxy;
      // While it waits for AWS to know the key.
      void until(() => proxy.refusals > refusals).then(() =>
        interrupted.abort(new Error('Interrupted by SIGINT.')),
      );
    }
  };

  await expect(restore({ signal: interrupted.signal, onStep }, aws)).rejects.toThrow(
    'Interrupted by SIGINT.',
  );
  expect([await config(), await keys()]).toEqual(before);
});

test('where AWS does not know the new key in time, it is deleted; where it comes to, the key is waited for', async () => {
  const aws = { ...adminSide(sandbox), iamOf: throughProxy };
  await KILLS.wrong();
  const before = [await config(), await keys()];

  await expect(restore({ waitSeconds: 2 }, aws)).rejects.toThrow('does not accept the new key after 2 s');
  expect([await config(), await keys()]).toEqual(before);

  proxy.delayMs = 3_000;
  expect(await restore({}, aws)).toMatchObject({ state: 'wrong', after: { answer: 'accepted' } });
  expect(proxy.refusals).toBeGreaterThan(3);
});

test('a user with two keys of which Vault uses neither is an error that names them', async () => {
  const { access_key } = await config();
  await sandbox.iam().send(new CreateAccessKeyCommand({ UserName }));
  await KILLS.missing();

  await expect(restore()).rejects.toThrow(new RegExp(`has 2 access keys.*${access_key}.*Delete the one`));
  expect(await keys()).toHaveLength(2);
});
