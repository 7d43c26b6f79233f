import { loginFields, signIdentityRequest } from '../../../lib/operate/verify/signed-request';
import type { Instance } from './instance';
import { assumeRole } from './other-account';
import type { TestSandbox } from './test-sandbox';

/** What Vault answers to a login, in its own words. */
export interface VaultAuth {
  readonly client_token: string;
  readonly token_policies: string[];
  readonly lease_duration: number;
  readonly metadata: Readonly<Record<string, string>>;
}

interface LoginProps {
  /** Without `auth/`. */
  readonly mountPath: string;
  readonly role: string;
}

/** The proof of an instance: its document and the signature of it, or both in PKCS #7. */
export type SignedIdentity =
  { readonly document: string; readonly signature: string } | { readonly pkcs7: string };

export interface Ec2LoginProps extends LoginProps {
  readonly identity: SignedIdentity;
  /** @default not sent: Vault makes one and gives it back in the metadata. '' forbids any further login */
  readonly nonce?: string;
}

/**
 * Logs in with auth type `ec2`.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#login
 *
 * @throws VaultError where Vault refuses
 */
export function ec2Login(sandbox: TestSandbox, { identity, ...props }: Ec2LoginProps): Promise<VaultAuth> {
  return login(sandbox, props, {
    ...('pkcs7' in identity
      ? identity
      : { identity: Buffer.from(identity.document).toString('base64'), signature: identity.signature }),
    ...(props.nonce !== undefined && { nonce: props.nonce }),
  });
}

export interface InferredLoginProps extends LoginProps {
  /** Whose role, and whose ID as the name of the session, as EC2 names the sessions that it gives. */
  readonly instance: Instance;
  /** @default the instance's ID */
  readonly sessionName?: string;
  /** What the mount asks for. @default nothing */
  readonly serverIdHeader?: string;
}

/**
 * Logs in with auth type `iam` as an instance does that has a role: Vault infers the instance from the session.
 *
 * @throws VaultError where Vault refuses
 */
export async function inferredLogin(
  sandbox: TestSandbox,
  { instance, sessionName = instance.instanceId, serverIdHeader, ...props }: InferredLoginProps,
): Promise<VaultAuth> {
  const [, role] = instance.roleArn.split(':role/');
  const session = await assumeRole(sandbox, role!, instance.accountId, sessionName);
  return login(sandbox, props, loginFields(await signIdentityRequest(session, { serverIdHeader })));
}

async function login(
  sandbox: TestSandbox,
  { mountPath, role }: LoginProps,
  proof: object,
): Promise<VaultAuth> {
  const path = `auth/${mountPath}/login`;
  const { auth } = await sandbox.vault<{ auth: VaultAuth }>('POST', path, { role, ...proof }, '');
  return auth;
}

/** What a refused login is to match. @param text Vault's words */
export const refusal = (text: string | RegExp) => ({ errors: [expect.stringMatching(text) as string] });
