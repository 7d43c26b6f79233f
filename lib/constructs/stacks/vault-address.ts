import { Token } from 'cdktf';

/** How a plain http address is taken. */
export interface HttpAllowed {
  readonly allowHttp?: boolean;
  /** The field that allows it; a message names it. */
  readonly at: string;
}

/** The host of an http or https address. */
export function hostOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.hostname : undefined;
}

/** Whether an address is of the machine itself. */
export function isLoopback(address: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostOf(address) ?? '');
}

/** What is wrong with Vault's address. An http address sends tokens and secrets in clear, unless it is loopback. */
export function checkVaultAddress(place: string, address: string, { allowHttp, at }: HttpAllowed): string[] {
  if (hostOf(address) === undefined) {
    return [
      `${place}: must be Vault's http or https address, such as https://vault.example.com:8200; got '${address}'`,
    ];
  }
  return new URL(address).protocol === 'https:' || isLoopback(address) || allowHttp
    ? []
    : [
        `${place}: http sends tokens and secrets in clear over the network; use https, or set ${at}: true if nobody can read this network; got '${address}'`,
      ];
}

/** The same for an address that may be left out, or be known only at apply. */
export function checkKnownAddress(
  place: string,
  address: string | undefined,
  allowed: HttpAllowed,
): string[] {
  return address === undefined || Token.isUnresolved(address)
    ? []
    : checkVaultAddress(place, address, allowed);
}
