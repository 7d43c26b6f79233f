import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/**
 * Extracts an archive, with the permissions in it.
 *
 * @throws Error if it is not a zip archive, or the name of an entry leads out of the folder (yauzl checks both)
 */
export async function unzip(archive: string, into: string, signal: AbortSignal): Promise<void> {
  const zip = await openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      const path = join(into, entry.fileName);
      if (entry.fileName.endsWith('/')) {
        await mkdir(path, { recursive: true });
        continue;
      }
      await mkdir(dirname(path), { recursive: true });
      // The upper half of the attributes is the Unix mode.
      const mode = (entry.externalFileAttributes >>> 16) & 0o777;
      await pipeline(
        await zip.openReadStreamPromise(entry),
        createWriteStream(path, { mode: mode || 0o644 }),
        {
          signal,
        },
      );
    }
  } finally {
    zip.close();
  }
}
