import { TerraformStack } from 'cdktf';
import {
  BoundPrincipal,
  StsRole,
  trustedAccount,
  useAws,
  useProviders,
  useStateBackend,
  useVault,
  VaultAgent,
  VaultAwsAuthStack,
} from '../../../lib/constructs';
import { check, type InvalidAppError } from '../../../lib/constructs/checks';
import { AwsAuthMount, Ec2AuthRole, IamAuthRole, VaultPolicy } from '../../../lib/constructs/vault';
import { testApp } from '../../support/app';
import { emptyStack, problemsOf } from '../../support/stack';
import { EXAMPLES } from '../support/tables';

type Build = Parameters<typeof problemsOf>[0];

/** Every problem, whether it is thrown at once or found at synth. */
function allProblems(build: Build): readonly string[] {
  try {
    return problemsOf(build);
  } catch (error) {
    return (error as InvalidAppError).problems;
  }
}

/** The props with one more field in the object at each place. */
function withUnknown(props: object, at = ''): [place: string, props: object][] {
  const here: [string, object] = [`${at}unheardOf`, { ...props, unheardOf: 1 }];
  const below = Object.entries(props).flatMap(([name, value]: [string, unknown]) => {
    const changed = Array.isArray(value)
      ? value.flatMap((entry: unknown, index) =>
          isPlain(entry)
            ? withUnknown(entry, `${at}${name}[${index}].`).map(([place, other]): [string, unknown] => [
                place,
                value.map((each: unknown, i) => (i === index ? other : each)),
              ])
            : [],
        )
      : isPlain(value) && !FREE_KEYS.includes(name)
        ? withUnknown(value, `${at}${name}.`)
        : [];
    return changed.map(([place, other]): [string, object] => [place, { ...props, [name]: other }]);
  });
  return [here, ...below];
}

/** Objects whose keys are names that people choose. */
const FREE_KEYS = ['groups', 'aliasMetadata'];

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const cases = EXAMPLES.flatMap((example) =>
  withUnknown(example.props).map(([place, props]): [string, string, () => readonly string[]] => [
    (example.type as { name: string }).name,
    place,
    () => allProblems((stack) => example.declare(stack, props as typeof example.props)),
  ]),
);

describe('a field that nothing reads is a problem, in the props of each construct and below them:', () => {
  test.each(cases)('%s %s', (_, place, problems) => {
    const [problem, ...more] = problems().filter((each) => each.includes('there is no such field'));

    expect(problem).toMatch(`[stack/it] ${place}: there is no such field`);
    expect(more).toEqual([]);
  });
});

describe('a misspelled prop is reported with the name that is meant:', () => {
  const mount = (stack: TerraformStack) => new AwsAuthMount(stack, 'mount');
  const ec2 = (props: object): Build => {
    return (stack) =>
      new Ec2AuthRole(stack, 'it', {
        mount: mount(stack),
        roleName: 'web',
        boundAmiIds: ['ami-01234567'],
        ...props,
      });
  };

  test.each<[string, Build, string]>([
    ['boundVpcId', ec2({ boundVpcId: ['vpc-01234567'] }), 'boundVpcIds'],
    ['boundIamInstanceProfileArns', ec2({ boundIamInstanceProfileArns: [] }), 'boundInstanceProfileArns'],
    ['tokenBoundCidr', ec2({ tokenBoundCidr: ['10.0.0.0/8'] }), 'tokenBoundCidrs'],
    [
      'boundPrincipal',
      (stack) =>
        new IamAuthRole(stack, 'it', {
          mount: mount(stack),
          roleName: 'app',
          boundPrincipal: [BoundPrincipal.role('app')],
        } as never),
      'boundPrincipals',
    ],
    [
      'account.externalID',
      (stack) =>
        EXAMPLES.find(({ type }) => (type as { name: string }).name === 'VaultLookUpRole')!.declare(stack, {
          account: trustedAccount({ accountId: '222222222222', externalID: 'ab' } as never),
          vaultIdentityArn: 'arn:aws:iam::111111111111:user/vault',
          permissionsFor: [],
        }),
      'externalId',
    ],
    [
      'externalID',
      (stack) =>
        new StsRole(stack, 'it', {
          mount: mount(stack),
          ...trustedAccount({ accountId: '222222222222', externalID: 'ab' } as never),
        }),
      'externalId',
    ],
    [
      'rules[0].requiredParameter',
      (stack) =>
        new VaultPolicy(stack, 'it', {
          policyName: 'dev',
          rules: [{ path: 'a', capabilities: ['read'], requiredParameter: ['b'] } as never],
        }),
      'requiredParameters',
    ],
    [
      'permissionSet.acount',
      (stack) =>
        new IamAuthRole(stack, 'it', {
          mount: mount(stack),
          roleName: 'app',
          boundPrincipals: [
            BoundPrincipal.permissionSet({ name: 'Dev', region: 'eu-central-1', acount: '1' } as never),
          ],
        }),
      'account',
    ],
    [
      'sinks[0].wrapTTL',
      (stack) =>
        new VaultAgent(stack, 'it', {
          role: new Ec2AuthRole(stack, 'role', {
            mount: mount(stack),
            roleName: 'web',
            boundAmiIds: ['ami-01234567'],
          }),
          sinks: [{ path: '/run/token', wrapTTL: 5 } as never],
        }),
      'wrapTtl',
    ],
  ])('%s', (name, build, meant) => {
    expect(allProblems(build)).toContain(
      `[stack/it] ${name}: there is no such field; did you mean '${meant}'?`,
    );
  });

  test('and if none is near, with all that there are', () => {
    const problems = allProblems((stack) =>
      EXAMPLES[0]!.declare(stack, { userName: 'dev', forceDestroy: 'x' }),
    );
    expect(problems).toEqual([
      '[stack/it] forceDestroy: there is no such field; there are userName, path, permissionsBoundary',
    ]);
  });
});

test('all misspelled props of an app are reported at once', () => {
  expect(
    problemsOf((stack) => {
      for (const id of ['one', 'two']) {
        EXAMPLES[0]!.declare(emptyStack(stack.node.root, id), { usrName: 'dev', paths: '/' });
      }
    }),
  ).toEqual(
    ['one', 'two'].flatMap((id) => [
      `[${id}/it] usrName: there is no such field; did you mean 'userName'?`,
      `[${id}/it] paths: there is no such field; did you mean 'path'?`,
    ]),
  );
});

test('a prop that is given as undefined is not written', () => {
  expect(problemsOf((stack) => EXAMPLES[0]!.declare(stack, { unheardOf: undefined }))).toEqual([]);
});

describe('of two ways in one object, none is ignored:', () => {
  const declare = (name: string, props: object): Build => {
    const examples = EXAMPLES.filter(({ type }) => (type as { name: string }).name === name);
    return (stack) => examples[0]!.declare(stack, props as never);
  };

  test.each<[string, Build, string]>([
    [
      'a policy with a file and rules',
      declare('VaultPolicy', {
        policyName: 'dev',
        file: { path: 'dev.hcl', text: '', rules: [], remarks: [] },
        rules: [],
      }),
      'rules: the file has the rules, leave out one of both; got both',
    ],
    [
      'an IAM role that is there, with the name of one that is made',
      declare('VaultIamRole', {
        permissionsFor: [],
        roleArn: 'arn:aws:iam::123456789012:role/vault',
        roleName: 'vault',
      }),
      'roleName: the role is there already, and stays as it is; leave out roleArn or roleName; got both',
    ],
    [
      'a rotation by period and by schedule',
      declare('AwsAuthClient', {
        credentials: { ambient: true },
        serverIdHeader: 'vault',
        rotation: { schedule: '0 3 * * 0', disabled: true },
      }),
      'rotation: must be one of period, schedule and disabled; got schedule and disabled',
    ],
    [
      'a window without a schedule',
      declare('AwsAuthClient', {
        credentials: { ambient: true },
        rotation: { disabled: true, window: { toSeconds: () => 3600 } },
      }),
      'rotation.window: only a schedule has a window, leave it out',
    ],
    [
      'an ambient that is false',
      declare('AwsAuthClient', { credentials: { ambient: false } }),
      "credentials.ambient: must be true, or be left out; got 'false'",
    ],
    [
      'an external ID among the credentials',
      declare('AwsAuthClient', { credentials: { ambient: true, accountID: '1' } }),
      'credentials.accountID: there is no such field; there are ambient, usableAfter, keepsKey, accessKeyId',
    ],
    [
      'a key whose secret is misspelled',
      declare('AwsAuthClient', { credentials: { accessKeyId: 'AKIA', secretAcessKey: 'x' } }),
      "credentials.secretAcessKey: there is no such field; did you mean 'secretAccessKey'?",
    ],
  ])('%s', (_, build, problem) => {
    expect(allProblems(build)).toContain(`[stack/it] ${problem}`);
  });
});

describe('settings that nothing reads are problems:', () => {
  const vault = { address: 'https://vault.example.com:8200' };
  const problemsWith = (settings: object) => {
    try {
      const app = testApp();
      new VaultAwsAuthStack(app, 'it', { vault, ...settings });
      return check(app).problems;
    } catch (error) {
      return (error as InvalidAppError).problems;
    }
  };

  test.each<[object, string]>([
    [{ aws: { testuser: false } }, "[it] aws.testuser: there is no such field; did you mean 'testUser'?"],
    [
      { testUser: false },
      '[it] testUser: there is no such field; there are vault, aws, login, acknowledge, adopt, backend',
    ],
    [
      { login: { boundPrincipal: [BoundPrincipal.user('alice')] } },
      "[it] login.boundPrincipal: there is no such field; did you mean 'boundPrincipals'?",
    ],
    [
      { login: { role: { tokenBoundCidr: ['10.0.0.0/8'] } } },
      "[it/role] tokenBoundCidr: there is no such field; did you mean 'tokenBoundCidrs'?",
    ],
    [
      { login: { role: { policies: ['admin'] } } },
      '[it] login.role.policies: there is no such setting, because the stack gives it; remove it',
    ],
    [
      { aws: { vaultUser: { usrName: 'vault' } } },
      "[it/vault_user] usrName: there is no such field; did you mean 'userName'?",
    ],
    [
      { vault: { ...vault, awsEndpoints: { STS: {} } } },
      "[it/client] endpoints.STS: there is no such field; did you mean 'sts'?",
    ],
    [
      { vault: { ...vault, clientAuth: { certFile: 'a', keyfile: 'b' } } },
      "[it] vault.clientAuth.keyfile: there is no such field; did you mean 'keyFile'?",
    ],
    [
      { backend: { kind: 'S3' } },
      "[it] backend.kind: must be 'local' or 's3' or 'hcp-terraform'; got 'S3'; did you mean 's3'?",
    ],
    [{ backend: {} }, "[it] backend.kind: must be 'local' or 's3' or 'hcp-terraform'; got none"],
    [
      { backend: { kind: 's3', bucket: 'b', region: 'eu-west-1', kmsKeyID: 'k' } },
      "[it] backend.kmsKeyID: there is no such field; did you mean 'kmsKeyId'?",
    ],
    [
      { adopt: { client: { keepAccessKey: true } } },
      "[it] adopt.client.keepAccessKey: there is no such field; did you mean 'keepsAccessKey'?",
    ],
    [{ vault: undefined }, '[it] vault: must be an object; got none'],
    [{ login: { policy: 'dev_policy' } }, '[it] login.policy: must be an object; got a text'],
    [
      { acknowledge: { 'long-tll': 'a reason' } },
      "[it] acknowledge: there is no warning 'long-tll'; did you mean 'long-ttl'?",
    ],
  ])('%j', (settings, problem) => {
    expect(problemsWith(settings)).toContain(problem);
  });
});

describe('what configures a stack refuses it too:', () => {
  test.each<[string, Build, string]>([
    ['useVault', (stack) => useVault(stack, { address: 'x' } as never), 'address'],
    ['useAws', (stack) => useAws(stack, { assumeRole: 'x' } as never), 'assumeRole'],
    ['useProviders', (stack) => useProviders(stack, { vaultAddres: 'x' } as never), 'vaultAddres'],
    ['useStateBackend', (stack) => useStateBackend(stack, { kind: 'local', path: 'x' } as never), 'path'],
  ])('%s', (_, build, name) => {
    const app = testApp();
    build(new TerraformStack(app, 'it'));
    expect(check(app).problems[0]).toMatch(`[it] ${name}: there is no such field`);
  });

  test('useStateBackend of a kind that does not exist', () => {
    expect(() => useStateBackend(emptyStack(testApp()), { kind: 'S3' } as never)).toThrow(
      "[stack] kind: must be 'local' or 's3' or 'hcp-terraform'; got 'S3'; did you mean 's3'?",
    );
  });
});
