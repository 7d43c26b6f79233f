import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { identityDocument, type Instance } from '../instance';
import type { IdentityAuthority } from '../instance-identity';

const TOKEN_TTL_HEADER = 'x-aws-ec2-metadata-token-ttl-seconds';
const TOKEN_HEADER = 'x-aws-ec2-metadata-token';

/**
 * Stands in for an instance's metadata service, with IMDSv2 required: whoever has no session token gets a 401. It is
 * reached by AWS_EC2_METADATA_SERVICE_ENDPOINT, or as the HTTP_PROXY of whoever dials 169.254.169.254 in any case.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
export class MetadataService {
  static async start(): Promise<MetadataService> {
    const service = new MetadataService();
    await new Promise<void>((resolve) => service.server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  /** What was asked for with a session token, under `/latest/`, in order. */
  readonly asked: string[] = [];
  private readonly answers = new Map<string, string>();
  private readonly tokens = new Set<string>();
  private readonly server: Server = createServer((incoming, answer) => this.answer(incoming, answer));

  private constructor() {}

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on it answers so. @param path under `/latest/`: `meta-data/instance-id` */
  serve(path: string, text: string): void {
    this.answers.set(path, text);
  }

  /** From now on it is the metadata service of this instance, started last at this time. */
  serveInstance(instance: Instance, authority: IdentityAuthority, pendingTime = instance.launchTime): void {
    const document = identityDocument(instance, pendingTime);
    this.serve('meta-data/instance-id', instance.instanceId);
    this.serve('dynamic/instance-identity/document', document);
    this.serve('dynamic/instance-identity/signature', authority.sign(document));
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer({ method, url, headers }: IncomingMessage, answer: ServerResponse): void {
    // A proxy is asked for a whole URL.
    const path = new URL(url!, this.url).pathname.replace(/^\/latest\//, '');
    if (method === 'PUT' && path === 'api/token') {
      const ttl = headers[TOKEN_TTL_HEADER];
      if (typeof ttl !== 'string') {
        reply(answer, 400);
        return;
      }
      const token = randomUUID();
      this.tokens.add(token);
      reply(answer, 200, token, { [TOKEN_TTL_HEADER]: ttl });
    } else if (!this.tokens.has(String(headers[TOKEN_HEADER]))) {
      reply(answer, 401);
    } else {
      this.asked.push(path);
      const text = this.answers.get(path);
      reply(answer, text === undefined ? 404 : 200, text);
    }
  }
}

function reply(
  answer: ServerResponse,
  status: number,
  text = '',
  headers: Record<string, string> = {},
): void {
  answer.writeHead(status, { 'Content-Type': 'text/plain', ...headers });
  answer.end(text);
}
