import { spawnSync } from 'node:child_process';
import { type Browser, chromium } from 'playwright-core';

/** The machine's own Chromium; none is downloaded. @default there is none, and what needs it can't be tested here */
export const CHROMIUM = spawnSync('which', ['chromium', 'chromium-browser', 'google-chrome'], {
  encoding: 'utf8',
})
  .stdout.split('\n')
  .find((path) => path !== '');

export async function startBrowser(executablePath: string): Promise<Browser> {
  // Its own sandbox can't be had by root. What it shows are files that the tests made.
  return chromium.launch({ executablePath, args: ['--no-sandbox'], timeout: 60_000 });
}
