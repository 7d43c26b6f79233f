import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestSandbox } from './test-sandbox';

/**
 * Stands before moto and gives the members of a group in pages, as AWS does from 100 on. moto gives all of them in
 * one answer, whatever is asked.
 */
export class PagingIam {
  static async start(sandbox: TestSandbox, pageSize: number): Promise<PagingIam> {
    const iam = new PagingIam(sandbox, pageSize);
    await new Promise<void>((resolve) => iam.server.listen(0, '127.0.0.1', resolve));
    return iam;
  }

  /** How many pages of members were given. */
  pages = 0;
  private readonly server: Server;

  private constructor(
    { record }: TestSandbox,
    private readonly pageSize: number,
  ) {
    this.server = createServer((incoming, answer) => {
      const asked: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => asked.push(chunk));
      incoming.on('end', () => {
        const body = Buffer.concat(asked);
        const { hostname, port } = new URL(record.aws.endpoint);
        const { method, url: path, headers } = incoming;
        const outgoing = request({ hostname, port, method, path, headers }, (theirs) => {
          const given: Buffer[] = [];
          theirs.on('data', (chunk: Buffer) => given.push(chunk));
          theirs.on('end', () => {
            const page = this.paged(new URLSearchParams(body.toString()), Buffer.concat(given).toString());
            answer.writeHead(theirs.statusCode!, { 'Content-Type': 'text/xml' });
            answer.end(page);
          });
        });
        outgoing.end(body);
      });
    });
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private paged(query: URLSearchParams, xml: string): string {
    const [, members] = /<Users>(.*)<\/Users>/s.exec(xml) ?? [];
    if (query.get('Action') !== 'GetGroup' || members === undefined) {
      return xml;
    }
    this.pages++;
    const all = members.match(/<member>.*?<\/member>/gs) ?? [];
    const begin = Number(query.get('Marker') ?? 0);
    const end = begin + this.pageSize;
    const more = end < all.length ? `<IsTruncated>true</IsTruncated><Marker>${end}</Marker>` : '';
    const users = `<Users>${all.slice(begin, end).join('')}</Users>${more}`;
    return xml.replace(/<IsTruncated>.*?<\/IsTruncated>/s, '').replace(/<Users>.*<\/Users>/s, () => users);
  }
}
