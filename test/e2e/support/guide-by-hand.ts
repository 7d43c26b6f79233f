import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
} from '@aws-sdk/client-iam';
import { execa } from 'execa';
import type { AccessKey } from '../../../sandbox/servers';
import { ACCOUNT, type TestSandbox } from './test-sandbox';

/** The IAM policy of the guide, with the actions to rotate the own key. */
export const GUIDE_IAM_POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['ec2:DescribeInstances', 'iam:GetInstanceProfile', 'iam:GetUser', 'iam:GetRole'],
      Resource: '*',
    },
    {
      Sid: 'ManageOwnAccessKeys',
      Effect: 'Allow',
      Action: [
        'iam:CreateAccessKey',
        'iam:DeleteAccessKey',
        'iam:GetAccessKeyLastUsed',
        'iam:GetUser',
        'iam:ListAccessKeys',
        'iam:UpdateAccessKey',
      ],
      Resource: 'arn:aws:iam::*:user/${aws:username}',
    },
  ],
};

/** The policy of the guide, as a person writes it. */
export const GUIDE_POLICY = `# All on the secrets of the engine at secret/
path "secret/data/*" {
  capabilities = ["create", "read", "update", "delete", "list"]
}

path "secret/metadata/*" {
  capabilities = ["list"]
}`;

/** Runs the guide's `vault` in the sandbox. */
export async function vault(sandbox: TestSandbox, args: readonly string[], input = ''): Promise<string> {
  const { stdout } = await execa(sandbox.record.parts.vault.path, args, {
    env: sandbox.env,
    extendEnv: false,
    input,
  });
  return stdout;
}

/** Follows the guide by hand, with its own commands. @returns the keys of Vault's user and of the test user */
export async function followTheGuide(
  sandbox: TestSandbox,
): Promise<{ vaultKey: AccessKey; testKey: AccessKey }> {
  await vault(sandbox, ['auth', 'enable', '-path=aws_test', 'aws']);
  const iam = sandbox.iam();
  const { Policy } = await iam.send(
    new CreatePolicyCommand({
      PolicyName: 'VaultAuthUser',
      PolicyDocument: JSON.stringify(GUIDE_IAM_POLICY),
    }),
  );
  await iam.send(new CreateUserCommand({ UserName: 'vault_auth' }));
  await iam.send(new AttachUserPolicyCommand({ UserName: 'vault_auth', PolicyArn: Policy!.Arn }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'vault_auth' }));
  const vaultKey = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  const { endpoint } = sandbox.record.aws;
  await vault(
    sandbox,
    [
      'write',
      'auth/aws_test/config/client',
      `access_key=${vaultKey.accessKeyId}`,
      // From the standard input: the guide has it on the command line, which others can see.
      'secret_key=-',
      // The sandbox's AWS; the guide has the public one.
      `iam_endpoint=${endpoint}`,
      `sts_endpoint=${endpoint}`,
      'sts_region=us-east-1',
      `endpoint=${endpoint}`,
    ],
    vaultKey.secretAccessKey,
  );
  const testKey = await sandbox.createUser('dev_account');
  await vault(sandbox, ['policy', 'write', 'dev_policy', '-'], GUIDE_POLICY);
  await vault(sandbox, [
    'write',
    'auth/aws_test/role/dev_role',
    'auth_type=iam',
    `bound_iam_principal_arn=arn:aws:iam::${ACCOUNT}:user/*`,
    'policies=dev_policy',
  ]);
  return { vaultKey, testKey };
}
