/** A piece of an agent's configuration, in HCL 1 or JSON. */
export interface ConfigToken {
  readonly kind: 'name' | 'text' | 'number' | 'truth' | 'sign';
  /** Of a text what it says, of a sign the sign. */
  readonly value: string | number | boolean;
  /** Counted from 1. */
  readonly line: number;
}

/** A configuration that the agent can't read. It never holds what stands in the file, which may be secret. */
export class AgentSyntaxError extends Error {
  constructor(
    readonly line: number,
    readonly rule: string,
  ) {
    super(`line ${line}: ${rule}`);
    this.name = 'AgentSyntaxError';
  }
}

const TOKEN = new RegExp(
  [
    /(?<space>\s+|#.*|\/\/.*|\/\*[^]*?\*\/)/u,
    /<<-?(?<anchor>[\p{L}\p{N}_]+)\r?\n(?<heredoc>(?:.*\n)*?)[^\S\n]*\k<anchor>\r*(?=\n)/u,
    /(?<quoted>"(?:\\.|\$\{(?:[^{}]|\{[^{}]*\})*\}|(?!\$\{)[^"\\\n])*")/u,
    /(?<number>-?(?:0[xX][\da-fA-F]+|\d[\d.]*(?:[eE][+-]?\d+)?))/u,
    /(?<name>[\p{L}_][\p{L}\p{N}_.-]*)/u,
    /(?<sign>[{}[\]=,:])/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'yu',
);

/**
 * The tokens of a configuration, as the agent's own scanner makes them.
 *
 * A heredoc keeps its indentation, which means nothing to an agent's login.
 *
 * Source: `hcl/scanner/scanner.go` and `hcl/token/token.go` of github.com/hashicorp/hcl 1.0.1.
 *
 * @throws AgentSyntaxError
 */
export function scanConfig(text: string): ConfigToken[] {
  const tokens: ConfigToken[] = [];
  let line = 1;
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) {
      throw new AgentSyntaxError(
        line,
        'a text ends on its line, in double quotes; else this is no HCL and no JSON',
      );
    }
    const token = tokenOf(match.groups!, line);
    if (token) {
      tokens.push(token);
    }
    line += match[0].split('\n').length - 1;
  }
  return tokens;
}

function tokenOf(groups: Record<string, string | undefined>, line: number): ConfigToken | undefined {
  const { heredoc, quoted, number, name, sign } = groups;
  if (heredoc !== undefined) {
    return { kind: 'text', value: heredoc, line };
  }
  if (quoted !== undefined) {
    return { kind: 'text', value: unquote(quoted.slice(1, -1)), line };
  }
  if (number !== undefined) {
    return { kind: 'number', value: numberOf(number), line };
  }
  if (name !== undefined) {
    const truth = name === 'true' || name === 'false';
    return truth ? { kind: 'truth', value: name === 'true', line } : { kind: 'name', value: name, line };
  }
  return sign === undefined ? undefined : { kind: 'sign', value: sign, line };
}

/** A leading zero is octal, as in Go: `0600`. */
function numberOf(text: string): number {
  const [, minus = '', octal] = /^(-?)0([0-7]+)$/.exec(text) ?? [];
  return octal === undefined ? Number(text) : Number(`${minus}${parseInt(octal, 8)}`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
};

/** What stands in `${}` stays as it is. */
function unquote(text: string): string {
  return text.replace(
    /\$\{(?:[^{}]|\{[^{}]*\})*\}|\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|([0-7]{3})|(.))/gu,
    (whole, u?: string, U?: string, x?: string, octal?: string, plain?: string) => {
      const hex = u ?? U ?? x;
      if (hex !== undefined) {
        return String.fromCodePoint(parseInt(hex, 16));
      }
      if (octal !== undefined) {
        return String.fromCodePoint(parseInt(octal, 8));
      }
      return plain === undefined ? whole : (ESCAPES[plain] ?? plain);
    },
  );
}
