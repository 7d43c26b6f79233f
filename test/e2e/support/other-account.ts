import type { IAMClient } from '@aws-sdk/client-iam';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { SANDBOX_REGION } from '../../../lib/sandbox/region';
import { ACCOUNT, type TestSandbox } from './test-sandbox';

const EVERYBODY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
});

/** Credentials of a role: a session, as EC2, Lambda or IAM Identity Center give them. */
export async function assumeRole(sandbox: TestSandbox, role: string, account = ACCOUNT) {
  const { endpoint, admin } = sandbox.record.aws;
  const sts = new STSClient({ endpoint, region: SANDBOX_REGION, credentials: admin });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${role}`, RoleSessionName: 'session' }),
  );
  return {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  };
}

/** Makes a role in the sandbox's own account that everybody may assume. */
export async function createRole({ iam }: { iam: IAMClient }, RoleName: string): Promise<void> {
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: EVERYBODY }));
}

/** Lets the next calls pass unchecked, to lay what moto's enforcement can't lay: roles of another account. */
export async function withoutEnforcement<T>({ record }: TestSandbox, act: () => Promise<T>): Promise<T> {
  const reset = (calls: string) =>
    fetch(`${record.aws.endpoint}/moto-api/reset-auth`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      body: calls,
    });
  await reset('1000000');
  try {
    return await act();
  } finally {
    await reset('0');
  }
}
