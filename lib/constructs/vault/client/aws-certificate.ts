import { X509Certificate } from 'node:crypto';
import { AwsAuthBackendCert } from '@cdktf/provider-vault/lib/aws-auth-backend-cert';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  checkedBy,
  checkFields,
  construct,
  matching,
  oneOf,
  optional,
  table,
  text,
  withRule,
} from '../../checks';
import { type AwsAuthMount, onMount } from '../mount/aws-auth-mount';
import { onProvider } from '../on-provider';
import { CERTIFICATE_NAME } from '../names';

export interface AwsCertificateProps {
  readonly mount: AwsAuthMount;

  /** Name of the certificate in Vault: letters, digits or any of _.-; unique on the mount. */
  readonly certificateName: string;

  /** The certificate as PEM, one block; known at synth. It is public, so it is written out. */
  readonly pem: string;

  /**
   * What it verifies: `pkcs7` signatures, or the base64 signature that comes with an `identity` document.
   * @default 'pkcs7'
   */
  readonly type?: 'pkcs7' | 'identity';
}

export const AWS_CERTIFICATE = table<AwsCertificateProps>({
  mount: construct,
  certificateName: matching(CERTIFICATE_NAME),
  pem: withRule(text, checkPem),
  type: optional(oneOf('pkcs7', 'identity')),
});

/**
 * A certificate by which Vault knows that an instance's identity document comes from AWS. Vault has those of the
 * older regions built in; the others, and those of AWS GovCloud and China, are configured.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#create-certificate-configuration and
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/regions-certs.html
 *
 * @example
 * new AwsCertificate(this, 'hong_kong', { mount, certificateName: 'ap-east-1', pem: readFileSync('ap-east-1.pem', 'utf8') });
 */
export class AwsCertificate extends Construct {
  constructor(scope: Construct, id: string, props: AwsCertificateProps) {
    super(scope, id);
    const lifecycle = checkedBy(checkFields(this, props, AWS_CERTIFICATE));
    const { mount, certificateName, pem, type = 'pkcs7' } = props;

    new AwsAuthBackendCert(this, 'Default', {
      backend: mount.path,
      certName: certificateName,
      awsPublicCert: Buffer.from(padded(pem)).toString('base64'),
      type,
      lifecycle,
    });
    const mounted = onMount(mount);
    mounted.addCertificate(this, certificateName);
    onProvider(this, mounted.facts.provider);
  }
}

/**
 * Puts line breaks before the text until its base64 has no padding. The provider reads the certificate back without
 * padding, and would otherwise plan a new certificate at every run. Line breaks before the text mean nothing in PEM;
 * after it, Vault reads them as another block.
 *
 * Source: `awsAuthBackendCertRead` in resource_aws_auth_backend_cert.go of terraform-provider-vault, and
 * `decodePEMAndParseCertificate` in `builtin/credential/aws/path_config_certificate.go` of Vault.
 */
function padded(pem: string): string {
  const text = pem.trim();
  const length = Buffer.byteLength(text);
  return '\n'.repeat((3 - (length % 3)) % 3) + text;
}

/** Source: `decodePEMAndParseCertificate` in `builtin/credential/aws/path_config_certificate.go` of Vault. */
function checkPem(place: string, pem: string): string | string[] {
  if (Token.isUnresolved(pem)) {
    return `${place}: must be known at synth, because it is checked and padded here; got a reference`;
  }
  const blocks = pem.match(/-----BEGIN [^-]*-----/g) ?? [];
  if (blocks.length !== 1 || blocks[0] !== '-----BEGIN CERTIFICATE-----') {
    return `${place}: must be one block '-----BEGIN CERTIFICATE-----'; got ${blocks.length === 0 ? 'none' : blocks.join(' ')}`;
  }
  const [, behind = ''] = pem.split('-----END CERTIFICATE-----');
  if (behind.trim() !== '') {
    return `${place}: nothing may follow the block, because Vault reads it as another block; got '${behind.trim()}'`;
  }
  try {
    new X509Certificate(pem);
    return [];
  } catch (error) {
    return `${place}: is not an X.509 certificate; got '${(error as Error).message}'`;
  }
}
