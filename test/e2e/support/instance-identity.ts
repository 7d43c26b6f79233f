import { createSign, generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

const VALID_YEARS = 1;

/** Pads the common name until the PEM has the length that is wanted; a name may have 64 characters. */
const LONGEST_PADDING = 40;

/**
 * What signs instance identity documents in place of AWS: Vault believes a document whose signature fits a
 * certificate of its `config/certificate/NAME`, so a certificate of our own makes the logins of instances whole.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-iid.html
 */
export class IdentityAuthority {
  /** The self-signed certificate, RSA 2048, in PEM: what Vault's `aws_public_cert` takes. */
  readonly certificate: string;

  private readonly x509: forge.pki.Certificate;

  /**
   * @param commonName the subject of the certificate, and its issuer
   * @param privateKey RSA, in PEM @default a new one
   */
  constructor(
    commonName = 'instance-identity',
    private readonly privateKey = newPrivateKey(),
  ) {
    this.x509 = selfSigned(commonName, forge.pki.privateKeyFromPem(privateKey));
    this.certificate = forge.pki.certificateToPem(this.x509).replaceAll('\r\n', '\n');
  }

  /**
   * One whose certificate's PEM is a multiple of three characters long (remainder 0), or one or two more. In
   * base64 the last two kinds end in padding, which the Vault provider drops when it reads the certificate back.
   */
  static withPemLength(remainder: 0 | 1 | 2): IdentityAuthority {
    const privateKey = newPrivateKey();
    for (let padding = 0; padding < LONGEST_PADDING; padding++) {
      const authority = new IdentityAuthority(`pem-length-${remainder}${'-'.repeat(padding)}`, privateKey);
      if (authority.certificate.length % 3 === remainder) {
        return authority;
      }
    }
    throw new Error(`no certificate with a PEM of length 3n+${remainder} was found`);
  }

  /**
   * What `/latest/dynamic/instance-identity/signature` answers beside the document: an RSA-SHA256 signature in
   * base64. Vault's certificate type is `identity`.
   */
  sign(document: string): string {
    return createSign('sha256').update(document).sign(this.privateKey, 'base64');
  }

  /**
   * What `/latest/dynamic/instance-identity/rsa2048` answers: PKCS #7 signed data with the document in it and
   * without the certificate, base64 in lines of 64 characters, no PEM header. Vault's certificate type is `pkcs7`.
   */
  pkcs7(document: string): string {
    const signed = forge.pkcs7.createSignedData();
    signed.content = forge.util.createBuffer(document, 'utf8');
    signed.addSigner({
      key: forge.pki.privateKeyFromPem(this.privateKey),
      certificate: this.x509,
      digestAlgorithm: forge.pki.oids.sha256!,
      // Vault sorts them as DER does before it verifies, node-forge signs them as they stand: this is DER's order.
      authenticatedAttributes: [
        { type: forge.pki.oids.contentType!, value: forge.pki.oids.data },
        { type: forge.pki.oids.signingTime! },
        { type: forge.pki.oids.messageDigest! },
      ],
    });
    signed.sign();
    const der = forge.asn1.toDer(signed.toAsn1()).getBytes();
    return forge.util.encode64(der, 64).replaceAll('\r\n', '\n').trimEnd();
  }
}

function selfSigned(commonName: string, key: forge.pki.rsa.PrivateKey): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e);
  certificate.serialNumber = '01';
  certificate.validity.notAfter.setFullYear(new Date().getFullYear() + VALID_YEARS);
  const name = [{ name: 'commonName', value: commonName }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.sign(key, forge.md.sha256.create());
  return certificate;
}

function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
}
