import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { type Instance, runInstance } from './instance';
import { assumeRole, createRole, withoutEnforcement } from './other-account';
import type { TestSandbox } from './test-sandbox';

const OTHER_ACCOUNT = '222222222222';

/** The actions by which Vault looks an instance up, and its role. */
export const LOOKUPS = ['ec2:DescribeInstances', 'iam:GetInstanceProfile'];

/** Instances that a bind can let in or keep out: no two share anything but the account and the region. */
export interface Fleet {
  readonly app: Instance;
  readonly other: Instance;
  /** Of another region. */
  readonly abroad: Instance;
  /** Of another account. */
  readonly foreign: Instance;
  /** What Vault assumes to look up instances of the other account. */
  readonly foreignLookupRole: string;
}

export async function runFleet(sandbox: TestSandbox): Promise<Fleet> {
  return {
    app: await runInstance(sandbox, { name: 'app' }),
    other: await runInstance(sandbox, { name: 'other' }),
    abroad: await runInstance(sandbox, { name: 'abroad', region: 'eu-west-1' }),
    ...(await withoutEnforcement(sandbox, () => runForeign(sandbox))),
  };
}

async function runForeign(sandbox: TestSandbox): Promise<Pick<Fleet, 'foreign' | 'foreignLookupRole'>> {
  const credentials = await assumeRole(sandbox, 'outsider', OTHER_ACCOUNT);
  const iam = sandbox.iam(credentials);
  await createRole({ iam }, 'vault');
  await iam.send(
    new PutRolePolicyCommand({ RoleName: 'vault', PolicyName: 'lookups', PolicyDocument: allow(LOOKUPS) }),
  );
  return {
    foreign: await runInstance(sandbox, { name: 'foreign', credentials }),
    foreignLookupRole: `arn:aws:iam::${OTHER_ACCOUNT}:role/vault`,
  };
}

/** An IAM policy document. */
export function allow(Action: string[], Resource = '*'): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
}
