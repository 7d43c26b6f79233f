import { IamAccessKey } from '@cdktf/provider-aws/lib/iam-access-key';
import { Fn, type TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { VaultIamUser } from '../../../lib/constructs/aws';
import { check, type InvalidAppError } from '../../../lib/constructs/checks';
import {
  AwsAuthClient,
  AwsAuthMount,
  AwsCertificate,
  BoundPrincipal,
  type ClientCredentials,
  Ec2AuthRole,
  IamAuthRole,
  IamGroups,
  RoleTag,
  StsRole,
  VaultPolicy,
} from '../../../lib/constructs/vault';
import { testApp } from '../../support/app';
import { emptyStack } from '../../support/stack';

const twoStacks = () => {
  const app = testApp();
  return { app, one: emptyStack(app, 'one'), two: emptyStack(app, 'two') };
};

const thrownBy = (build: () => unknown): readonly string[] => {
  try {
    build();
    return [];
  } catch (error) {
    return (error as InvalidAppError).problems;
  }
};

describe('a construct on a mount of another stack is refused, and both are named:', () => {
  const boundPrincipals = [BoundPrincipal.role('app')];
  test.each<[string, (stack: TerraformStack, mount: AwsAuthMount) => unknown]>([
    [
      'IamAuthRole',
      (stack, mount) => new IamAuthRole(stack, 'it', { mount, roleName: 'a', boundPrincipals }),
    ],
    [
      'AwsAuthClient',
      (stack, mount) => new AwsAuthClient(stack, 'it', { mount, credentials: { ambient: true } }),
    ],
    [
      'StsRole',
      (stack, mount) =>
        new StsRole(stack, 'it', {
          mount,
          accountId: '222222222222',
          roleArn: 'arn:aws:iam::222222222222:role/vault',
        }),
    ],
    [
      'AwsCertificate',
      (stack, mount) => new AwsCertificate(stack, 'it', { mount, certificateName: 'a', pem: '' }),
    ],
  ])('%s', (_, declare) => {
    const { one, two } = twoStacks();
    const mount = new AwsAuthMount(one, 'mount');

    expect(thrownBy(() => declare(two, mount))).toEqual([
      "[two/it] mount: 'one/mount' is in the stack 'one', and this is in the stack 'two', so Terraform could not order their writes; declare both in one stack",
    ]);
  });

  test('groups, by their role', () => {
    const { one, two } = twoStacks();
    const mount = new AwsAuthMount(one, 'mount', { identity: { iamAlias: 'unique_id' } });

    expect(
      thrownBy(() => new IamGroups(two, 'groups', { mount, roleName: 'people', groups: { developers: [] } })),
    ).toEqual([expect.stringMatching(/^\[two\/groups\/role\] mount: 'one\/mount' is in the stack 'one'/)]);
  });

  test('a role tag, whose role is in another stack', () => {
    const { one, two } = twoStacks();
    const role = new Ec2AuthRole(one, 'role', {
      mount: new AwsAuthMount(one, 'mount'),
      roleName: 'web',
      boundAmiIds: ['ami-01234567'],
      roleTag: 'tag',
    });

    expect(thrownBy(() => new RoleTag(two, 'tag', { role }))).toEqual([
      expect.stringMatching(/^\[two\/tag\] role: 'one\/role' is in the stack 'one'/),
    ]);
  });
});

describe('a key of another stack is refused, because its secret would be an output:', () => {
  const refused = (credentials: (one: TerraformStack) => ClientCredentials) => {
    const { app, one, two } = twoStacks();
    const made = credentials(one);
    const mount = new AwsAuthMount(two, 'mount');
    const problems = thrownBy(() => new AwsAuthClient(two, 'client', { mount, credentials: made }));
    app.node.findAll().forEach((construct) => {
      if (construct === one || construct === two) {
        (construct as TerraformStack).prepareStack();
      }
    });
    return { problems, output: (JSON.parse(Testing.synth(one)) as { output?: object }).output };
  };

  test('that of a VaultIamUser, which is named', () => {
    const { problems, output } = refused(
      (one) => new VaultIamUser(one, 'user', { permissionsFor: [] }).credentials,
    );

    expect(problems).toEqual([
      "[two/client] credentials: what makes them, 'one/user/policy_attachment', is in another stack, and the secret would become an output of that stack; declare both in one stack",
    ]);
    expect(output).toBeUndefined();
  });

  const key = (one: TerraformStack) => new IamAccessKey(one, 'key', { user: 'vault' });
  test.each<[string, (one: TerraformStack) => ClientCredentials]>([
    ['one by hand', (one) => ({ accessKeyId: 'AKIA0', secretAccessKey: key(one).secret, usableAfter: [] })],
    [
      'one inside of a function',
      (one) => ({
        accessKeyId: 'AKIA0',
        secretAccessKey: Fn.trimspace(key(one).secret),
        usableAfter: [],
      }),
    ],
    [
      'a write-only one',
      (one) => ({
        accessKeyId: 'AKIA0',
        secretAccessKeyWriteOnly: new TerraformVariable(one, 'secret', { sensitive: true }).stringValue,
        secretAccessKeyVersion: 1,
      }),
    ],
  ])('%s', (_, credentials) => {
    const { problems, output } = refused(credentials);

    expect(problems).toEqual([
      "[two/client] credentials: what makes them, 'one', is in another stack, and the secret would become an output of that stack; declare both in one stack",
    ]);
    expect(output).toBeUndefined();
  });
});

describe('what crosses stacks by its name works:', () => {
  test('the policies of a role, whose stack is applied after them', () => {
    const { app, one, two } = twoStacks();
    const policy = new VaultPolicy(one, 'policy', {
      policyName: 'reader',
      rules: [{ path: 'a', capabilities: ['read'] }],
    });
    new IamAuthRole(two, 'role', {
      mount: new AwsAuthMount(two, 'mount'),
      roleName: 'app',
      boundPrincipals: [BoundPrincipal.role('app')],
      policies: [policy],
    });

    expect(check(app).problems).toEqual([]);
    [one, two].forEach((stack) => stack.prepareStack());
    const { resource, data } = JSON.parse(Testing.synth(two)) as {
      resource: { vault_aws_auth_backend_role: { role: { token_policies: string[] } } };
      data: object;
    };
    expect(resource.vault_aws_auth_backend_role.role.token_policies).toEqual(['reader']);
    expect(data).not.toHaveProperty('terraform_remote_state');
    expect(two.dependencies).toEqual([one]);
  });

  test("Vault's IAM user, which may do what the roles of the other stack need", () => {
    const { app, one, two } = twoStacks();
    const mount = new AwsAuthMount(one, 'mount');
    new IamAuthRole(one, 'role', { mount, roleName: 'app', boundPrincipals: [BoundPrincipal.role('app')] });
    new VaultIamUser(two, 'user', { permissionsFor: mount });

    expect(check(app).problems).toEqual([]);
    [one, two].forEach((stack) => stack.prepareStack());
    expect(Testing.synth(two)).toContain('iam:GetRole');
    expect(JSON.parse(Testing.synth(one))).not.toHaveProperty('output');
  });
});
