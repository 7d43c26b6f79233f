const ESCAPED = /\\(?:([abfnrtv\\"])|([0-7]{3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g;

const CONTROL: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
};

/**
 * The value of a string in quotes, in HCL. What is in `${}` stays as it is.
 *
 * Source: `hcl/strconv/quote.go` of github.com/hashicorp/hcl 1.0.1-vault-7.
 *
 * @returns undefined if an escape sequence means no character
 */
export function unquoteHcl(quoted: string): string | undefined {
  const text = quoted.slice(1, -1);
  if (!text.includes('$')) {
    return unescape(text, true);
  }
  let value = '';
  let from = 0;
  while (from < text.length) {
    const dollar = text.indexOf('${', from);
    const plain = unescape(text.slice(from, dollar === -1 ? text.length : dollar), true);
    if (plain === undefined) {
      return undefined;
    }
    value += plain;
    if (dollar === -1) {
      break;
    }
    from = endOfBraces(text, dollar + 2);
    const inBraces = text.slice(dollar, from);
    if (inBraces.includes('\ufffd')) {
      return undefined;
    }
    value += inBraces;
  }
  return value;
}

/**
 * The same in JSON, as the library reads it: it knows no pairs of surrogates, and more escapes than JSON has.
 *
 * Source: `Value` in `hcl/token/token.go` of github.com/hashicorp/hcl 1.0.1-vault-7, `Unquote` in Go's `strconv`.
 */
export function unquoteJson(quoted: string): string | undefined {
  return unescape(quoted.slice(1, -1), false);
}

function endOfBraces(text: string, from: number): number {
  let at = from;
  for (let open = 1; open > 0 && at < text.length; at++) {
    open += Number(text[at] === '{') - Number(text[at] === '}');
  }
  return at;
}

/** @param surrogates whether a surrogate becomes U+FFFD, and is no mistake */
function unescape(text: string, surrogates: boolean): string | undefined {
  if (!text.includes('\\')) {
    return text;
  }
  let valid = true;
  let bytes = false;
  const value = text.replace(
    ESCAPED,
    (_, plain?: string, octal?: string, x?: string, u?: string, U?: string) => {
      if (plain !== undefined) {
        return CONTROL[plain] ?? plain;
      }
      const code = octal === undefined ? parseInt((x ?? u ?? U)!, 16) : parseInt(octal, 8);
      if (u === undefined && U === undefined) {
        valid &&= code <= 0xff;
        bytes ||= code >= 0x80;
        // Kept apart from the characters of the text until all bytes are here.
        return code < 0x80 ? String.fromCharCode(code) : String.fromCharCode(BYTE + code);
      }
      const surrogate = code >= 0xd800 && code <= 0xdfff;
      // Go counts characters in 32 bits with a sign, and writes a negative one as U+FFFD.
      const negative = code > 0x7fffffff;
      valid &&= negative || (code <= 0x10ffff && (surrogates || !surrogate));
      return !valid || surrogate || negative ? '\ufffd' : String.fromCodePoint(code);
    },
  );
  return !valid ? undefined : bytes ? decodeBytes(value) : value;
}

/** A text has no lone surrogates at this point, so they can represent bytes. */
const BYTE = 0xd800;

/** `\xc3\xa9` is two bytes of UTF-8, and one character; each byte that is of none becomes U+FFFD. */
function decodeBytes(text: string): string {
  return text.replace(/\p{Surrogate}+/gu, (run) => {
    const bytes = Array.from(run, (unit) => String.fromCharCode(unit.charCodeAt(0) - BYTE)).join('');
    return bytes.replace(UTF8_OR_BYTE, (sequence) =>
      sequence.length === 1 ? '\ufffd' : decodeURIComponent(escapeBytes(sequence)),
    );
  });
}

const UTF8_OR_BYTE =
  /[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}|[\x80-\xff]/g;

function escapeBytes(bytes: string): string {
  return bytes.replace(/[^]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
}
