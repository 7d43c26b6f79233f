import type { AwsSide } from '../../../lib/operate/runbook';
import type { AccessKey } from '../../../sandbox/servers';
import { ACCOUNT, type TestSandbox } from './test-sandbox';

/** The sandbox's AWS, as its administrator sees it, or whoever has a key of another account. */
export function adminSide(
  sandbox: TestSandbox,
  accountId = ACCOUNT,
  key: AccessKey & { sessionToken?: string } = sandbox.record.aws.admin,
): AwsSide {
  const iamOf: AwsSide['iamOf'] = (other) => sandbox.iam(other);
  return { accountId, partition: 'aws', iam: sandbox.iam(key), iamOf };
}
