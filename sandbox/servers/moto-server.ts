import { join } from 'node:path';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import getPort from 'get-port';
import { SANDBOX_REGION } from '../region';
import { type ServerProcess, startServer, untilReady } from './server-process';

/** An access key of the emulated AWS. The second half is secret. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface MotoServer {
  readonly endpoint: string;
  /** The key of an administrator of the account. */
  readonly admin: AccessKey;
  readonly process: ServerProcess;
}

/**
 * Starts moto on a free loopback port, with an administrator, and makes it enforce signatures and IAM policies.
 *
 * @param executable path of moto_server
 * @param logFolder gets `moto.log`
 */
export async function startMoto(executable: string, logFolder: string): Promise<MotoServer> {
  const port = await getPort({ host: '127.0.0.1' });
  const endpoint = `http://127.0.0.1:${port}`;
  const logFile = join(logFolder, 'moto.log');
  const server = await startServer({
    command: executable,
    // Loopback only, because its own API shows every secret to anyone who asks.
    args: ['-H', '127.0.0.1', '-p', String(port)],
    logFile,
  });
  await untilReady('moto', `${endpoint}/moto-api/data.json`, server, logFile);
  const admin = await createAdministrator(endpoint);
  await enforceIam(endpoint);
  return { endpoint, admin, process: server };
}

async function createAdministrator(endpoint: string): Promise<AccessKey> {
  const iam = new IAMClient({
    endpoint,
    region: SANDBOX_REGION,
    credentials: { accessKeyId: 'not-checked-yet', secretAccessKey: 'not-checked-yet' },
  });
  const UserName = 'administrator';
  await iam.send(new CreateUserCommand({ UserName }));
  const { Policy } = await iam.send(
    new CreatePolicyCommand({
      PolicyName: 'administrator',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
      }),
    }),
  );
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Policy!.Arn }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

/** From now on moto checks every call's signature and whether its caller may make it. */
async function enforceIam(endpoint: string): Promise<void> {
  const response = await fetch(`${endpoint}/moto-api/reset-auth`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/plain' },
    body: '0',
  });
  if (!response.ok) {
    throw new Error(`moto at ${endpoint} refused to enforce IAM: status ${response.status}`);
  }
}
