import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsAuthBackendClient } from '@cdktf/provider-vault/lib/aws-auth-backend-client';
import { AwsAuthBackendRole } from '@cdktf/provider-vault/lib/aws-auth-backend-role';
import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { Policy } from '@cdktf/provider-vault/lib/policy';
import { IamAccessKey } from '@cdktf/provider-aws/lib/iam-access-key';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamUser } from '@cdktf/provider-aws/lib/iam-user';
import { IamUserPolicyAttachment } from '@cdktf/provider-aws/lib/iam-user-policy-attachment';
import { App, TerraformStack } from 'cdktf';
import { VaultIamUser } from '../lib/constructs/aws';
import { useProviders } from '../lib/constructs/stacks/providers';
import { synth } from '../lib/constructs/checks';
import { readAccessFile } from '../lib/terraform';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  VaultPolicy,
} from '../lib/constructs/vault';

// Prints the median time of a synth, in a separate process: `synth-roles.ts ours|guide-only|bare ROLES ROUNDS`. Every
// ten roles share a policy. A guide-only mount writes the same as the bare bindings. The first round is not counted,
// because it loads modules such as the IAM module of aws-cdk-lib.

const ARN = 'arn:aws:iam::123456789012:user/*';
const path = (policy: number) => `secret/data/team_${policy}/*`;
const policyCount = (roles: number) => Math.ceil(roles / 10);

function ours(stack: TerraformStack, roles: number, guideOnly: boolean): void {
  const mount = new AwsAuthMount(stack, 'mount', { guideOnly });
  const user = new VaultIamUser(stack, 'vault_user', { permissionsFor: mount });
  new AwsAuthClient(stack, 'client', { mount, credentials: user.credentials });
  const policies = Array.from(
    { length: policyCount(roles) },
    (_, index) =>
      new VaultPolicy(stack, `policy_${index}`, {
        policyName: `policy_${index}`,
        rules: [{ path: path(index), capabilities: ['read'] }],
      }),
  );
  for (let index = 0; index < roles; index++) {
    new IamAuthRole(stack, `role_${index}`, {
      mount,
      roleName: `role_${index}`,
      boundPrincipals: [BoundPrincipal.arn(ARN)],
      policies: [policies[index % policies.length]!],
    });
  }
}

function bare(stack: TerraformStack, roles: number): void {
  const mount = new AuthBackend(stack, 'mount', {
    type: 'aws',
    path: 'aws_test',
    description: 'AWS auth method',
  });
  const user = new IamUser(stack, 'vault_user', { name: 'vault_auth', path: '/' });
  const iamPolicy = new IamPolicy(stack, 'vault_user_policy', {
    name: 'VaultAuthUser',
    path: '/',
    description: "What Vault's AWS auth method looks up",
    policy: JSON.stringify({
      Statement: [{ Action: 'iam:GetUser', Effect: 'Allow', Resource: '*', Sid: 'LookUpUsers' }],
      Version: '2012-10-17',
    }),
  });
  const attachment = new IamUserPolicyAttachment(stack, 'attachment', {
    user: user.name,
    policyArn: iamPolicy.arn,
  });
  const key = new IamAccessKey(stack, 'access_key', { user: user.name });
  const client = new AwsAuthBackendClient(stack, 'client', {
    backend: mount.path,
    accessKey: key.id,
    secretKey: key.secret,
    dependsOn: [attachment],
  });
  // Each reference is read once, because reading captures a stack trace.
  const policies = Array.from(
    { length: policyCount(roles) },
    (_, index) =>
      new Policy(stack, `policy_${index}`, {
        name: `policy_${index}`,
        policy: `path "${path(index)}" {\n  capabilities = ["read"]\n}\n`,
      }).name,
  );
  const backend = mount.path;
  for (let index = 0; index < roles; index++) {
    new AwsAuthBackendRole(stack, `role_${index}`, {
      backend,
      role: `role_${index}`,
      authType: 'iam',
      boundIamPrincipalArns: [ARN],
      resolveAwsUniqueIds: true,
      tokenPolicies: [policies[index % policies.length]!],
      dependsOn: [client],
    });
  }
}

const [kind, roles, rounds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const outdir = mkdtempSync(join(tmpdir(), 'bench-'));

function round(): number {
  const start = performance.now();
  const app = new App({ outdir, stackTraces: false });
  const stack = new TerraformStack(app, 'stack');
  useProviders(stack, { vaultAddress: 'https://vault.example.com', region: 'us-east-1', tags: {} });
  if (kind === 'bare') {
    bare(stack, roles);
    app.synth();
  } else {
    ours(stack, roles, kind === 'guide-only');
    synth(app);
  }
  return performance.now() - start;
}

if (rounds > 1) {
  round();
}
const times = Array.from({ length: rounds }, round).sort((a, b) => a - b);
// Before the result is read, because that takes memory, too.
const megabytes = process.resourceUsage().maxRSS / 1024;

// Both must have written the same resources. Otherwise the ratio says nothing.
const count: Record<string, number> = {};
for (const { mode, type } of readAccessFile(join(outdir, 'stacks/stack/cdk.tf.json')).resources) {
  if (mode === 'managed') {
    count[type] = (count[type] ?? 0) + 1;
  }
}
rmSync(outdir, { recursive: true });
console.log(
  JSON.stringify({
    milliseconds: times[Math.floor(rounds / 2)],
    megabytes,
    count,
  }),
);
