import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AwsEndpoints } from '../../../lib/constructs/aws';
import { SANDBOX_REGION } from '../../../sandbox/region';
import type { AccessKey } from '../../../sandbox/servers';
import type { TestSandbox } from './test-sandbox';

export interface AwsProxyProps {
  /** How long a key is refused after it was seen first, in milliseconds. @default not at all */
  readonly delayMs?: number;
  /** What AWS would answer to an action of IAM that moto lacks: the text within the answer. @default none */
  readonly answers?: Readonly<Record<string, string>>;
  /** The region that this STS is of: it refuses what is signed for another. @default any, as of moto */
  readonly stsRegion?: string;
}

/** A call that the proxy passed on. */
export interface AwsCall {
  /** As in an IAM policy, but for the service: `GetUser`. */
  readonly action: string;
  readonly accessKeyId: string;
  /** The role and the key that was given for it, if the call was for a session. */
  readonly session?: { readonly roleArn: string; readonly accessKeyId: string };
}

/**
 * Stands before moto and, as AWS may do, does not know a key for its first seconds. moto itself knows a key at once.
 * The administrator's is old, and so is a session, which STS gives ready to use. Where it is told to, it minds the
 * region that a call to STS is signed for.
 */
export class AwsProxy {
  static async start(sandbox: TestSandbox, props: AwsProxyProps = {}): Promise<AwsProxy> {
    const proxy = new AwsProxy(sandbox, props);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** What was passed on. */
  readonly calls: AwsCall[] = [];
  /** How many calls were refused. */
  refusals = 0;
  /** How long a key is refused from now on, in milliseconds. */
  delayMs: number;
  /** What the deletion of a key waits for: AWS lets a deleted key in for a moment. */
  deletionWaitsFor: Promise<unknown> = Promise.resolve();
  private readonly firstSeen: Map<string, number>;
  private readonly server: Server;

  private constructor({ record }: TestSandbox, { delayMs = 0, answers = {}, stsRegion }: AwsProxyProps) {
    this.delayMs = delayMs;
    this.firstSeen = new Map([[record.aws.admin.accessKeyId, 0]]);
    this.server = createServer((incoming, answer) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const body = Buffer.concat(chunks);
        const action = new URLSearchParams(body.toString()).get('Action') ?? '';
        if (this.isNew(incoming)) {
          this.refusals++;
          reply(answer, 403, 'ErrorResponse', UNKNOWN_KEY);
        } else if (isOfAnotherRegion(incoming, stsRegion)) {
          this.refusals++;
          reply(answer, 403, 'ErrorResponse', WRONG_REGION);
        } else if (answers[action] !== undefined) {
          reply(answer, 200, `${action}Response`, answers[action]);
        } else {
          const before = action === 'DeleteAccessKey' ? this.deletionWaitsFor : Promise.resolve();
          const { authorization = '' } = incoming.headers;
          const accessKeyId = /Credential=([^/]+)/.exec(authorization)?.[1] ?? '';
          void before.then(() =>
            passOn(record.aws.endpoint, incoming, body, answer, (text) => {
              const roleArn = new URLSearchParams(body.toString()).get('RoleArn');
              const given = /<AccessKeyId>([^<]+)</.exec(text)?.[1];
              const session = roleArn && given ? { roleArn, accessKeyId: given } : undefined;
              this.calls.push({ action, accessKeyId, session });
            }),
          );
        }
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get endpoints(): AwsEndpoints {
    return { iam: this.url, sts: { url: this.url, region: SANDBOX_REGION }, ec2: this.url };
  }

  /** From now on a key is as old as the administrator's. */
  knows({ accessKeyId }: Pick<AccessKey, 'accessKeyId'>): void {
    this.firstSeen.set(accessKeyId, 0);
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private isNew({ headers }: IncomingMessage): boolean {
    const key = /Credential=(AKIA[^/]+)/.exec(headers.authorization ?? '')?.[1];
    if (key === undefined) {
      return false;
    }
    const firstSeen = this.firstSeen.get(key) ?? Date.now();
    this.firstSeen.set(key, firstSeen);
    return Date.now() - firstSeen < this.delayMs;
  }
}

const UNKNOWN_KEY =
  '<Error><Type>Sender</Type><Code>InvalidClientTokenId</Code>' +
  '<Message>The security token included in the request is invalid</Message></Error>';

/** As in https://github.com/hashicorp/vault/issues/11067; the space before the end is in the answers of AWS. */
const WRONG_REGION =
  '<Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code>' +
  '<Message>Credential should be scoped to a valid region. </Message></Error>';

function isOfAnotherRegion({ headers }: IncomingMessage, region: string | undefined): boolean {
  const signedFor = /Credential=[^/]+\/\d+\/([^/]+)\/sts\//.exec(headers.authorization ?? '')?.[1];
  return region !== undefined && signedFor !== undefined && signedFor !== region;
}

function reply(answer: ServerResponse, status: number, root: string, content: string): void {
  answer.writeHead(status, { 'Content-Type': 'text/xml' });
  answer.end(
    `<${root} xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${content}<RequestId>0</RequestId></${root}>`,
  );
}

function passOn(
  endpoint: string,
  incoming: IncomingMessage,
  body: Buffer,
  answer: ServerResponse,
  answered: (text: string) => void,
): void {
  const { hostname, port } = new URL(endpoint);
  const { method, url: path, headers } = incoming;
  // The host header stays: it is signed.
  const outgoing = request({ hostname, port, method, path, headers }, (theirs) => {
    answer.writeHead(theirs.statusCode!, theirs.headers);
    const chunks: Buffer[] = [];
    theirs.on('data', (chunk: Buffer) => chunks.push(chunk));
    // Before the end is passed on, so that who waits for the answer finds the call.
    theirs.on('end', () => answered(Buffer.concat(chunks).toString()));
    theirs.pipe(answer);
  });
  outgoing.on('error', (error) => answer.destroy(error));
  outgoing.end(body);
}
