import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { sandboxEnvironment } from '../lib/sandbox/environment';
import { getParts } from '../lib/sandbox/parts';
import { SandboxFolder } from '../lib/sandbox/sandbox-folder';
import { stopServers } from '../lib/sandbox/servers';
import { startServers } from '../lib/sandbox/servers/start';
import { useProviders, useStateBackend } from '../lib/stacks';
import { synth } from '../lib/synth';
import { AwsAuthMount, BoundPrincipal, IamAuthRole, VaultPolicy } from '../lib/vault';
import { seconds } from './measure';
import type { Row } from './table';

const ROLES = 1_000;
const ARN = 'arn:aws:iam::123456789012:user/teams/*';
const POLICY = 'path "secret/data/*" {\n  capabilities = ["read"]\n}\n';

/** `terraform apply` of 1,000 roles declared by our constructs, over the same written by hand; then a plan of both. */
export async function benchApply(): Promise<Row[]> {
  const ours = await timed(declared);
  const byHand = await timed(written);
  const each = (total: number) => `${((total / ROLES) * 1000).toFixed(1)} ms`;
  return [
    {
      what: `terraform apply, time a role at ${ROLES}, constructs over HCL by hand`,
      measured: `${each(ours.apply)} / ${each(byHand.apply)}`,
      value: ours.apply / byHand.apply,
      atMost: 1.25,
    },
    {
      what: `terraform plan without changes, time a role at ${ROLES}, constructs over HCL by hand`,
      measured: `${each(ours.plan)} / ${each(byHand.plan)}`,
      value: ours.plan / byHand.plan,
      atMost: 1.25,
    },
  ];
}

/** On servers of its own. @param write puts a configuration under a folder, and names where terraform runs */
async function timed(write: (parent: string) => string): Promise<{ apply: number; plan: number }> {
  const parent = mkdtempSync(join(tmpdir(), 'bench-'));
  const folder = new SandboxFolder(join(parent, 'sandbox'));
  const record = await startServers(folder, await getParts());
  try {
    const options = { cwd: write(parent), env: sandboxEnvironment(folder, record) };
    const terraform = (...args: string[]) => seconds(record.parts.terraform.path, args, options);
    await terraform('init');
    return { apply: await terraform('apply', '-auto-approve'), plan: await terraform('plan') };
  } finally {
    await stopServers(folder, record);
    rmSync(parent, { recursive: true });
  }
}

function declared(parent: string): string {
  const app = new App({ outdir: join(parent, 'cdk.out'), stackTraces: false });
  const stack = new TerraformStack(app, 'roles');
  useProviders(stack);
  useStateBackend(stack, { kind: 'local' });
  const mount = new AwsAuthMount(stack, 'mount');
  const policy = new VaultPolicy(stack, 'policy', {
    policyName: 'reader',
    rules: [{ path: 'secret/data/*', capabilities: ['read'] }],
  });
  for (let index = 0; index < ROLES; index++) {
    new IamAuthRole(stack, `role_${index}`, {
      mount,
      roleName: `role_${index}`,
      boundPrincipals: [BoundPrincipal.arn(ARN)],
      policies: [policy],
    });
  }
  synth(app);
  return join(app.outdir, 'stacks/roles');
}

function written(parent: string): string {
  const cwd = mkdtempSync(join(parent, 'by-hand-'));
  const roles = Array.from(
    { length: ROLES },
    (_, index) => `
resource "vault_aws_auth_backend_role" "role_${index}" {
  backend                  = vault_auth_backend.mount.path
  role                     = "role_${index}"
  auth_type                = "iam"
  bound_iam_principal_arns = ["${ARN}"]
  token_policies           = [vault_policy.policy.name]
}
`,
  );
  writeFileSync(
    join(cwd, 'roles.tf'),
    `terraform {
  required_providers {
    vault = {
      source = "hashicorp/vault"
    }
  }
}

resource "vault_auth_backend" "mount" {
  type = "aws"
  path = "aws_test"
}

resource "vault_policy" "policy" {
  name   = "reader"
  policy = ${JSON.stringify(POLICY)}
}
${roles.join('')}`,
  );
  return cwd;
}
