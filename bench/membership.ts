import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AddUserToGroupCommand, CreateGroupCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { App, HttpBackend, TerraformStack } from 'cdktf';
import { sandboxEnvironment } from '../sandbox/environment';
import { getParts } from '../sandbox/parts';
import { SANDBOX_REGION } from '../sandbox/region';
import { SandboxFolder, type SandboxRecord } from '../sandbox/sandbox-folder';
import { stopServers } from '../sandbox/running';
import { startServers } from '../sandbox/servers/start';
import { useProviders, useStateBackend } from '../lib/constructs/stacks';
import { synth } from '../lib/constructs/checks';
import { AwsAuthMount, IamGroups } from '../lib/constructs/vault';
import { seconds } from './measure';
import { startStateServer } from './state-server';
import type { Row } from './table';

const GROUPS = 50;
const FEW = 250;
const MANY = 2_000;

/**
 * 50 IAM groups with 2,000 members, planned and applied: the time for a member, over the time for one of 250.
 *
 * The state is remote, as in an organization. Terraform writes a local state completely after each resource. The last
 * row shows what that costs even with few members.
 */
export async function benchMembership(): Promise<Row[]> {
  const few = await timed(FEW);
  const many = await timed(MANY);
  const local = await timed(FEW, useLocalState);
  const row = (what: string, of: (times: Times) => number): Row => {
    const each = (times: Times, members: number) => `${((of(times) / members) * 1000).toFixed(1)} ms`;
    return {
      what: `${what} ${GROUPS} groups, time a member at ${MANY} over at ${FEW}`,
      measured: `${each(many, MANY)} / ${each(few, FEW)} (${of(many).toFixed(0)} s in all)`,
      value: of(many) / MANY / (of(few) / FEW),
    };
  };
  return [
    row('terraform plan of', ({ plan }) => plan),
    row('terraform apply of', ({ apply }) => apply),
    row('terraform plan without changes of', ({ unchanged }) => unchanged),
    {
      what: `terraform apply of ${FEW} members, local state over remote`,
      measured: `${local.apply.toFixed(1)} s / ${few.apply.toFixed(1)} s`,
      value: local.apply / few.apply,
    },
  ];
}

interface Times {
  readonly plan: number;
  readonly apply: number;
  readonly unchanged: number;
}

type UseState = (stack: TerraformStack, address: string) => void;
const useRemoteState: UseState = (stack, address) => void new HttpBackend(stack, { address });
const useLocalState: UseState = (stack) => useStateBackend(stack, { kind: 'local' });

/** On its own servers. */
async function timed(members: number, useState = useRemoteState): Promise<Times> {
  const parent = mkdtempSync(join(tmpdir(), 'bench-'));
  const folder = new SandboxFolder(join(parent, 'sandbox'));
  const record = await startServers(folder, await getParts());
  const state = await startStateServer();
  try {
    await fill(record, members);
    const cwd = declare(parent, (stack) => useState(stack, state.address));
    const options = { cwd, env: sandboxEnvironment(folder, record) };
    const terraform = (...args: string[]) => seconds(record.parts.terraform.path, args, options);
    await terraform('init');
    const plan = await terraform('plan', '-out=first');
    const apply = await terraform('apply', 'first');
    // It fails if anything would change.
    return { plan, apply, unchanged: await terraform('plan', '-detailed-exitcode') };
  } finally {
    state.stop();
    await stopServers(folder, record);
    rmSync(parent, { recursive: true });
  }
}

const groupName = (index: number) => `group-${index % GROUPS}`;

/** Creates the groups, and users spread over them. */
async function fill({ aws: { endpoint, admin } }: SandboxRecord, members: number): Promise<void> {
  const iam = new IAMClient({ endpoint, region: SANDBOX_REGION, credentials: admin });
  for (let index = 0; index < GROUPS; index++) {
    await iam.send(new CreateGroupCommand({ GroupName: groupName(index) }));
  }
  for (let index = 0; index < members; index++) {
    const UserName = `user-${index}`;
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new AddUserToGroupCommand({ UserName, GroupName: groupName(index) }));
  }
}

function declare(parent: string, useState: (stack: TerraformStack) => void): string {
  const app = new App({ outdir: join(parent, 'cdk.out'), stackTraces: false });
  const stack = new TerraformStack(app, 'membership');
  useProviders(stack);
  useState(stack);
  const groups = Array.from({ length: GROUPS }, (_, index) => [groupName(index), [`policy-${index}`]]);
  new IamGroups(stack, 'groups', {
    mount: new AwsAuthMount(stack, 'mount', { identity: { iamAlias: 'unique_id' } }),
    roleName: 'people',
    groups: Object.fromEntries(groups) as Record<string, string[]>,
  });
  synth(app);
  return join(app.outdir, 'stacks/membership');
}
