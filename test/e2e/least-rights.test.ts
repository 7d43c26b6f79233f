import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { type App, TerraformStack } from 'cdktf';
import { type TrustedAccount, trustedAccount, VaultIamUser, VaultLookUpRole } from '../../lib/constructs/aws';
import { useAws, useProviders, useStateBackend } from '../../lib/constructs/stacks';
import {
  AwsAuthClient,
  AwsAuthMount,
  AwsCertificate,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  InferredAuthRole,
  StsRole,
} from '../../lib/constructs/vault';
import { statementsOf } from '../../lib/iam';
import { loginFields, signIdentityRequest } from '../../lib/operate/verify/signed-request';
import type { AccessKey } from '../../sandbox/servers';
import { AwsProxy } from './support/aws-proxy';
import { ec2Login, inferredLogin } from './support/ec2-login';
import { allow, type Fleet, runFleet } from './support/fleet';
import { identityDocument } from './support/instance';
import { IdentityAuthority } from './support/instance-identity';
import { assumeRole, createRole, withoutEnforcement } from './support/other-account';
import { ACCOUNT, TestSandbox } from './support/test-sandbox';

const OTHER = '222222222222';
const REGION = 'us-east-1';

let sandbox: TestSandbox;
let proxy: AwsProxy;
let fleet: Fleet;
let alice: AccessKey;
let shop: AccessKey & { sessionToken: string };
const authority = new IdentityAuthority();

/** A kind of bind: its role, who logs in by it, and whether it is into the trusted account. */
interface Feature {
  readonly trusts?: boolean;
  readonly declare: (mount: AwsAuthMount, stack: TerraformStack) => void;
  readonly logIn: (mountPath: string) => Promise<unknown>;
}

const byIam = (key: () => AccessKey & { sessionToken?: string }) => async (mountPath: string) =>
  sandbox.vault(
    'POST',
    `auth/${mountPath}/login`,
    { role: 'app', ...loginFields(await signIdentityRequest(key(), {})) },
    '',
  );
const byDocument = (name: 'app' | 'foreign') => (mountPath: string) => {
  const document = identityDocument(fleet[name]);
  return ec2Login(sandbox, {
    mountPath,
    role: 'app',
    identity: { document, signature: authority.sign(document) },
  });
};
const byInference = (name: 'app' | 'foreign') => (mountPath: string) =>
  inferredLogin(sandbox, { mountPath, role: 'app', instance: fleet[name] });

const iam =
  (principal: () => BoundPrincipal, resolveAwsUniqueIds = true) =>
  (mount: AwsAuthMount, stack: TerraformStack): void => {
    new IamAuthRole(stack, `${mount.node.id}_role`, {
      mount,
      roleName: 'app',
      boundPrincipals: [principal()],
      resolveAwsUniqueIds,
    });
  };
const ec2 =
  (binds: () => object) =>
  (mount: AwsAuthMount, stack: TerraformStack): void => {
    new Ec2AuthRole(stack, `${mount.node.id}_role`, { mount, roleName: 'app', ...binds() });
    const pem = authority.certificate;
    const named = { mount, certificateName: 'region', pem, type: 'identity' as const };
    new AwsCertificate(stack, `${mount.node.id}_certificate`, named);
  };
const inferred =
  (binds: () => object) =>
  (mount: AwsAuthMount, stack: TerraformStack): void => {
    const own = { mount, roleName: 'app', inferredRegion: REGION };
    new InferredAuthRole(stack, `${mount.node.id}_role`, { ...own, ...binds() });
  };
const arn = (resource: string) => BoundPrincipal.arn(`arn:aws:iam::${OTHER}:${resource}`);

const FEATURES: Readonly<Record<string, Feature>> = {
  user: { declare: iam(() => BoundPrincipal.user('alice')), logIn: byIam(() => alice) },
  users: { declare: iam(() => BoundPrincipal.allUsers()), logIn: byIam(() => alice) },
  by_name: { declare: iam(() => BoundPrincipal.user('alice'), false), logIn: byIam(() => alice) },
  foreign_role: { trusts: true, declare: iam(() => arn('role/shop')), logIn: byIam(() => shop) },
  foreign_roles: { trusts: true, declare: iam(() => arn('role/s*')), logIn: byIam(() => shop) },
  instance: {
    declare: ec2(() => ({ boundAmiIds: [fleet.app.imageId], boundIamRoleArns: [fleet.app.roleArn] })),
    logIn: byDocument('app'),
  },
  foreign_instance: {
    trusts: true,
    declare: ec2(() => ({ boundAccountIds: [OTHER], boundAmiIds: [fleet.foreign.imageId] })),
    logIn: byDocument('foreign'),
  },
  foreign_profile: {
    trusts: true,
    declare: ec2(() => ({ boundIamRoleArns: [fleet.foreign.roleArn] })),
    logIn: byDocument('foreign'),
  },
  inferred: {
    declare: inferred(() => ({ boundInstanceIds: [fleet.app.instanceId], boundAccountIds: [ACCOUNT] })),
    logIn: byInference('app'),
  },
  foreign_inferred: {
    trusts: true,
    declare: inferred(() => ({ boundPrincipals: [BoundPrincipal.arn(fleet.foreign.roleArn)] })),
    logIn: byInference('foreign'),
  },
};
const NAMES = Object.keys(FEATURES);
const trusted = NAMES.filter((name) => FEATURES[name]!.trusts);

const lookUpRole = (name: string): TrustedAccount =>
  trustedAccount({ accountId: OTHER, roleName: `look_up_${name}` });
const userName = (name: string) => `vault_${name}`;

/** A mount, a user for Vault and a look-up role for each feature, in a stack of each account. */
function organization(app: App): { vault: TerraformStack; other: TerraformStack } {
  const [vault, other] = [new TerraformStack(app, 'vault'), new TerraformStack(app, 'other')];
  useProviders(vault);
  useAws(other, { assumeRoleArn: `arn:aws:iam::${OTHER}:role/deployer` });
  for (const stack of [vault, other]) {
    useStateBackend(stack, { kind: 'local' });
  }
  for (const [name, { declare, trusts }] of Object.entries(FEATURES)) {
    const mount = new AwsAuthMount(vault, name, { path: name });
    const { credentials } = new VaultIamUser(vault, userName(name), {
      permissionsFor: mount,
      userName: userName(name),
      policyName: userName(name),
    });
    const terraformIamEndpoint = sandbox.record.aws.endpoint;
    const endpoints = proxy.endpoints;
    new AwsAuthClient(vault, `${name}_client`, { mount, credentials, endpoints, terraformIamEndpoint });
    if (trusts) {
      const account = lookUpRole(name);
      new StsRole(vault, `${name}_sts`, { mount, ...account });
      const vaultIdentityArn = `arn:aws:iam::${ACCOUNT}:user/${userName(name)}`;
      new VaultLookUpRole(other, name, { account, vaultIdentityArn, permissionsFor: mount });
    }
    declare(mount, vault);
  }
  return { vault, other };
}

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  proxy = await AwsProxy.start(sandbox);
  fleet = await runFleet(sandbox);
  alice = await sandbox.createUser('alice');
  await withoutEnforcement(sandbox, async () => {
    const foreign = sandbox.iam(await assumeRole(sandbox, 'outsider', OTHER));
    for (const name of ['deployer', 'shop']) {
      await createRole({ iam: foreign }, name);
    }
    const PolicyDocument = allow(['iam:*Role*', 'iam:ListInstanceProfilesForRole']);
    await foreign.send(new PutRolePolicyCommand({ RoleName: 'deployer', PolicyName: 'iam', PolicyDocument }));
  });
  await sandbox.applyStack((app) => organization(app).other);
  await sandbox.applyStack((app) => organization(app).vault);
  shop = await assumeRole(sandbox, 'shop', OTHER);
});
afterAll(async () => {
  proxy.stop();
  await sandbox.stop();
});

/** What Vault asked for a feature, as `ACCOUNT SERVICE:ACTION`; everybody may ask who they are. */
async function asked(name: string): Promise<string[]> {
  const { data } = await sandbox.vault<{ data: { access_key: string } }>('GET', `auth/${name}/config/client`);
  const sessions = proxy.calls.flatMap(({ session }) =>
    session?.roleArn === lookUpRole(name).roleArn ? [session.accessKeyId] : [],
  );
  const found = proxy.calls.flatMap(({ action, accessKeyId }) => {
    const account =
      accessKeyId === data.access_key ? ACCOUNT : sessions.includes(accessKeyId) ? OTHER : undefined;
    const service = { AssumeRole: 'sts', DescribeInstances: 'ec2' }[action] ?? 'iam';
    return account && action !== 'GetCallerIdentity' ? [`${account} ${service}:${action}`] : [];
  });
  return [...new Set(found)].sort();
}

/** What the policies of a feature grant, in the same form. */
function granted(name: string): string[] {
  const policiesOf = (stack: string, type: string) => {
    const file = join(sandbox.folder.cdkOut, 'stacks', stack, 'cdk.tf.json');
    const { resource } = JSON.parse(readFileSync(file, 'utf8')) as {
      resource: Record<string, Record<string, { policy: string; '//': { metadata: { path: string } } }>>;
    };
    return Object.values(resource[type]!)
      .filter((policy) =>
        policy['//'].metadata.path.split('/').includes(stack === 'vault' ? userName(name) : name),
      )
      .flatMap(({ policy }) => statementsOf(policy)!);
  };
  const found = [
    ...policiesOf('vault', 'aws_iam_policy').flatMap(({ actions }) =>
      actions.map((one) => `${ACCOUNT} ${one}`),
    ),
    ...policiesOf('other', 'aws_iam_role_policy').flatMap(({ actions }) =>
      actions.map((one) => `${OTHER} ${one}`),
    ),
  ];
  // What stands for nothing, because AWS refuses an empty policy.
  return found.filter((action) => !action.endsWith('sts:GetCallerIdentity')).sort();
}

test.each(NAMES)('Vault asks AWS for exactly what it is granted: %s', async (name) => {
  await FEATURES[name]!.logIn(name);

  expect(await asked(name)).toEqual(granted(name));
});

test.each(trusted)('Vault may do no more than assume the role of a trusted account: %s', (name) => {
  expect(granted(name).filter((action) => action.startsWith(ACCOUNT))).toEqual([`${ACCOUNT} sts:AssumeRole`]);
});

test('a bind by name is granted nothing', () => {
  expect(granted('by_name')).toEqual([]);
});
