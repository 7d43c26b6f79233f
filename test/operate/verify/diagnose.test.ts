import { CredentialsError } from '../../../lib/operate/verify/credentials';
import { diagnose } from '../../../lib/operate/verify/diagnose';
import { VaultError, VaultUnreachableError } from '../../../lib/vault-api/vault-client';

const LOGIN = {
  vaultAddress: 'https://vault.example.com:8200',
  mountPath: 'aws_test',
  role: 'dev_role',
  serverIdHeader: 'vault.example.com',
  policies: [],
};

function refused(status: number, text: string) {
  return diagnose(new VaultError(status, [text], { method: 'POST', path: 'auth/aws_test/login' }), LOGIN);
}

/** As AWS answers, embedded by Vault in its own text. */
function fromSts(code: string, message: string): string {
  return (
    'error making upstream request: received error code 403 from STS: <ErrorResponse ' +
    'xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\n  <Error>\n    <Type>Sender</Type>\n' +
    `    <Code>${code}</Code>\n    <Message>${message}</Message>\n  </Error>\n</ErrorResponse>`
  );
}

const LOOKUP_FAILED =
  'error looking up full ARN of entity &{aws 123456789012 user  dev_account } when attempting login for role "dev_role": ';
const CLIENT = "'auth/aws_test/config/client'";

// The texts are those of Vault 1.21.1 and of AWS, word for word.
test.each([
  [
    'the header is missing',
    400,
    'error validating X-Vault-AWS-IAM-Server-ID header: missing header "X-Vault-AWS-IAM-Server-ID"',
    'The mount asks for the header X-Vault-AWS-IAM-Server-ID, and the login did not carry it.',
    `Set the login's server ID to the iam_server_id_header_value of ${CLIENT}.`,
  ],
  [
    'the header is another',
    400,
    'error validating X-Vault-AWS-IAM-Server-ID header: expected "vault.test" but got "other.test"',
    "The mount asks for X-Vault-AWS-IAM-Server-ID 'vault.test', and the login carried 'other.test'.",
    `Make the login's server ID and the iam_server_id_header_value of ${CLIENT} the same.`,
  ],
  [
    'the header is not signed',
    400,
    "error validating X-Vault-AWS-IAM-Server-ID header: vault header wasn't signed",
    'The header X-Vault-AWS-IAM-Server-ID is in the login, but is not among the headers that were signed.',
    'Sign it with the rest: somebody on the way may have added it to a request made for another Vault.',
  ],
  [
    'the role is unknown',
    400,
    'entry for role dev_role not found',
    "There is no role 'dev_role' on the mount 'aws_test'.",
    "See which there are: 'vault list auth/aws_test/role'. Roles have lower case names.",
  ],
  [
    'the role is for EC2',
    400,
    'auth method iam not allowed for role dev_role',
    "The role 'dev_role' on the mount 'aws_test' is for EC2 instances, not for IAM principals.",
    'Log in as a role of auth_type iam; the auth_type of a role cannot be changed, only replaced.',
  ],
  [
    'the principal is not bound',
    400,
    'IAM Principal "arn:aws:sts::123456789012:assumed-role/app/s1" does not belong to the role "dev_role"',
    "The caller 'arn:aws:sts::123456789012:assumed-role/app/s1' is not among the bound principals of the role 'dev_role'.",
    'Add it to the bound principals. Vault takes a principal that was deleted and created again for another ' +
      'one until the role is written again. A session is bound by the ARN of its role, not of the session.',
  ],
  [
    'the principal is of an account that Vault does not know',
    400,
    `${LOOKUP_FAILED}error creating IAM client: no STS configuration found for account ID "222222222222"`,
    'The caller is in the account 222222222222, in which Vault may not look principals up.',
    "Give Vault a role to assume there, at 'auth/aws_test/config/sts/222222222222', or bind the exact ARN with " +
      'resolve_aws_unique_ids=false, which needs no look-up.',
  ],
  [
    "Vault's own key is refused",
    400,
    `${LOOKUP_FAILED}error creating IAM client: unable to fetch current caller: : \n\tstatus code: 403, request id: x`,
    `AWS refuses the credentials that Vault itself uses, those of ${CLIENT}.`,
    'Write a valid access key there; a key that was made seconds ago may not be known everywhere yet.',
  ],
  [
    "Vault's own key was deleted after its account was seen",
    400,
    `${LOOKUP_FAILED}error fetching user "dev_account": InvalidClientTokenId: The security token included in the ` +
      'request is invalid.\n\tstatus code: 403, request id: x',
    `AWS refuses the credentials that Vault itself uses, those of ${CLIENT}.`,
    'Write a valid access key there; a key that was made seconds ago may not be known everywhere yet.',
  ],
  [
    "Vault's own user may not look the caller up",
    400,
    `${LOOKUP_FAILED}error fetching user "dev_account": AccessDenied: User is not authorized to perform: iam:GetUser\n` +
      '\tstatus code: 403, request id: x',
    "The caller is the user 'dev_account', and Vault's own credentials may not look up users, as a wildcard bind needs.",
    "If it should log in, bind users to 'dev_role' and allow Vault's IAM user iam:GetUser, " +
      'which the stack does by itself. Otherwise the refusal is right.',
  ],
  [
    'the session token has expired',
    400,
    fromSts('ExpiredToken', 'The security token included in the request is expired'),
    'The session token of the AWS credentials has expired.',
    "Get new credentials: 'aws sso login', or assume the role again.",
  ],
  [
    'the clock is wrong',
    400,
    fromSts(
      'SignatureDoesNotMatch',
      'Signature expired: 20260102T000000Z is now earlier than 20260102T010000Z',
    ),
    'The clock of this machine and that of AWS are more than five minutes apart, or the login came late.',
    'Set the clock of this machine, then log in again.',
  ],
  [
    'region and endpoint are apart',
    400,
    fromSts('SignatureDoesNotMatch', "Credential should be scoped to a valid region, not 'us-east-1'. "),
    "The login is signed for 'us-east-1' and its STS 'https://sts.amazonaws.com', and Vault asked the STS of another region.",
    `Make the login's region and the sts_endpoint and sts_region of ${CLIENT} the same.`,
  ],
  [
    'the signature is bad',
    400,
    fromSts(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    ),
    'AWS refused the signature of the login (SignatureDoesNotMatch).',
    'Check the access key, its secret and its session token: all of one pair, active, and copied whole.',
  ],
  [
    'the key is unknown to AWS',
    400,
    fromSts('InvalidClientTokenId', 'The security token included in the request is invalid.'),
    'AWS refused the signature of the login (InvalidClientTokenId).',
    'Check the access key, its secret and its session token: all of one pair, active, and copied whole.',
  ],
  [
    'the answer is not that of an STS',
    400,
    'error making upstream request: body of GetCallerIdentity is invalid',
    'STS, or the server that Vault takes for STS, did not confirm the signature of the login.',
    'Check the access key and its secret (an emulator of AWS refuses a bad signature in this way), then whether the ' +
      `sts_endpoint of ${CLIENT} is an STS: it must answer as text/xml.`,
  ],
  [
    'Vault cannot reach STS',
    400,
    'error making upstream request: error making request: POST https://sts.amazonaws.com// giving up after 4 ' +
      'attempt(s): Post "https://sts.amazonaws.com//": dial tcp: lookup sts.amazonaws.com: no such host',
    'Vault could not reach STS.',
    `Allow connections from Vault's machine to the address in the detail, or set the sts_endpoint of ${CLIENT} to one ` +
      'that it reaches.',
  ],
  [
    'a header is not accepted',
    400,
    'invalid request header: X-Amz-Custom',
    "The mount does not accept the header 'X-Amz-Custom' in a login.",
    `Add it to the allowed_sts_header_values of ${CLIENT}.`,
  ],
  [
    'Vault asks for a second factor',
    200,
    'mfa_requirement',
    "Vault asks for a second factor at logins through the mount 'aws_test'.",
    "Take the mount, or this principal's entity, out of 'identity/mfa/login-enforcement'.",
  ],
  [
    'the mount is absent',
    403,
    'permission denied',
    "Vault has no AWS auth method at 'aws_test' in the root namespace, or the token_bound_cidrs of the role " +
      "'dev_role' keep this machine out.",
    "Compare the mount path (without 'auth/') and the namespace with 'vault auth list'.",
  ],
  [
    'nothing answers there',
    404,
    'no handler for route "auth/aws_test/login". route entry not found.',
    "Vault has nothing at 'auth/aws_test/login' in the root namespace.",
    "Compare the mount path (without 'auth/') and the namespace with 'vault auth list'.",
  ],
  [
    'Vault is sealed',
    503,
    'Vault is sealed',
    "Vault at 'https://vault.example.com:8200' is sealed.",
    "Unseal it: 'vault operator unseal'.",
  ],
  [
    'Vault was never set up',
    501,
    'Vault is not initialized',
    "Vault at 'https://vault.example.com:8200' is not initialized.",
    "Set it up: 'vault operator init'.",
  ],
  [
    'it is something else',
    400,
    'something new',
    "The login as 'dev_role' at 'auth/aws_test/login' failed in a way that is not known here.",
    'Read the detail: it is the unchanged answer. The log of the Vault server may say more.',
  ],
])('where %s, the cause and what to do are said', (_, status, text, cause, action) => {
  const detail = `Vault answered POST auth/aws_test/login with ${status}: ${text}`;
  expect(refused(status, text)).toEqual({ cause, action, detail });
});

test('the namespace is named where there is one', () => {
  const error = new VaultError(403, ['permission denied'], { method: 'POST', path: 'auth/aws_test/login' });
  expect(diagnose(error, { ...LOGIN, namespace: 'team' }).cause).toBe(
    "Vault has no AWS auth method at 'aws_test' in the namespace 'team', or the token_bound_cidrs of the role " +
      "'dev_role' keep this machine out.",
  );
});

test('a missing permission that does not come as 403 is not taken for an absent mount', () => {
  expect(refused(400, 'permission denied').cause).toMatch(/not known here/);
});

test('an unreachable Vault is named by its address, with the reason', () => {
  const reason = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:8200') });
  expect(diagnose(new VaultUnreachableError(LOGIN.vaultAddress, reason), LOGIN)).toEqual({
    cause: "Vault did not answer at 'https://vault.example.com:8200'.",
    action:
      'Check the address, its scheme (http or https) and the network path to it; for your own ' +
      'certificate authority set NODE_EXTRA_CA_CERTS=FILE.',
    detail: "no answer from Vault at 'https://vault.example.com:8200': connect ECONNREFUSED 127.0.0.1:8200",
  });
});

test('missing AWS credentials are said, with what the provider says', () => {
  expect(
    diagnose(new CredentialsError(new Error('Could not load credentials from any providers')), LOGIN),
  ).toEqual({
    cause:
      'No AWS credentials were found in the environment, the shared files of the profile, or the metadata.',
    action:
      'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; a profile of IAM Identity Center needs ' +
      "'aws sso login' first.",
    detail: 'Could not load credentials from any providers',
  });
});
