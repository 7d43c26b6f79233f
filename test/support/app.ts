import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Testing } from 'cdktf';

// cdktf's own leaves a folder an app behind.
const outdir = mkdtempSync(join(tmpdir(), 'app-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** An empty app to declare stacks in; what it writes is gone after the test file. */
export function testApp(): App {
  return Testing.app({ outdir });
}
