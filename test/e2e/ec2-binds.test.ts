import { ec2Login, inferredLogin, refusal } from './support/ec2-login';
import { type Bind, configure, roleOf } from './support/ec2-method';
import { MOUNT } from './support/method-stack';
import { type Fleet, runFleet } from './support/fleet';
import { identityDocument, type Instance } from './support/instance';
import { IdentityAuthority } from './support/instance-identity';
import { TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
let fleet: Fleet;
const authority = new IdentityAuthority();

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  fleet = await runFleet(sandbox);
  await configure(sandbox, fleet, authority);
});
afterAll(() => sandbox.stop());

/** An EC2 login. The nonce is always the same: instances log in several times here. */
const logIn = (instance: Instance, role: string) => {
  const document = identityDocument(instance);
  const identity = { document, signature: authority.sign(document) };
  return ec2Login(sandbox, { mountPath: MOUNT, role, identity, nonce: 'n' });
};

const logInInferred = (instance: Instance, role: string, sessionName?: string) =>
  inferredLogin(sandbox, { mountPath: MOUNT, role, instance, sessionName });

/** The bind, an instance that it keeps out of a role bound to the instance `app`, and Vault's word for it. */
const BINDS: [Bind, Exclude<keyof Fleet, 'foreignLookupRole'>, RegExp][] = [
  ['boundAmiIds', 'other', /AMI ID "ami-\w+" does not belong to role/],
  ['boundAccountIds', 'foreign', /account ID "222222222222" does not belong to role/],
  ['boundVpcIds', 'other', /VPC ID "vpc-\w+" does not satisfy the constraint/],
  ['boundSubnetIds', 'other', /subnet ID "subnet-\w+" does not satisfy the constraint/],
  ['boundInstanceIds', 'other', /instance ID "i-\w+" does not belong to the role/],
  ['boundInstanceProfileArns', 'other', /IAM instance profile ARN ".*other-profile" does not satisfy/],
  ['boundIamRoleArns', 'other', /IAM role ARN ".*\/other" does not satisfy the constraint/],
];

describe.each(BINDS)('%s', (bind, outsider, text) => {
  test('lets the instance in that has it, and keeps others out', async () => {
    await logIn(fleet.app, roleOf('ec2', bind));

    await expect(logIn(fleet[outsider], roleOf('ec2', bind))).rejects.toMatchObject(refusal(text));
  });

  test('does so where the instance is inferred from the session, too', async () => {
    await logInInferred(fleet.app, roleOf('inferred', bind));

    await expect(logInInferred(fleet[outsider], roleOf('inferred', bind))).rejects.toMatchObject(
      refusal(text),
    );
  });
});

test('boundRegions lets the instances of the region in, and keeps others out', async () => {
  await logIn(fleet.app, 'ec2_region');

  await expect(logIn(fleet.abroad, 'ec2_region')).rejects.toMatchObject(
    refusal('Region "eu-west-1" does not satisfy the constraint'),
  );
});

describe('an instance is inferred', () => {
  test('from the name of the session, and named in the metadata', async () => {
    const { instanceId, accountId, region } = fleet.app;

    expect(await logInInferred(fleet.app, 'inferred')).toMatchObject({
      token_policies: ['billing', 'default', 'reports'],
      metadata: {
        account_id: accountId,
        inferred_entity_id: instanceId,
        inferred_aws_region: region,
      },
    });
  });

  test('not from a session of another name', async () => {
    await expect(logInInferred(fleet.app, 'inferred', 'session')).rejects.toMatchObject(
      refusal('failed to verify session as a valid EC2 instance in region us-east-1'),
    );
  });

  test('not in another region than that of the role', async () => {
    await expect(logInInferred(fleet.abroad, 'inferred')).rejects.toMatchObject(
      refusal(/failed to verify i-\w+ as a valid EC2 instance in region us-east-1/),
    );
  });

  test('wrongly where somebody names a session after it, unless the role of the session is bound', async () => {
    const { instanceId } = fleet.app;

    expect(
      await logInInferred(fleet.other, roleOf('inferred', 'boundIamRoleArns'), instanceId),
    ).toMatchObject({
      metadata: { inferred_entity_id: instanceId, client_arn: expect.stringContaining('/other/') as string },
    });
    await expect(logInInferred(fleet.other, 'inferred_principal', instanceId)).rejects.toMatchObject(
      refusal(/IAM Principal ".*\/other\/i-\w+" does not belong to the role/),
    );
    await logInInferred(fleet.app, 'inferred_principal');
  });
});
