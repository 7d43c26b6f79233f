import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A comment on the pull request, or a note on the merge request. */
export interface Comment {
  readonly id: number;
  readonly author: string;
  body: string;
}

/** GitHub takes no longer one; GitLab takes a million. */
const MOST_CHARACTERS = 65_536;

/**
 * Stands in for the API of GitHub or GitLab: the comments of one pull request, and where its main branch is.
 *
 * Sources: https://docs.github.com/en/rest/issues/comments, https://docs.gitlab.com/api/notes/
 */
export class Platform {
  static async start(): Promise<Platform> {
    const platform = new Platform();
    await new Promise<void>((resolve) => platform.server.listen(0, '127.0.0.1', resolve));
    return platform;
  }

  /** All that are there, the oldest first. */
  readonly comments: Comment[] = [];

  /** The commit that the main branch is at. */
  main = '';

  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, answer) => {
      this.answer(request).then(([status, body]) => {
        answer.writeHead(status, { 'Content-Type': 'application/json' });
        answer.end(JSON.stringify(body));
      }, console.error);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Has somebody write a comment. */
  comment(author: string, body: string): Comment {
    const comment = { id: 1000 + this.comments.length, author, body };
    this.comments.push(comment);
    return comment;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage): Promise<[status: number, body: object]> {
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    const { authorization, 'private-token': privateToken } = request.headers;
    const author =
      authorization === 'token token-of-the-job'
        ? 'github-actions[bot]'
        : privateToken === 'token-of-the-project'
          ? 'project_1_bot'
          : undefined;
    if (author === undefined) {
      return [401, { message: 'Bad credentials' }];
    }
    if (/^\/(?:repos\/example\/vault-aws-auth\/commits\/main)$/.test(pathname)) {
      return [200, { sha: this.main }];
    }
    if (pathname === '/user') {
      return [200, { username: author }];
    }
    const all =
      /^\/(?:repos\/example\/vault-aws-auth\/issues\/7\/comments|projects\/1\/merge_requests\/7\/notes)$/;
    const one =
      /^\/(?:repos\/example\/vault-aws-auth\/issues\/comments|projects\/1\/merge_requests\/7\/notes)\/(\d+)$/;
    if (request.method === 'GET' && all.test(pathname)) {
      const [size, page] = [searchParams.get('per_page') ?? 30, searchParams.get('page') ?? 1].map(Number);
      return [200, this.comments.slice((page! - 1) * size!, page! * size!).map(shown)];
    }
    const comment = this.comments.find(({ id }) => id === Number(one.exec(pathname)?.[1]));
    if (!all.test(pathname) && comment === undefined) {
      return [404, { message: 'Not Found' }];
    }
    const { body } = JSON.parse(await text(request)) as { body?: string };
    if (body === undefined || body.trim() === '' || body.length > MOST_CHARACTERS) {
      return [422, { message: 'Validation Failed' }];
    }
    if (request.method === 'POST' && comment === undefined) {
      return [201, shown(this.comment(author, body))];
    }
    if (comment && ['PATCH', 'PUT'].includes(request.method!)) {
      comment.body = body;
      return [200, shown(comment)];
    }
    return [405, { message: 'Method Not Allowed' }];
  }
}

function shown({ id, author, body }: Comment) {
  return { id, body, user: { login: author }, author: { username: author } };
}
