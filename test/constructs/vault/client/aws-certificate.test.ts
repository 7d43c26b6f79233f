import { X509Certificate } from 'node:crypto';
import { AwsAuthMount, AwsCertificate, type AwsCertificateProps } from '../../../../lib/constructs/vault';
import { IdentityAuthority } from '../../../e2e/support/instance-identity';
import { lateText, preconditionsOf, problemsOf, synthesize } from '../../../support/stack';

const { certificate: pem } = new IdentityAuthority();

const problemsWith = (props: Partial<AwsCertificateProps>) =>
  problemsOf((stack) => {
    const mount = new AwsAuthMount(stack, 'mount');
    new AwsCertificate(stack, 'certificate', { mount, certificateName: 'region', pem, ...props });
  });

const written = (props: Partial<AwsCertificateProps> = {}) =>
  synthesize((stack) => {
    const mount = new AwsAuthMount(stack, 'mount');
    new AwsCertificate(stack, 'certificate', { mount, certificateName: 'region', pem, ...props });
  }).resource.vault_aws_auth_backend_cert!.certificate!;

test('a certificate is for pkcs7 signatures unless it says otherwise', () => {
  expect(written()).toMatchObject({
    backend: '${vault_auth_backend.mount.path}',
    cert_name: 'region',
    type: 'pkcs7',
  });
  expect(written({ type: 'identity' })).toMatchObject({ type: 'identity' });
});

describe.each([0, 1, 2] as const)('a PEM of 3n+%i characters', (remainder) => {
  const authority = IdentityAuthority.withPemLength(remainder);
  const base64 = written({ pem: authority.certificate }).aws_public_cert as string;

  test('is written in base64 without padding, as the provider reads it back', () => {
    expect(base64).not.toContain('=');
  });

  test('ends with its block, because Vault reads one more line break as another block', () => {
    expect(Buffer.from(base64, 'base64').toString()).toMatch(/-----END CERTIFICATE-----\n?$/);
  });

  test('is the same certificate', () => {
    expect(new X509Certificate(Buffer.from(base64, 'base64')).fingerprint).toBe(
      new X509Certificate(authority.certificate).fingerprint,
    );
  });
});

describe('a certificate is refused', () => {
  test.each(['', '-region', 'region.', 'my region', 'teams/region'])(
    'with the name %j',
    (certificateName) => {
      expect(problemsWith({ certificateName })).toEqual([
        `[stack/certificate] certificateName: must be letters, digits or any of _.-, with no . or - at an end; got '${certificateName}'`,
      ]);
    },
  );

  test.each<[string, string, string]>([
    ['that is no PEM', 'MIIB', "must be one block '-----BEGIN CERTIFICATE-----'; got none"],
    [
      'that is two',
      pem + pem,
      "must be one block '-----BEGIN CERTIFICATE-----'; got -----BEGIN CERTIFICATE----- -----BEGIN CERTIFICATE-----",
    ],
    [
      'that is a key',
      '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n',
      "must be one block '-----BEGIN CERTIFICATE-----'; got -----BEGIN PUBLIC KEY-----",
    ],
    [
      'with text behind it',
      `${pem}# eu-central-1\n`,
      "nothing may follow the block, because Vault reads it as another block; got '# eu-central-1'",
    ],
  ])('%s', (_, text, rule) => {
    expect(problemsWith({ pem: text })).toEqual([`[stack/certificate] pem: ${rule}`]);
  });

  test('that is broken', () => {
    expect(problemsWith({ pem: pem.replace(/\n[^]*\n/, '\nMIIB\n') })).toEqual([
      expect.stringMatching(/^\[stack\/certificate\] pem: is not an X\.509 certificate; got '.+'$/),
    ]);
  });

  test('that is known only at apply', () => {
    const problems = problemsOf((stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      new AwsCertificate(stack, 'certificate', { mount, certificateName: 'region', pem: lateText(stack) });
    });

    expect(problems).toEqual([
      '[stack/certificate] pem: must be known at synth, because it is checked and padded here; got a reference',
    ]);
  });

  test('with the name of another certificate of the mount', () => {
    const problems = problemsOf((stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      new AwsCertificate(stack, 'one', { mount, certificateName: 'region', pem });
      new AwsCertificate(stack, 'two', { mount, certificateName: 'region', pem });
    });

    expect(problems).toEqual([
      "[stack/two] certificate 'region' is declared twice, each write would replace the other; it is already declared at 'stack/one'",
    ]);
  });
});

test('text before the block is taken, as openssl writes it', () => {
  expect(problemsWith({ pem: `subject=CN = instance-identity\n${pem}` })).toEqual([]);
});

test('a name that is known only at apply is checked by Terraform', () => {
  const { resource } = synthesize((stack) => {
    const mount = new AwsAuthMount(stack, 'mount');
    new AwsCertificate(stack, 'certificate', { mount, certificateName: lateText(stack), pem });
  });

  expect(preconditionsOf(resource.vault_aws_auth_backend_cert!.certificate)).toEqual([
    [
      expect.stringContaining('regex('),
      "certificateName: must be letters, digits or any of _.-, with no . or - at an end; got '${var.late}'",
    ],
  ]);
});
