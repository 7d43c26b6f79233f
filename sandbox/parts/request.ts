import fetch from 'make-fetch-happen';

/** The answer of make-fetch-happen. Its types need a package of types that is incomplete. */
export interface Answer {
  status: number;
  statusText: string;
  ok: boolean;
  headers: { get(name: string): string | null };
  body: AsyncIterable<Buffer> & { resume(): void };
  text(): Promise<string>;
}

type Fetch = (
  url: string,
  options: {
    method: string;
    headers: Record<string, string>;
    signal: AbortSignal;
    retry: false;
    compress: false;
  },
) => Promise<Answer>;

/**
 * One HTTP request through the environment's proxies, without the client's retries and cache.
 *
 * The body arrives unchanged: a length or a range counts the bytes of the archive.
 */
export function request(
  url: string,
  options: { method?: string; headers?: Record<string, string>; signal: AbortSignal },
): Promise<Answer> {
  return (fetch as unknown as Fetch)(url, {
    method: 'GET',
    headers: {},
    ...options,
    retry: false,
    compress: false,
  });
}
