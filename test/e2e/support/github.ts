import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Claims = Readonly<Record<string, string | number>>;

const REPOSITORY = 'example/vault-aws-auth';

/** What GitHub says of a job that runs on the main branch. */
export const ON_MAIN: Claims = {
  sub: `repo:${REPOSITORY}:ref:refs/heads/main`,
  repository: REPOSITORY,
  ref: 'refs/heads/main',
};

/** What it says of one that runs on a pull request from the repository itself. */
export const ON_PULL_REQUEST: Claims = {
  sub: `repo:${REPOSITORY}:pull_request`,
  repository: REPOSITORY,
  ref: 'refs/pull/1/merge',
};

/**
 * Stands in for GitHub where it says who a job is: signs with a key of its own, as the real one does, and answers to
 * the request token that the job has.
 *
 * Source: https://docs.github.com/en/actions/reference/security/oidc
 */
export class GitHub {
  static readonly issuer = 'https://token.actions.githubusercontent.com';

  static async start(): Promise<GitHub> {
    const github = new GitHub();
    await new Promise<void>((resolve) => github.server.listen(0, '127.0.0.1', resolve));
    return github;
  }

  /** What it says of the job that runs now. */
  job = ON_MAIN;

  private readonly key = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly requestToken = 'request-token-of-the-job';
  private readonly server: Server;

  private constructor() {
    this.server = createServer(({ url, headers }, answer) => {
      const audience = new URL(url!, 'http://localhost').searchParams.get('audience');
      const knows = headers.authorization?.toLowerCase() === `bearer ${this.requestToken}`;
      answer.writeHead(knows && audience !== null ? 200 : 401, { 'Content-Type': 'application/json' });
      answer.end(
        JSON.stringify(knows ? { count: 1, value: this.sign({ ...this.job, aud: audience! }) } : {}),
      );
    });
  }

  /** For Vault's JWT method. */
  get publicKey(): string {
    return this.key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  /** What a job with `id-token: write` finds in its environment. */
  get env(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    return {
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: this.requestToken,
    };
  }

  /** A token that is good for five minutes, unless the claims say otherwise. */
  sign(claims: Claims): string {
    const now = Math.floor(Date.now() / 1000);
    const body = { iss: GitHub.issuer, iat: now, nbf: now, exp: now + 300, ...claims };
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(body)}`;
    const signature = createSign('RSA-SHA256').update(signed).sign(this.key.privateKey);
    return `${signed}.${signature.toString('base64url')}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
