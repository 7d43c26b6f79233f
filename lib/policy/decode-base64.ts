import { HclError } from '../hcl';

/**
 * Decodes the text of a policy in base64, and returns any other text as it is. Vault takes both, and only
 * tries whether the text can be decoded.
 *
 * Source: `handlePoliciesSet` in Vault's `vault/logical_system.go` (1.21.1), `StdEncoding` in Go's `encoding/base64`.
 *
 * @throws HclError if the decoded bytes are no text
 */
export function decodeBase64(text: string): string {
  const digits = /^[A-Za-z0-9+/=\r\n]*$/.test(text) ? text.replace(/[\r\n]/g, '') : '';
  if (digits.length === 0 || digits.length % 4 !== 0 || !/^[^=]*={0,2}$/.test(digits)) {
    return text;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(digits, 'base64'));
  } catch {
    throw new HclError(1, 1, 'Vault decodes it as base64, and the result is no UTF-8');
  }
}
