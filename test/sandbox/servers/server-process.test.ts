import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  isRunning,
  type ServerProcess,
  startServer,
  stopServer,
  untilReady,
} from '../../../sandbox/servers/server-process';
import { until } from '../../support/until';

let folder: string;
let logFile: string;
const started: ServerProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'server-'));
  logFile = join(folder, 'server.log');
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => stopServer(server)));
  rmSync(folder, { recursive: true });
});

async function start(script: string, env?: Record<string, string>): Promise<ServerProcess> {
  const server = await startServer({ command: process.execPath, args: ['-e', script], env, logFile });
  started.push(server);
  return server;
}

const FOR_EVER = 'setInterval(() => {}, 1000)';

test('a server runs until it is stopped', async () => {
  const server = await start(FOR_EVER);
  expect(await isRunning(server)).toBe(true);

  await stopServer(server);

  expect(await isRunning(server)).toBe(false);
});

test('another process that got the same number is neither running nor stopped', async () => {
  const server = await start(FOR_EVER);
  const earlier = { ...server, started: 'before' };

  await stopServer(earlier);

  expect(await isRunning(earlier)).toBe(false);
  expect(await isRunning(server)).toBe(true);
});

test('a server that does not heed the first signal is killed', async () => {
  const server = await start(
    `process.on('SIGTERM', () => console.error('no')); console.error('up'); ${FOR_EVER}`,
  );
  await untilLogged('up');

  await stopServer(server, 100);

  expect(await isRunning(server)).toBe(false);
  expect(readFileSync(logFile, 'utf8')).toContain('no');
});

test('what a server prints on standard output is not kept: Vault prints its token there', async () => {
  await start(`console.log('secret'); console.error('log'); ${FOR_EVER}`);
  await untilLogged('log');

  expect(readFileSync(logFile, 'utf8')).toBe('log\n');
});

test('a server that ends while it starts is an error with its last lines', async () => {
  const server = await start("console.error('address in use'); process.exit(1)");

  await expect(untilReady('Vault', 'http://127.0.0.1:9', server, logFile)).rejects.toThrow(
    'Vault ended while it started. Its last lines:\naddress in use',
  );
});

test('a command that is not there is an error', async () => {
  await expect(startServer({ command: join(folder, 'none'), args: [], logFile })).rejects.toThrow('ENOENT');
});

async function untilLogged(text: string): Promise<void> {
  await until(() => readFileSync(logFile, 'utf8').includes(text));
}
