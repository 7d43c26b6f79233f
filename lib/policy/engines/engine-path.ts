/**
 * The policy path of an engine's API.
 *
 * @param mount the engine's mount path, with or without slashes around it
 * @param parts what follows it in the API, such as `data` and the secret's path; leading slashes do not count
 * @throws Error if the mount path or a part is empty: the rule would match no request
 */
export function enginePath(mount: string, ...parts: readonly string[]): string {
  const path = [mount.replace(/\/+$/, ''), ...parts].map((part) => part.replace(/^\/+/, ''));
  if (path.includes('')) {
    const got = [mount, ...parts].map((part) => `'${part}'`).join(', ');
    throw new Error(
      `The mount path and each part after it must not be empty, because no request of the engine would match; ` +
        `use '*' for everything; got ${got}.`,
    );
  }
  return path.join('/');
}
