import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, type TerraformStack, Testing } from 'cdktf';
import { AgentStack } from '../examples/agent/stack';
import { Ec2Stack } from '../examples/ec2/stack';
import { GroupsStack } from '../examples/groups/stack';
import { GuideStack } from '../examples/guide/stack';
import { IdentityCenterStack } from '../examples/identity-center/stack';
import { InferenceStack } from '../examples/inference/stack';
import { KeylessStack } from '../examples/keyless/stack';
import { organization } from '../examples/organization/stacks';
import { PoliciesStack } from '../examples/policies/stack';
import { RotationStack } from '../examples/rotation/stack';
import { readPolicyFile } from '../lib/constructs';
import { check } from '../lib/constructs/checks';
import { testApp } from './support/app';

const folder = join(__dirname, '../examples');

const STACKS: Record<string, (app: App) => TerraformStack | Promise<TerraformStack>> = {
  agent: (app) =>
    new AgentStack(app, 'agent', {
      vaultAddress: 'https://vault.example.com:8200',
      region: 'eu-central-1',
      vpcId: 'vpc-01234567',
      instanceRoleName: 'web',
      taskRoleName: 'worker',
      userName: 'alice',
    }),
  ec2: (app) => new Ec2Stack(app, 'ec2', { amiIds: ['ami-01234567'], vpcId: 'vpc-01234567' }),
  groups: (app) => new GroupsStack(app, 'groups'),
  guide: (app) => new GuideStack(app, 'guide'),
  'identity-center': (app) =>
    new IdentityCenterStack(app, 'identity-center', {
      permissionSet: 'Developer',
      region: 'eu-central-1',
      developers: ['alice@example.com'],
      operators: ['bob@example.com'],
    }),
  inference: (app) =>
    new InferenceStack(app, 'inference', {
      instanceRoleName: 'worker',
      region: 'eu-central-1',
      vpcId: 'vpc-01234567',
    }),
  keyless: (app) => new KeylessStack(app, 'keyless'),
  organization: (app) => organization(app).vault,
  policies: async (app) =>
    new PoliciesStack(app, 'policies', {
      operators: await readPolicyFile(join(folder, 'policies/operators.hcl')),
    }),
  rotation: (app) => new RotationStack(app, 'rotation', { accessKeyGeneration: 1 }),
};

test('each example is tested', () => {
  const examples = readdirSync(folder, { withFileTypes: true }).filter(
    // The workflows are no app.
    (entry) => entry.isDirectory() && entry.name !== 'workflows',
  );

  expect(examples.map(({ name }) => name)).toEqual(Object.keys(STACKS));
});

test.each(Object.entries(STACKS))('the example %s passes a strict check', async (_, declare) => {
  const app = testApp();
  await declare(app);

  expect(check(app, { strict: true }).problems).toEqual([]);
});

test.each(Object.keys(STACKS))('the example %s says how to deploy it', (name) => {
  expect(readFileSync(join(folder, name, 'app.ts'), 'utf8')).toContain(
    `npx cdktf deploy --app 'node --import tsx examples/${name}/app.ts'`,
  );
});

test('no stack of the organization reads the state of another one, or hands anything out', () => {
  const app = testApp();
  const { vault, accounts } = organization(app);
  check(app);

  for (const stack of [vault, ...accounts]) {
    const text = Testing.synth(stack);
    expect(text).not.toContain('terraform_remote_state');
    expect(JSON.parse(text)).not.toHaveProperty('output');
  }
});
