import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, HttpBackend, TerraformStack } from 'cdktf';
import { sandboxEnvironment } from '../sandbox/environment';
import { getParts } from '../sandbox/parts';
import { SandboxFolder } from '../sandbox/sandbox-folder';
import { stopServers } from '../sandbox/running';
import { startServers } from '../sandbox/servers/start';
import { useProviders } from '../lib/constructs/stacks';
import { synth } from '../lib/constructs/checks';
import { AwsAuthMount, BoundPrincipal, IamAuthRole, VaultPolicy } from '../lib/constructs/vault';
import { middle, seconds } from './measure';
import { startStateServer } from './state-server';
import type { Row } from './table';

const ROLES = 1_000;
const RUNS = 3;
const ARN = 'arn:aws:iam::123456789012:user/teams/*';
const POLICY = 'path "secret/data/*" {\n  capabilities = ["read"]\n}\n';

/**
 * `terraform apply` of 1,000 roles from our constructs, over the same roles written by hand. Then a plan of both.
 *
 * The state is remote. Terraform writes a local state completely after each resource, which takes longer than the rest
 * and hides the comparison.
 */
export async function benchApply(): Promise<Row[]> {
  const [ours, byHand]: [Times[], Times[]] = [[], []];
  // By turns, so that other work on the machine slows both.
  for (let run = 0; run < RUNS; run++) {
    ours.push(await timed(declared));
    byHand.push(await timed(written));
  }
  const row = (what: string, of: (times: Times) => number): Row => {
    const [a, b] = [middle(ours.map(of)), middle(byHand.map(of))];
    const each = (total: number) => `${((total / ROLES) * 1000).toFixed(1)} ms`;
    return {
      what: `${what}, time a role at ${ROLES}, constructs over HCL by hand`,
      measured: `${each(a)} / ${each(b)}`,
      value: a / b,
      atMost: 1.25,
    };
  };
  return [
    row('terraform apply', ({ apply }) => apply),
    row('terraform plan without changes', ({ unchanged }) => unchanged),
  ];
}

interface Times {
  readonly apply: number;
  readonly unchanged: number;
}

/** Writes a configuration into a folder, with its state at an address. @returns the folder in which terraform runs */
type Write = (parent: string, state: string) => string;

/** On its own servers. */
async function timed(write: Write): Promise<Times> {
  const parent = mkdtempSync(join(tmpdir(), 'bench-'));
  const folder = new SandboxFolder(join(parent, 'sandbox'));
  const record = await startServers(folder, await getParts());
  const state = await startStateServer();
  try {
    const options = { cwd: write(parent, state.address), env: sandboxEnvironment(folder, record) };
    const terraform = (...args: string[]) => seconds(record.parts.terraform.path, args, options);
    await terraform('init');
    const apply = await terraform('apply', '-auto-approve');
    // It fails if anything would change.
    return { apply, unchanged: await terraform('plan', '-detailed-exitcode') };
  } finally {
    state.stop();
    await stopServers(folder, record);
    rmSync(parent, { recursive: true });
  }
}

const declared: Write = (parent, address) => {
  const app = new App({ outdir: join(parent, 'cdk.out'), stackTraces: false });
  const stack = new TerraformStack(app, 'roles');
  useProviders(stack);
  new HttpBackend(stack, { address });
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
};

const written: Write = (parent, address) => {
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
  backend "http" {
    address = "${address}"
  }
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
};
