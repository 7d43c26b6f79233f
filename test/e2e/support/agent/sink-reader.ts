import { createDecipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Envelope {
  readonly curve25519_public_key: string;
  readonly nonce: string;
  readonly encrypted_payload: string;
}

/** Who reads an encrypted sink: only its private key opens what the agent wrote with the public one. */
export class SinkReader {
  private readonly keys = generateKeyPairSync('x25519');

  /** Writes the file that the sink names as `dh_path`. @returns its path */
  writePublicKey(folder: string): string {
    const file = join(folder, 'reader.json');
    writeFileSync(file, JSON.stringify({ curve25519_public_key: this.publicKey.toString('base64') }));
    return file;
  }

  /**
   * The token in a sink with `derive_key`.
   *
   * Source: `helper/dhutil/dhutil.go` of Vault (1.21.1)
   *
   * @throws where the key or the authenticated data is another
   */
  read(sink: string, aad: string): string {
    const envelope = JSON.parse(sink) as Envelope;
    const theirs = Buffer.from(envelope.curve25519_public_key, 'base64');
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'X25519', x: theirs.toString('base64url') },
      format: 'jwk',
    });
    const secret = diffieHellman({ privateKey: this.keys.privateKey, publicKey });
    const [salt, info] = [this.publicKey, theirs].sort((a, b) => Buffer.compare(a, b));
    const key = Buffer.from(hkdfSync('sha256', secret, salt!, info!, 32));
    const payload = Buffer.from(envelope.encrypted_payload, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(envelope.nonce, 'base64'));
    decipher.setAAD(Buffer.from(aad)).setAuthTag(payload.subarray(-16));
    return Buffer.concat([decipher.update(payload.subarray(0, -16)), decipher.final()]).toString();
  }

  private get publicKey(): Buffer {
    return Buffer.from(this.keys.publicKey.export({ format: 'jwk' }).x!, 'base64url');
  }
}
