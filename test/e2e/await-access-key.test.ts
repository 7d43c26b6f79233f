import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const SCRIPT = join(__dirname, '../../lib/constructs/aws/await-access-key.sh');
const KEY = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'the/secret+half' };

/** Stands in for IAM: answers with these statuses, one a call, the last for ever. */
let iam: Server;
let statuses: number[];
let text = '';
let calls: { authorization?: string; body: string }[];

beforeAll(async () => {
  iam = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.statusCode = statuses[Math.min(calls.length, statuses.length - 1)]!;
      calls.push({ authorization: request.headers.authorization, body });
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => iam.listen(0, '127.0.0.1', resolve));
});
afterAll(() => iam.close());
beforeEach(() => {
  calls = [];
  text = '';
});

const wait = (env: Record<string, string | undefined> = {}) =>
  execa('sh', [SCRIPT], {
    env: {
      ...KEY,
      LOOK_UP: 'look-up-users',
      AWS_PARTITION: 'aws',
      IAM_ENDPOINT: `http://127.0.0.1:${(iam.address() as AddressInfo).port}`,
      WAIT_SECONDS: '20',
      ...env,
    },
    reject: false,
  });

test('the key is ready once IAM answered to it three times in a row', async () => {
  statuses = [403, 404, 403, 404, 404, 404];

  expect(await wait()).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  expect(calls).toHaveLength(6);
});

test.each([
  ['look-up-users', 'Action=GetUser&UserName=vault-aws-auth-probe&Version=2010-05-08'],
  ['look-up-roles', 'Action=GetRole&RoleName=vault-aws-auth-probe&Version=2010-05-08'],
])('it is tried with what it is for, signed for IAM: %s', async (LOOK_UP, body) => {
  statuses = [404];
  await wait({ LOOK_UP });

  expect(calls[0]).toEqual({
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/us-east-1\/iam\/aws4_request/,
    ) as string,
    body,
  });
});

test.each([
  ['AccessDenied', 0],
  ['InvalidClientTokenId', 11],
])(
  'a key that may look nothing up is known where IAM refuses it by %s: exit status %d',
  async (code, status) => {
    statuses = [403];
    text = `<Error><Code>${code}</Code></Error>`;

    expect(await wait({ LOOK_UP: 'nothing', WAIT_SECONDS: '4' })).toMatchObject({ exitCode: status });
  },
);

describe('a key that may only assume a role of another account', () => {
  const assuming = (env: Record<string, string> = {}) => {
    text = '<Error><Code>AccessDenied</Code></Error>';
    const STS_ENDPOINT = `http://127.0.0.1:${(iam.address() as AddressInfo).port}`;
    const ASSUME_ROLE = 'arn:aws:iam::222222222222:role/vault';
    return wait({ LOOK_UP: 'nothing', ASSUME_ROLE, STS_ENDPOINT, STS_REGION: 'eu-central-1', ...env });
  };

  test('is waited for until it may, because its policy is in force only then', async () => {
    statuses = [403, 403, 403, 403, 403, 200];

    expect(await assuming({ EXTERNAL_ID: 'a/b' })).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(calls).toHaveLength(6);
    expect(calls[5]).toEqual({
      authorization: expect.stringContaining('/eu-central-1/sts/aws4_request') as string,
      body: 'Action=AssumeRole&Version=2011-06-15&RoleSessionName=vault-aws-auth-probe&RoleArn=arn%3Aaws%3Aiam%3A%3A222222222222%3Arole%2Fvault&ExternalId=a%2Fb',
    });
  });

  test('is let through after a while, because the role itself may refuse it', async () => {
    statuses = [403];

    expect(await assuming({ ASSUME_SECONDS: '2' })).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(calls.length).toBeGreaterThan(3);
  });
});

test('no answer in time is exit status 11, with the last status and no secret', async () => {
  statuses = [403];

  const { exitCode, stderr } = await wait({ WAIT_SECONDS: '1' });

  expect(exitCode).toBe(11);
  expect(stderr).toBe('IAM does not answer to the new key after 1 s; its last status was 403');
});

test.each([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-iso', 'us-iso-east-1'],
  ['aws-iso-b', 'us-isob-east-1'],
  ['aws-iso-e', 'eu-isoe-west-1'],
  ['aws-iso-f', 'us-isof-south-1'],
  ['aws-eusc', 'eusc-de-east-1'],
])('at an endpoint of IAM it signs for the region of the partition: %s', async (AWS_PARTITION, region) => {
  statuses = [404];
  await wait({ AWS_PARTITION });

  expect(calls[0]!.authorization).toContain(`/${region}/iam/aws4_request`);
});

test.each([
  [{ IAM_ENDPOINT: undefined, AWS_PARTITION: 'aws-iso' }, 'has no known IAM endpoint: set endpoints.iam'],
  [{ AWS_PARTITION: 'aws-moon' }, 'has no known region of IAM to sign for'],
])('a partition that is not known well enough is exit status 11: %j', async (env, says) => {
  expect(await wait(env)).toMatchObject({
    exitCode: 11,
    stderr: `partition '${env.AWS_PARTITION}' ${says}`,
  });
});

describe('with another curl', () => {
  let bin: string;
  beforeEach(() => (bin = mkdtempSync(join(tmpdir(), 'bin-'))));
  afterEach(() => rmSync(bin, { recursive: true }));

  const withCurl = (script: string) => {
    writeFileSync(join(bin, 'curl'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, 'curl'), 0o755);
    return wait({ PATH: `${bin}:${process.env.PATH}` });
  };

  test('that is too old, exit status 10 says what is needed', async () => {
    expect(await withCurl('echo --user')).toMatchObject({
      exitCode: 10,
      stderr: 'curl 7.75 or newer is needed, for its --aws-sigv4',
    });
  });

  test('the key is not among its arguments, where others could see it', async () => {
    const log = join(bin, 'arguments');
    const { exitCode } = await withCurl(
      `echo "$@" >> ${log}; if [ "$1" = --help ]; then echo --aws-sigv4; else printf 404; fi`,
    );

    expect(exitCode).toBe(0);
    const text = readFileSync(log, 'utf8');
    expect(text).toContain('--config -');
    expect(text).not.toContain(KEY.AWS_SECRET_ACCESS_KEY);
  });
});
