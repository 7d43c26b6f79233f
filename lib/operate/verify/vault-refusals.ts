import { type DeclaredLogin, loginPath } from './declared-login';
import { DEFAULT_REGION, publicStsEndpoint, SERVER_ID_HEADER } from './signed-request';

interface VaultRefusal {
  /** The HTTP status it comes with. @default any */
  readonly status?: number;
  readonly text: RegExp;
  readonly explain: (login: DeclaredLogin, match: RegExpExecArray) => { cause: string; action: string };
}

/**
 * The refusals of a login that are known, by Vault's text. The first that matches counts: texts of AWS come
 * embedded in texts of Vault, so the ones about Vault's own calls are before those about the caller's.
 *
 * Source: `path_login.go`, `client.go` and `path_config_client.go` in Vault's builtin/credential/aws, and
 * `http/handler.go` (1.21.1).
 */
export const VAULT_REFUSALS: readonly VaultRefusal[] = [
  {
    text: /Vault is (sealed|not initialized)/i,
    explain: ({ vaultAddress }, [, state]) => ({
      cause: `Vault at '${vaultAddress}' is ${state}.`,
      action:
        state === 'sealed' ? "Unseal it: 'vault operator unseal'." : "Set it up: 'vault operator init'.",
    }),
  },
  {
    text: /missing header "X-Vault-AWS-IAM-Server-ID"/,
    explain: (login) => ({
      cause: `The mount asks for the header ${SERVER_ID_HEADER}, and the login did not carry it.`,
      action: `Set the login's server ID to the iam_server_id_header_value of ${clientConfig(login)}.`,
    }),
  },
  {
    text: /Server-ID header: expected "(.*)" but got "(.*)"/,
    explain: (login, [, expected, got]) => ({
      cause: `The mount asks for ${SERVER_ID_HEADER} '${expected}', and the login carried '${got}'.`,
      action: `Make the login's server ID and the iam_server_id_header_value of ${clientConfig(login)} the same.`,
    }),
  },
  {
    text: /vault header wasn't signed/,
    explain: () => ({
      cause: `The header ${SERVER_ID_HEADER} is in the login, but is not among the headers that were signed.`,
      action:
        'Sign it with the rest: somebody on the way may have added it to a request made for another Vault.',
    }),
  },
  {
    text: /entry for role "?(.*?)"? not found/,
    explain: ({ mountPath, role }) => ({
      cause: `There is no role '${role}' on the mount '${mountPath}'.`,
      action: `See which there are: 'vault list auth/${mountPath}/role'. Roles have lower case names.`,
    }),
  },
  {
    text: /auth method iam not allowed for role/,
    explain: ({ mountPath, role }) => ({
      cause: `The role '${role}' on the mount '${mountPath}' is for EC2 instances, not for IAM principals.`,
      action: 'Log in as a role of auth_type iam; the auth_type of a role cannot be changed, only replaced.',
    }),
  },
  {
    text: /IAM Principal "(.*?)" does not belong to the role/,
    explain: ({ role }, [, arn]) => ({
      cause: `The caller '${arn}' is not among the bound principals of the role '${role}'.`,
      action:
        'Add it to the bound principals. Vault takes a principal that was deleted and created again for another one ' +
        'until the role is written again. A session is bound by the ARN of its role, not of the session.',
    }),
  },
  {
    text: /(?:no STS configuration found|unable to fetch client) for account ID "?(\d+)/,
    explain: ({ mountPath }, [, account]) => ({
      cause: `The caller is in the account ${account}, in which Vault may not look principals up.`,
      action:
        `Give Vault a role to assume there, at 'auth/${mountPath}/config/sts/${account}', or bind the exact ARN ` +
        'with resolve_aws_unique_ids=false, which needs no look-up.',
    }),
  },
  {
    // 'unable to fetch current caller' is GetCallerIdentity, which AWS answers to every valid key.
    text: /error (?:looking up full ARN|creating \w+ client)[^]*(?:unable to fetch current caller|InvalidClientTokenId|SignatureDoesNotMatch|ExpiredToken|NoCredentialProviders)/,
    explain: (login) => ({
      cause: `AWS refuses the credentials that Vault itself uses, those of ${clientConfig(login)}.`,
      action:
        'Write a valid access key there; a key that was made seconds ago may not be known everywhere yet.',
    }),
  },
  {
    text: /error fetching (user|role) "(.*?)"[^]*(?:AccessDenied|status code: 403)/,
    explain: ({ role }, [, kind, name]) => ({
      cause: `The caller is the ${kind} '${name}', and Vault's own credentials may not look up ${kind}s, as a wildcard bind needs.`,
      action:
        `If it should log in, bind ${kind}s to '${role}' and allow Vault's IAM user iam:Get${kind === 'user' ? 'User' : 'Role'}, ` +
        'which the stack does by itself. Otherwise the refusal is right.',
    }),
  },
  {
    text: /ExpiredToken/,
    explain: () => ({
      cause: 'The session token of the AWS credentials has expired.',
      action: "Get new credentials: 'aws sso login', or assume the role again.",
    }),
  },
  {
    text: /Signature expired|Signature not yet current|RequestExpired/,
    explain: () => ({
      cause:
        'The clock of this machine and that of AWS are more than five minutes apart, or the login came late.',
      action: 'Set the clock of this machine, then log in again.',
    }),
  },
  {
    text: /Credential should be scoped to a valid region|region missing from Authorization|unable to get regional STS/,
    explain: (login) => ({
      cause:
        `The login is signed for '${login.region ?? DEFAULT_REGION}' and its ${stsOf(login)}, ` +
        'and Vault asked the STS of another region.',
      action: `Make the login's region and the sts_endpoint and sts_region of ${clientConfig(login)} the same.`,
    }),
  },
  {
    text: /received error code \d+ from STS[^]*(SignatureDoesNotMatch|InvalidClientTokenId|IncompleteSignature|AccessDenied)/,
    explain: (_, [, code]) => ({
      cause: `AWS refused the signature of the login (${code}).`,
      action:
        'Check the access key, its secret and its session token: all of one pair, active, and copied whole.',
    }),
  },
  {
    text: /error making upstream request: (?:body of GetCallerIdentity is invalid|error parsing STS response)/,
    explain: (login) => ({
      cause: 'STS, or the server that Vault takes for STS, did not confirm the signature of the login.',
      action:
        'Check the access key and its secret (an emulator of AWS refuses a bad signature in this way), then whether the ' +
        `sts_endpoint of ${clientConfig(login)} is an STS: it must answer as text/xml.`,
    }),
  },
  {
    text: /error making upstream request: error making request/,
    explain: (login) => ({
      cause: 'Vault could not reach STS.',
      action:
        `Allow connections from Vault's machine to the address in the detail, or set the sts_endpoint of ` +
        `${clientConfig(login)} to one that it reaches.`,
    }),
  },
  {
    text: /invalid request header: (\S+)/,
    explain: (login, [, header]) => ({
      cause: `The mount does not accept the header '${header}' in a login.`,
      action: `Add it to the allowed_sts_header_values of ${clientConfig(login)}.`,
    }),
  },
  {
    text: /^mfa_requirement$/,
    explain: ({ mountPath }) => ({
      cause: `Vault asks for a second factor at logins through the mount '${mountPath}'.`,
      action: "Take the mount, or this principal's entity, out of 'identity/mfa/login-enforcement'.",
    }),
  },
  {
    // The answer is the same whether the mount is absent, is of another type, or keeps this machine out.
    status: 403,
    text: /permission denied/,
    explain: (login) => ({
      cause:
        `Vault has no AWS auth method at '${login.mountPath}' in ${namespaceOf(login)}, or the token_bound_cidrs ` +
        `of the role '${login.role}' keep this machine out.`,
      action: `Compare the mount path (without 'auth/') and the namespace with 'vault auth list'.`,
    }),
  },
  {
    status: 404,
    text: /no handler for route|unsupported path|namespace/,
    explain: (login) => ({
      cause: `Vault has nothing at '${loginPath(login)}' in ${namespaceOf(login)}.`,
      action: `Compare the mount path (without 'auth/') and the namespace with 'vault auth list'.`,
    }),
  },
];

function clientConfig({ mountPath }: DeclaredLogin): string {
  return `'auth/${mountPath}/config/client'`;
}

function stsOf({ region = DEFAULT_REGION }: DeclaredLogin): string {
  return `STS '${publicStsEndpoint(region)}'`;
}

function namespaceOf({ namespace }: DeclaredLogin): string {
  return namespace === undefined ? 'the root namespace' : `the namespace '${namespace}'`;
}
