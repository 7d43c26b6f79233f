import forge from 'node-forge';

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly subject: string;
  readonly certificate: string;
  readonly key: string;
}

/** A certificate for a name, signed by an authority of the test; an authority itself where none is given. */
export function issueCertificate(commonName: string, authority?: Certificate): Certificate {
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = `0${commonName.length}`;
  certificate.validity.notBefore = new Date(Date.now() - 60_000);
  certificate.validity.notAfter = new Date(Date.now() + 3_600_000);
  certificate.setSubject([{ name: 'commonName', value: commonName }]);
  certificate.setIssuer([{ name: 'commonName', value: authority?.subject ?? commonName }]);
  certificate.setExtensions(
    authority
      ? [{ name: 'subjectAltName', altNames: [{ type: 2, value: commonName }] }]
      : [{ name: 'basicConstraints', cA: true }],
  );
  const signer = authority ? forge.pki.privateKeyFromPem(authority.key) : keys.privateKey;
  certificate.sign(signer, forge.md.sha256.create());
  return {
    subject: commonName,
    certificate: forge.pki.certificateToPem(certificate),
    key: forge.pki.privateKeyToPem(keys.privateKey),
  };
}
