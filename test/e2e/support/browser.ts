import { type Browser, chromium } from 'playwright-core';
import { execa } from 'execa';

/** A real Chromium, from this machine: none is downloaded. @throws where there is none, with what to install */
export async function startBrowser(): Promise<Browser> {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    const { stdout, failed } = await execa('which', [name], { reject: false });
    if (!failed) {
      // Its own sandbox can't be had by root. What it shows are files that the tests made.
      return chromium.launch({ executablePath: stdout.trim(), args: ['--no-sandbox'], timeout: 60_000 });
    }
  }
  throw new Error('There is no Chromium in PATH: install it, on Debian with `apt-get install chromium`.');
}
