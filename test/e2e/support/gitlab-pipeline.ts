import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { load } from 'js-yaml';

/** A job with all that it extends and refers to put in. */
export interface GitLabJob {
  readonly variables: Readonly<Record<string, string>>;
  readonly id_tokens: Readonly<Record<'VAULT_ID_TOKEN' | 'AWS_ID_TOKEN', { readonly aud: string }>>;
  readonly script: readonly string[];
  readonly before_script: readonly string[];
  readonly after_script?: readonly string[];
  readonly artifacts?: { readonly paths: readonly string[] };
}

/** The jobs of a pipeline file, and its variables. */
export interface Pipeline<Name extends string> {
  readonly variables: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<Name, GitLabJob>>;
}

/**
 * Reads a pipeline file.
 *
 * @throws Error with what GitLab's schema has against it
 */
export async function expand<Name extends string>(text: string): Promise<Pipeline<Name>> {
  const { variables, ...jobs } = load(await gitlabCiLocal(text, ['--preview'])) as {
    variables: Record<string, string>;
  } & Record<Name, GitLabJob>;
  return { variables, jobs: jobs as unknown as Record<Name, GitLabJob> };
}

/**
 * The jobs that a pipeline of these predefined variables has, and when each starts. Whether GitLab makes one at all, by
 * `workflow`, is not looked at.
 */
export async function jobsOf(
  text: string,
  predefined: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const list = await gitlabCiLocal(text, [
    '--list-json',
    ...['--ignore-predefined-vars', Object.keys(predefined).join(',')],
    // It takes the branch from its folder, where GitLab has none for a merge request.
    ...('CI_COMMIT_BRANCH' in predefined ? [] : ['--unset-variable', 'CI_COMMIT_BRANCH']),
    ...Object.entries(predefined).flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
  ]);
  const jobs = JSON.parse(list) as { readonly name: string; readonly when: string }[];
  return Object.fromEntries(
    jobs.filter(({ when }) => when !== 'never').map(({ name, when }) => [name, when]),
  );
}

/** GitLab has no linter that runs without GitLab; this one knows its schema, and decides the rules as it does. */
async function gitlabCiLocal(text: string, args: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'gitlab-'));
  try {
    const options = { cwd: folder };
    await execa('git', ['init', '--quiet', '--initial-branch', 'main'], options);
    await execa(
      'git',
      ['remote', 'add', 'origin', 'https://gitlab.example.com/example/vault-aws-auth.git'],
      options,
    );
    writeFileSync(join(folder, '.gitlab-ci.yml'), text);
    const program = resolve('node_modules/.bin/gitlab-ci-local');
    const { exitCode, stdout, stderr } = await execa(program, args, { ...options, reject: false });
    if (exitCode !== 0) {
      throw new Error(stderr);
    }
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
