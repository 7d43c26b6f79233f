import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { issueCertificate } from '../certificate';
import { withoutEnforcement } from '../other-account';
import type { TestSandbox } from '../test-sandbox';

/** The global endpoint, which the agent's AWS SDK takes for AWS_REGION=us-east-1. */
const STS = 'sts.amazonaws.com';

/**
 * Stands in for AWS STS where the agent's AWS SDK can't be told another address: an HTTPS proxy, with a certificate
 * that an authority of its own signed. It knows only AssumeRoleWithWebIdentity, and passes it on to moto.
 *
 * moto takes any web identity token, so who may come in is checked here; and it takes unsigned calls only without
 * enforcement, which is lifted for the one call.
 */
export class StsOverHttps {
  /** @param token the one web identity token that it takes */
  static async start(sandbox: TestSandbox, token: string): Promise<StsOverHttps> {
    const sts = new StsOverHttps(sandbox, token);
    await new Promise<void>((resolve) => sts.proxy.listen(0, '127.0.0.1', resolve));
    return sts;
  }

  /** In PEM: what AWS_CA_BUNDLE is to hold. */
  readonly authority: string;

  private held: Promise<void> | undefined;
  private readonly sts;
  private readonly proxy = createHttp();
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly sandbox: TestSandbox,
    private readonly token: string,
  ) {
    const authority = issueCertificate('authority');
    const { certificate, key } = issueCertificate(STS, authority);
    this.authority = authority.certificate;
    this.sts = createHttps(
      { cert: certificate, key },
      (incoming, answer) => void this.answer(incoming, answer),
    );
    this.proxy.on('connect', ({ url }, socket: Socket) => {
      if (url !== `${STS}:443`) {
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        return;
      }
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      this.sts.emit('connection', socket);
    });
  }

  /** What HTTPS_PROXY is to be. */
  get url(): string {
    return `http://127.0.0.1:${(this.proxy.address() as AddressInfo).port}`;
  }

  /** From now on it answers late. @returns what lets it answer */
  hold(): () => void {
    let release!: () => void;
    this.held = new Promise((resolve) => (release = resolve));
    return release;
  }

  stop(): void {
    this.proxy.close();
    this.proxy.closeAllConnections();
    this.sockets.forEach((socket) => socket.destroy());
  }

  private async answer(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of incoming) {
      body += String(chunk);
    }
    const call = new URLSearchParams(body);
    if (call.get('Action') !== 'AssumeRoleWithWebIdentity' || call.get('WebIdentityToken') !== this.token) {
      answer.writeHead(400, { 'Content-Type': 'text/xml' });
      answer.end(REFUSED);
      return;
    }
    const { status, text } = await withoutEnforcement(this.sandbox, async () => {
      const response = await fetch(this.sandbox.record.aws.endpoint, { method: 'POST', body: call });
      return { status: response.status, text: await response.text() };
    });
    await this.held;
    answer.writeHead(status, { 'Content-Type': 'text/xml' });
    answer.end(text);
  }
}

/** As STS answers to a token whose issuer or audience is not the trusted one. */
const REFUSED =
  '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>' +
  '<Code>AccessDenied</Code><Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message></Error>' +
  '<RequestId>0</RequestId></ErrorResponse>';
