import { checkRules, type PolicyRule, renderHcl } from '../../../lib/policy';
import type { TestSandbox } from './test-sandbox';

/** A request as a client sends it, beyond what callVault needs. */
export interface Ask {
  readonly method: 'GET' | 'LIST' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;

  /** Parameters of a read. */
  readonly query?: Record<string, string>;
  readonly body?: object;

  /** As in the header X-Vault-Wrap-TTL. */
  readonly wrapTtl?: string;
}

export interface Answer {
  readonly status: number;
  readonly body: {
    readonly errors?: readonly string[];
    readonly data?: Record<string, unknown>;
    readonly auth?: { readonly client_token: string };
  };
}

/** Sends a request, whatever the answer. */
export async function ask(sandbox: TestSandbox, token: string, request: Ask): Promise<Answer> {
  const url = new URL(
    `v1/${request.path.split('/').map(encodeURIComponent).join('/')}`,
    sandbox.record.vault.address,
  );
  url.search = new URLSearchParams(request.query).toString();
  const response = await fetch(url, {
    method: request.method,
    headers: {
      'X-Vault-Token': token,
      'X-Vault-Request': 'true',
      'Content-Type': request.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      ...(request.wrapTtl && { 'X-Vault-Wrap-TTL': request.wrapTtl }),
    },
    body: request.body && JSON.stringify(request.body),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
}

/** Whether Vault's ACL lets a request through. @throws Error where it fails for another reason */
export async function isAllowed(sandbox: TestSandbox, token: string, request: Ask): Promise<boolean> {
  const { status, body } = await ask(sandbox, token, request);
  // These come from an engine: the ACL was passed.
  if (status < 300 || /^(?:unknown role|missing data fields)/.test(body.errors?.[0] ?? '')) {
    return true;
  }
  if (status === 403 && body.errors?.[0]?.includes('permission denied')) {
    return false;
  }
  throw new Error(`${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
}

let policies = 0;

/** Writes a policy of its own. @returns its name */
export async function writePolicy(sandbox: TestSandbox, text: string): Promise<string> {
  policies += 1;
  const name = `test-${policies}`;
  await sandbox.vault('POST', `sys/policies/acl/${name}`, { policy: text });
  return name;
}

/** A token that may do what a policy says and nothing else, not even what `default` allows. */
export async function tokenOf(sandbox: TestSandbox, text: string): Promise<string> {
  return tokenOfPolicy(sandbox, await writePolicy(sandbox, text));
}

/** {@link tokenOf} a policy that is in Vault, by its name. */
export async function tokenOfPolicy(sandbox: TestSandbox, policy: string): Promise<string> {
  const { auth } = await sandbox.vault<{ auth: { client_token: string } }>('POST', 'auth/token/create', {
    policies: [policy],
    no_default_policy: true,
  });
  return auth.client_token;
}

/** A token that may do what these rules say and nothing else. @throws Error where checkRules names a problem */
export async function tokenWith(sandbox: TestSandbox, rules: readonly PolicyRule[]): Promise<string> {
  const problems = checkRules(rules);
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  return tokenOf(sandbox, renderHcl(rules));
}
