import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createContext, type PartsOptions } from '../../../sandbox/parts/context';
import { install } from '../../../sandbox/parts/install';
import type { PartEvent } from '../../../sandbox/parts/part';
import { providerVault } from '../../../sandbox/parts/provider-vault';
import { vault } from '../../../sandbox/parts/vault';
import { shellProgram } from './support/shell-program';
import { temporaryFolder } from './support/temporary-folder';
import { until } from '../../support/until';

const folder = temporaryFolder();
const cacheDir = () => join(folder(), 'cache');
const home = () => join(cacheDir(), vault.build.folder);
const note = () => join(folder(), 'note');

const reason = new Error('the person has had enough');
let abort = new AbortController();

/** A go on PATH that answers its version, and at a build does these lines; `$out` is where the program goes. */
function goThat(...lines: string[]): NodeJS.ProcessEnv {
  const path = shellProgram(
    join(folder(), 'bin/go'),
    'if [ "$1" = version ]; then echo "go version go1.25.0 linux/amd64"; exit; fi',
    'for out; do if [ "$before" = -o ]; then break; fi; before="$out"; done',
    ...lines,
  );
  return {
    PATH: `${dirname(path)}:/usr/bin:/bin`,
    NOTE: note(),
    GOFLAGS: '-mod=mod',
    GOWORK: '/some/go.work',
  };
}

const PLACES_PROGRAM = 'echo "#!/bin/sh" > "$out"; chmod +x "$out"';

function build(env: NodeJS.ProcessEnv, options: PartsOptions = {}, part = vault) {
  return install(part.name, part.build, createContext({ cacheDir: cacheDir(), env, ...options }));
}

describe('A build with Go', () => {
  it('is of the pinned module, free of the flags and workspace that the user has', async () => {
    const env = goThat('echo "$PWD $* GOFLAGS=$GOFLAGS GOWORK=$GOWORK" > "$NOTE"', PLACES_PROGRAM);
    const { path } = await build(env);
    const { platform } = createContext({});
    expect(path).toBe(join(home(), platform, 'vault'));
    expect(readdirSync(home())).toEqual([platform]);
    expect(readFileSync(note(), 'utf8')).toBe(
      `${join(__dirname, '../../../sandbox/tools/vault')} build -mod=readonly -trimpath ` +
        '-ldflags -s -w -X github.com/hashicorp/vault/version.fullVersion=1.21.1 ' +
        `-o ${join(home(), `${platform}.tmp`, 'vault')} github.com/hashicorp/vault GOFLAGS= GOWORK=off\n`,
    );
  });

  it('of a provider makes a mirror that Terraform and OpenTofu read', async () => {
    const { path } = await build(goThat(PLACES_PROGRAM), {}, providerVault);
    const { platform } = createContext({});
    const mirror = join(cacheDir(), 'provider-vault/4.4.0', platform);
    const inMirror = `hashicorp/vault/4.4.0/${platform}/terraform-provider-vault_v4.4.0_x5`;
    expect(path).toBe(join(mirror, 'registry.terraform.io', inMirror));
    expect(existsSync(join(mirror, 'registry.opentofu.org', inMirror))).toBe(true);
  });

  it('that fails shows the command and its last lines, and leaves nothing', async () => {
    const env = goThat('echo started > "$out"', 'echo "vault/main.go:1: no such package" >&2', 'exit 1');
    await expect(build(env)).rejects.toThrow(
      /bin\/go build .*github\.com\/hashicorp\/vault \(in .*tools\/vault\) ended with exit code 1:\n.*no such package$/,
    );
    expect(readdirSync(home())).toEqual([]);
  });

  it('on a full disk says so', async () => {
    const env = goThat('echo "write /tmp/x: no space left on device" >&2', 'exit 1');
    await expect(build(env)).rejects.toThrow(
      `The disk is full: vault 1.21.1 could not be put into ${home()}.`,
    );
  });

  it('that gives no program puts nothing in place', async () => {
    await expect(build(goThat('exit 0'))).rejects.toThrow(
      'sandbox/tools/vault with Go did not give the program vault, so vault 1.21.1 was not put in place.',
    );
    expect(readdirSync(home())).toEqual([]);
  });

  it('tells every few seconds that it goes on, and how long it takes', async () => {
    const events: PartEvent[] = [];
    await build(goThat('sleep 2.3', PLACES_PROGRAM), { onProgress: (event) => events.push(event) });
    const event = { part: 'vault', phase: 'build', message: 'compiling vault 1.21.1', typicalSeconds: 660 };
    expect(events).toMatchObject([
      { ...event, elapsedSeconds: 0 },
      { ...event, elapsedSeconds: 2 },
    ]);
  });
});

describe.each([
  ['An abort', () => abort.abort(reason), reason.message],
  [
    'A signal to this process',
    () => process.emit('SIGTERM', 'SIGTERM'),
    'bin/go was stopped by SIGTERM. Run the command again',
  ],
])('%s', (_, end, message) => {
  it('ends the processes that the compiler has started too, and leaves nothing', async () => {
    abort = new AbortController();
    const building = build(goThat('sleep 60 & echo $! > "$NOTE"', 'wait'), { signal: abort.signal });
    const refused = expect(building).rejects.toThrow(message);
    await until(() => existsSync(note()) && readFileSync(note(), 'utf8') !== '');
    const started = Number(readFileSync(note(), 'utf8'));
    expect(isAlive(started)).toBe(true);
    end();
    await refused;
    await until(() => !isAlive(started));
    expect(readdirSync(home())).toEqual([]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that has ended stays in the table until its parent asks for it.
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
