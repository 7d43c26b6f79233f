import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  InferredAuthRole,
  StsRole,
} from '../../lib/constructs/vault';
import { methodStack, MOUNT } from './support/method-stack';
import { TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => (sandbox = await TestSandbox.start()));
afterAll(() => sandbox.stop());

type Declare = (value: string, mount: AwsAuthMount, stack: TerraformStack) => unknown;

const iam = (mount: AwsAuthMount, stack: TerraformStack, props: object) =>
  new IamAuthRole(stack, 'role', {
    mount,
    roleName: 'app',
    boundPrincipals: [BoundPrincipal.arn('arn:aws:iam::123456789012:user/*')],
    ...props,
  });
const ec2 = (mount: AwsAuthMount, stack: TerraformStack, props: object) =>
  new Ec2AuthRole(stack, 'role', { mount, roleName: 'app', ...props });

// Vault takes each of these bad values without a word; no role that holds one ever lets anybody in, or it has another name.
describe('a value that is known only at apply stops the apply where Vault would misread it:', () => {
  test.each<[string, Declare, string, string]>([
    [
      'boundPrincipals[0]',
      (value, mount, stack) =>
        iam(mount, stack, {
          boundPrincipals: [BoundPrincipal.arn(value, 'role')],
          resolveAwsUniqueIds: false,
        }),
      'arn:aws:sts::123456789012:assumed-role/app/session',
      'arn:aws:iam::123456789012:role/app',
    ],
    ['roleName', (roleName, mount, stack) => iam(mount, stack, { roleName }), 'App', 'app'],
    ['policies[0]', (value, mount, stack) => iam(mount, stack, { policies: [value] }), 'Reader', 'reader'],
    [
      'boundAmiIds[0]',
      (value, mount, stack) => ec2(mount, stack, { boundAmiIds: [value] }),
      'my-image',
      'ami-01234567',
    ],
    [
      'boundInstanceProfileArns[0]',
      (value, mount, stack) => ec2(mount, stack, { boundInstanceProfileArns: [value] }),
      'web',
      'arn:aws:iam::123456789012:instance-profile/web',
    ],
    [
      'boundRegions[0]',
      (value, mount, stack) => ec2(mount, stack, { boundRegions: [value] }),
      'us-east-1a',
      'us-east-1',
    ],
    [
      'inferredRegion',
      (inferredRegion, mount, stack) =>
        new InferredAuthRole(stack, 'role', {
          mount,
          roleName: 'app',
          inferredRegion,
          boundAmiIds: ['ami-01234567'],
        }),
      'Frankfurt',
      'eu-central-1',
    ],
    [
      'accountId',
      (accountId, mount, stack) =>
        new StsRole(stack, 'sts', { mount, accountId, roleArn: 'arn:aws:iam::222222222222:role/vault' }),
      '2222',
      '222222222222',
    ],
    [
      'roleArn',
      (roleArn, mount, stack) => new StsRole(stack, 'sts', { mount, accountId: '222222222222', roleArn }),
      'arn:aws:iam::333333333333:role/vault',
      'arn:aws:iam::222222222222:role/vault',
    ],
    [
      'endpoints.ec2',
      (ec2, mount, stack) =>
        new AwsAuthClient(stack, 'other_client', {
          mount: new AwsAuthMount(stack, 'other', { path: 'aws_other' }),
          credentials: { ambient: true },
          endpoints: { ec2 },
        }),
      'ec2.local',
      'https://ec2.local',
    ],
    ['path', (path, mount, stack) => new AwsAuthMount(stack, 'other', { path }), 'a/../b', 'aws_other'],
  ])('%s', async (place, declare, bad, good) => {
    const stack = methodStack(sandbox, (mount, stack) => {
      declare(new TerraformVariable(stack, 'value', { type: 'string' }).stringValue, mount, stack);
    });
    sandbox.synthStack(stack);
    await sandbox.init();
    const apply = (value: string) =>
      sandbox.terraform('apply', '-input=false', '-auto-approve', `-var=value=${value}`);

    const refused = await apply(bad);
    expect(refused.exitCode).toBe(1);
    // Terraform breaks the line where it likes.
    const output = refused.output.replace(/[\s│]+/g, ' ');
    expect(output).toContain('Resource precondition failed');
    expect(output).toContain(`${place}: `);
    expect(output).toContain(`got '${bad}'`);
    expect(await sandbox.vault('GET', 'sys/auth')).not.toHaveProperty(`${MOUNT}/`);

    expect((await apply(good)).exitCode).toBe(0);
    await sandbox.mustSucceed('destroy', '-input=false', '-auto-approve', `-var=value=${good}`);
  });
});

describe('a list that is known only at apply stops the apply where Vault would misread it:', () => {
  test.each<
    [string, (list: string[], mount: AwsAuthMount, stack: TerraformStack) => unknown, string[][], string[]]
  >([
    [
      'boundSubnetIds',
      (boundSubnetIds, mount, stack) => ec2(mount, stack, { boundSubnetIds, boundRegions: ['us-east-1'] }),
      [[], ['subnet-01234567', 'vpc-01234567']],
      ['subnet-01234567', 'subnet-89abcdef'],
    ],
    ['policies', (policies, mount, stack) => iam(mount, stack, { policies }), [['reader', 'Writer']], []],
  ])('%s', async (place, declare, bad, good) => {
    const stack = methodStack(sandbox, (mount, stack) => {
      declare(new TerraformVariable(stack, 'list', { type: 'list(string)' }).listValue, mount, stack);
    });
    sandbox.synthStack(stack);
    await sandbox.init();
    const apply = (list: string[]) =>
      sandbox.terraform('apply', '-input=false', '-auto-approve', `-var=list=${JSON.stringify(list)}`);

    for (const list of bad) {
      const refused = await apply(list);
      expect(refused.exitCode).toBe(1);
      const output = refused.output.replace(/[\s│]+/g, ' ');
      expect(output).toContain('Resource precondition failed');
      expect(output).toContain(
        list.length === 0 ? `${place}: must not be empty` : `got '${list.join("', '")}'`,
      );
      expect(await sandbox.vault('GET', 'sys/auth')).not.toHaveProperty(`${MOUNT}/`);
    }

    expect((await apply(good)).exitCode).toBe(0);
    const { data } = await sandbox.vault('GET', `auth/${MOUNT}/role/app`);
    expect(data).toMatchObject(place === 'policies' ? { token_policies: good } : { bound_subnet_id: good });
    await sandbox.mustSucceed(
      'destroy',
      '-input=false',
      '-auto-approve',
      `-var=list=${JSON.stringify(good)}`,
    );
  });
});

test('an ARN with a reference in it is checked as a whole', async () => {
  sandbox.synthStack(
    methodStack(sandbox, (mount, stack) => {
      const account = new TerraformVariable(stack, 'account', { type: 'string' }).stringValue;
      iam(mount, stack, { boundPrincipals: [BoundPrincipal.arn(`arn:aws:iam::${account}:user/*`)] });
    }),
  );
  await sandbox.init();
  const apply = (account: string) =>
    sandbox.terraform('apply', '-input=false', '-auto-approve', `-var=account=${account}`);

  const refused = await apply('1234');
  expect(refused.exitCode).toBe(1);
  expect(refused.output.replace(/[\s│]+/g, ' ')).toContain("got 'arn:aws:iam::1234:user/*'");
  expect((await apply('123456789012')).exitCode).toBe(0);
});
