import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One GET that the server saw. */
export interface Seen {
  path: string;
  range?: string;
}

/** How the server treats an archive; by default it does all as a good server would. */
export interface Behaviour {
  /** Cuts the connection after so many bytes of the body, for the first so many downloads. */
  cutAfter?: number;
  cuts?: number;
  /** Sends all of the file whatever the range. */
  ignoresRange?: boolean;
  /** What the list of checksums says instead of the truth. */
  sums?: string;
  /** Waits so long before the body's second half, in milliseconds. */
  slow?: number;
}

/** A release host on loopback: `/<product>/<version>/` with SHA256SUMS and one archive, a zip unless told. */
export async function releaseServer(
  archive: { product: string; version: string; platform: string; zip: Buffer; name?: string },
  behaviour: Behaviour = {},
) {
  const name = archive.name ?? `${archive.product}_${archive.version}_${archive.platform}.zip`;
  const folder = `/${archive.product}/${archive.version}/`;
  const sha256 = createHash('sha256').update(archive.zip).digest('hex');
  const seen: Seen[] = [];
  let cutsLeft = behaviour.cuts ?? (behaviour.cutAfter === undefined ? 0 : 1);
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '';
    if (request.method === 'GET') seen.push({ path, range: request.headers.range });
    if (path === `${folder}${archive.product}_${archive.version}_SHA256SUMS`) {
      response.end(behaviour.sums ?? `${sha256}  ${name}\n`);
    } else if (path === folder + name) {
      sendArchive(request, response);
    } else {
      response.writeHead(404).end();
    }
  });
  const sendArchive = (request: IncomingMessage, response: ServerResponse) => {
    const asked = behaviour.ignoresRange
      ? undefined
      : /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const start = Number(asked ?? 0);
    if (start >= archive.zip.length) {
      response.writeHead(416, { 'content-range': `bytes */${archive.zip.length}` }).end();
      return;
    }
    const body = archive.zip.subarray(start);
    response.writeHead(asked === undefined ? 200 : 206, { 'content-length': body.length });
    if (cutsLeft > 0) {
      cutsLeft -= 1;
      response.write(body.subarray(0, behaviour.cutAfter), () => setTimeout(() => response.destroy(), 30));
    } else if (behaviour.slow !== undefined) {
      response.write(body.subarray(0, body.length / 2));
      setTimeout(() => response.end(body.subarray(body.length / 2)), behaviour.slow);
    } else {
      response.end(body);
    }
  };
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    archiveUrl: url + folder + name,
    sumsUrl: `${url}${folder}${archive.product}_${archive.version}_SHA256SUMS`,
    sha256,
    /** All GETs. */
    seen,
    /** The GETs of the archive. */
    downloads: () => seen.filter(({ path }) => path === folder + name),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
