import { AddUserToGroupCommand, CreateGroupCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SANDBOX_REGION } from '../../sandbox/region';
import { IamGroups } from '../../lib/constructs/vault';
import type { AccessKey } from '../../sandbox/servers';
import { Directory } from './support/groups';
import { methodStack } from './support/method-stack';
import { assumeRole, createRole, withoutEnforcement } from './support/other-account';
import { TestSandbox } from './support/test-sandbox';

const OTHER = '222222222222';

let sandbox: TestSandbox;
let eve: AccessKey;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await withoutEnforcement(sandbox, async () => {
    const iam = sandbox.iam(await assumeRole(sandbox, 'outsider', OTHER));
    await createRole({ iam }, 'reader');
    const Statement = [{ Effect: 'Allow', Action: 'iam:GetGroup', Resource: '*' }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'groups', PolicyDocument }));
    eve = await sandbox.createUser('eve', iam);
    await iam.send(new CreateGroupCommand({ GroupName: 'developers' }));
    await iam.send(new AddUserToGroupCommand({ GroupName: 'developers', UserName: 'eve' }));
  });
});
afterAll(() => sandbox.stop());

test('members of a group of another account log in, though Vault may look nothing up there', async () => {
  await sandbox.applyStack(
    methodStack(
      sandbox,
      (mount, stack) => {
        const provider = new AwsProvider(stack, 'other', {
          alias: 'other',
          region: SANDBOX_REGION,
          assumeRole: [{ roleArn: `arn:aws:iam::${OTHER}:role/reader` }],
        });
        new IamGroups(stack, 'groups', {
          mount,
          roleName: 'people',
          groups: { developers: ['developer'] },
          provider,
        });
      },
      { identity: { iamAlias: 'unique_id' } },
    ),
  );

  expect((await new Directory(sandbox).logIn(eve)).identity_policies).toEqual(['developer']);
  expect(await sandbox.plannedChanges()).toBeUndefined();
});
