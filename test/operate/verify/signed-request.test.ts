import {
  loginFields,
  publicStsEndpoint,
  signIdentityRequest,
} from '../../../lib/operate/verify/signed-request';

const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'SESSION/EXAMPLE==',
};

beforeEach(() => jest.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z') }));
afterEach(() => jest.useRealTimers());

describe('the signed request', () => {
  // Both signatures were computed by botocore 1.43.11 from the same request.
  test.each([
    ['us-east-1', undefined, 'dbfb80134d0f2a7400cb386c9493a8d024d0d489908499d8abcf2b12cb8976e5'],
    ['eu-west-1', 'eu-west-1', '64786d18d48bba5054fb12b1d2274e6853fb2dcc3b438881cf005ff60dd8f2e2'],
  ])('has the signature that AWS expects, in %s', async (scope, region, signature) => {
    const { headers } = await signIdentityRequest(CREDENTIALS, {
      region,
      serverIdHeader: 'vault.example.com',
    });
    expect(headers.authorization).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/${scope}/sts/aws4_request, ` +
        'SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token;' +
        `x-vault-aws-iam-server-id, Signature=${signature}`,
    );
  });

  test('carries the server ID, and signs it', async () => {
    const { headers } = await signIdentityRequest(CREDENTIALS, { serverIdHeader: 'vault.example.com' });
    expect(headers['x-vault-aws-iam-server-id']).toBe('vault.example.com');
    expect(headers.authorization).toMatch(/SignedHeaders=[^,]*;x-vault-aws-iam-server-id,/);
  });

  test('has no such header where none is asked for', async () => {
    const { headers } = await signIdentityRequest(CREDENTIALS);
    expect(JSON.stringify(headers)).not.toMatch(/server-id/i);
  });

  test('never holds the secret key', async () => {
    const request = await signIdentityRequest(CREDENTIALS, { serverIdHeader: 'vault.example.com' });
    expect(JSON.stringify(request)).not.toContain(CREDENTIALS.secretAccessKey);
  });

  test('is signed for the host and port of an endpoint of its own', async () => {
    const request = await signIdentityRequest(CREDENTIALS, { stsEndpoint: 'http://127.0.0.1:5000' });
    expect(request.url).toBe('http://127.0.0.1:5000/');
    expect(request.headers.host).toBe('127.0.0.1:5000');
  });
});

test('the fields of a login are the request, in base64', async () => {
  const request = await signIdentityRequest(CREDENTIALS, { region: 'eu-west-1' });
  const decoded = Object.fromEntries(
    Object.entries(loginFields(request)).map(([name, value]) => [
      name,
      Buffer.from(value, 'base64').toString(),
    ]),
  );
  expect(decoded).toEqual({
    iam_http_request_method: expect.anything() as string,
    iam_request_url: 'https://sts.eu-west-1.amazonaws.com/',
    iam_request_body: 'Action=GetCallerIdentity&Version=2011-06-15',
    iam_request_headers: JSON.stringify(request.headers),
  });
  expect(loginFields(request).iam_http_request_method).toBe('POST');
});

test.each([
  ['us-east-1', 'https://sts.amazonaws.com'],
  ['us-west-2', 'https://sts.us-west-2.amazonaws.com'],
  ['cn-north-1', 'https://sts.cn-north-1.amazonaws.com.cn'],
  ['us-gov-west-1', 'https://sts.us-gov-west-1.amazonaws.com'],
  ['us-iso-east-1', 'https://sts.us-iso-east-1.c2s.ic.gov'],
  ['xx-newer-1', 'https://sts.xx-newer-1.amazonaws.com'],
])('the public STS of %s is %s', (region, endpoint) => {
  expect(publicStsEndpoint(region)).toBe(endpoint);
});
