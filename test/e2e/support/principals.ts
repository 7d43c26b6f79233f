import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import type { AccessKey } from '../../../sandbox/servers';
import { allow } from './fleet';
import { assumeRole, createRole, EVERYBODY, withoutEnforcement } from './other-account';
import { ACCOUNT, type TestSandbox } from './test-sandbox';

/** Somebody in AWS who can sign a request. */
export interface CallingPrincipal {
  readonly arn: string;
  readonly key: AccessKey;
}

export const iamArn = (resource: string, account = ACCOUNT) => `arn:aws:iam::${account}:${resource}`;

/** One of each kind, with and without a path: users, sessions of roles, and eve of the other account. */
export async function makePrincipals(
  sandbox: TestSandbox,
  otherAccount: string,
): Promise<Record<string, CallingPrincipal>> {
  const iam = sandbox.iam();
  await createRole({ iam }, 'worker');
  const deploy = { RoleName: 'deploy', Path: '/services/', AssumeRolePolicyDocument: EVERYBODY };
  await iam.send(new CreateRoleCommand(deploy));
  const eve = await withoutEnforcement(sandbox, async () => {
    const foreign = sandbox.iam(await assumeRole(sandbox, 'outsider', otherAccount));
    await createRole({ iam: foreign }, 'vault');
    const lookUps = { PolicyName: 'look-ups', PolicyDocument: allow(['iam:GetUser']) };
    await foreign.send(new PutRolePolicyCommand({ RoleName: 'vault', ...lookUps }));
    return sandbox.createUser('eve', foreign);
  });
  return {
    alice: { arn: iamArn('user/alice'), key: await sandbox.createUser('alice') },
    bob: { arn: iamArn('user/team/bob'), key: await sandbox.createUser('bob', iam, '/team/') },
    mallory: { arn: iamArn('user/mallory'), key: await sandbox.createUser('mallory') },
    worker: {
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/worker/session`,
      key: await assumeRole(sandbox, 'worker'),
    },
    deploy: { arn: iamArn('role/services/deploy'), key: await assumeRole(sandbox, 'services/deploy') },
    eve: { arn: iamArn('user/eve', otherAccount), key: eve },
  };
}
