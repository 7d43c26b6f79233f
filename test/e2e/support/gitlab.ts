import { execa } from 'execa';
import type { Checkout, Deployment } from './checkout';
import { type Claims, GitHub } from './github';
import type { GitLabJob } from './gitlab-pipeline';
import { assumeRole } from './other-account';

/** What GitLab says of a job, and what the pipeline's comment says that Vault's roles are bound to. */
export const GITLAB_CLAIMS: Readonly<Record<Deployment, Claims>> = {
  plan: { project_path: 'example/vault-aws-auth' },
  apply: {
    project_path: 'example/vault-aws-auth',
    ref_type: 'branch',
    ref: 'main',
    environment: 'production',
  },
};

/** Has Vault trust GitLab, as the pipeline's comment says to. Its tokens are signed by the key of the other platform. */
export async function trustGitLab({ sandbox, github }: Checkout, audience: string): Promise<void> {
  await sandbox.vault('POST', 'sys/auth/gitlab', { type: 'jwt' });
  await sandbox.vault('POST', 'auth/gitlab/config', {
    jwt_validation_pubkeys: [github.publicKey],
    bound_issuer: GitHub.issuer,
  });
  for (const deployment of ['plan', 'apply'] as const) {
    const name = `vault-aws-auth-${deployment}`;
    await sandbox.vault('POST', `auth/gitlab/role/${name}`, {
      role_type: 'jwt',
      user_claim: 'project_path',
      bound_audiences: [audience],
      bound_claims: GITLAB_CLAIMS[deployment],
      token_policies: [name],
      token_no_default_policy: true,
      token_ttl: '15m',
      token_max_ttl: '15m',
    });
  }
}

/** A job to run. */
export interface Run {
  readonly checkout: Checkout;
  readonly job: GitLabJob;
  /** What GitLab says of it. */
  readonly claims: Claims;
  /** Where it runs; else in the checkout. */
  readonly cwd?: string;
  /** Whether the stack is the one that is proposed. */
  readonly proposed: boolean;
  /** More of its environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The shell of a job: each of its lists of commands runs in one of its own, as GitLab's runner does it. */
export async function startJob({ checkout, job, claims, cwd = checkout.path, proposed, env }: Run) {
  const session = await assumeRole(checkout.sandbox, job.variables.AWS_ROLE_ARN!.split('/')[1]!);
  const project: Record<string, string> = { ...checkout.environment(proposed), ...env };
  const ofJob = Object.entries(job.variables).map(([name, value]) => [
    name,
    value.replace(/\$(\w+)/g, (_, other: string) => project[other] ?? ''),
  ]);
  const whole = {
    ...project,
    ...(Object.fromEntries(ofJob) as Record<string, string>),
    VAULT_ID_TOKEN: checkout.github.sign({ ...claims, aud: job.id_tokens.VAULT_ID_TOKEN.aud }),
    AWS_ID_TOKEN: 'moto-takes-the-session-instead',
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    AWS_SESSION_TOKEN: session.sessionToken,
  };
  return async (commands: readonly string[]) => {
    const { exitCode, all } = await execa('bash', ['-eo', 'pipefail', '-c', commands.join('\n')], {
      cwd,
      env: whole,
      extendEnv: false,
      all: true,
      reject: false,
    });
    return { exitCode, printed: all };
  };
}
