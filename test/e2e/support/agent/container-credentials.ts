import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credentials } from './iam-login';

/**
 * Stands in for the endpoint that ECS, Fargate and EKS Pod Identity give containers their credentials at, with the
 * authorization token that these ask for.
 *
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export class ContainerCredentials {
  static async start(credentials: Credentials): Promise<ContainerCredentials> {
    const service = new ContainerCredentials(credentials);
    await new Promise<void>((resolve) => service.server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  private readonly authorization = 'of-this-container';

  private readonly server = createServer(({ headers }, answer) => {
    const allowed = headers.authorization === this.authorization;
    answer.writeHead(allowed ? 200 : 403, { 'Content-Type': 'application/json' });
    answer.end(allowed ? sessionDocument(this.credentials) : '{}');
  });

  private constructor(private readonly credentials: Credentials) {}

  /** The variables of a container that has these credentials. */
  get env(): Record<string, string> {
    return {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: this.authorization,
    };
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** Credentials as the services of a container and of an instance give them: with an end, here in six hours. */
export function sessionDocument({ accessKeyId, secretAccessKey, sessionToken }: Credentials): string {
  return JSON.stringify({
    Code: 'Success',
    Type: 'AWS-HMAC',
    LastUpdated: new Date().toISOString(),
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: new Date(Date.now() + 6 * 3_600_000).toISOString(),
  });
}
