import type { IAMClient } from '@aws-sdk/client-iam';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { SANDBOX_REGION } from '../../../sandbox/region';
import { ACCOUNT, type TestSandbox } from './test-sandbox';

/** A trust policy: everybody may assume the role. */
export const EVERYBODY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
});

/**
 * Credentials of a role: a session, as EC2, Lambda or IAM Identity Center give them.
 *
 * @param role the name, with the path before it where the role has one
 * @param sessionName EC2 takes the instance's ID, IAM Identity Center the person's name
 */
export async function assumeRole(
  sandbox: TestSandbox,
  role: string,
  account = ACCOUNT,
  sessionName = 'session',
) {
  const { endpoint, admin } = sandbox.record.aws;
  const sts = new STSClient({ endpoint, region: SANDBOX_REGION, credentials: admin });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${role}`, RoleSessionName: sessionName }),
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
