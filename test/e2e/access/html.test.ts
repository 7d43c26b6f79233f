import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { accessPage, accessReport } from '../../../lib/access';
import { readPlan } from '../../../lib/terraform';
import { planOf, policy, role } from '../../review/support/plan';
import { CHROMIUM, startBrowser } from '../support/browser';

// `.ci/run` installs it; nobody else has to have it for the other tests.
const inBrowser = CHROMIUM === undefined ? test.skip : test;

const HOSTILE = '</td></script><script>alert(1)</script><img src=x onerror=alert(2)>"\'';
const ACCOUNT = 'arn:aws:iam::123456789012';
const folder = mkdtempSync(join(tmpdir(), 'access-html-'));
const file = join(folder, 'page.html');
let browser: Browser | undefined;

beforeAll(async () => {
  const after = [
    role('dev', [`${ACCOUNT}:user/*`], ['app', 'base']),
    role('ops', [`${ACCOUNT}:user/alice`], ['base', 'elsewhere']),
    role(HOSTILE, [`${ACCOUNT}:role/${HOSTILE}`], [HOSTILE]),
    policy(
      'app',
      'path "secret/data/app/*" { capabilities = ["read"] } path "secret/data/app/prod" { capabilities = ["deny"] }',
    ),
    policy('base', 'path "auth/token/lookup-self" { capabilities = ["read"] }'),
  ];
  const { after: resources } = readPlan(planOf({ after }), 'sample');
  const report = accessReport([{ name: HOSTILE, kind: 'state', resources }]);
  writeFileSync(file, accessPage(report));
  if (CHROMIUM === undefined) {
    console.warn(
      'The page of `access` is not tested: there is no Chromium in PATH (`apt-get install chromium`).',
    );
    return;
  }
  browser = await startBrowser(CHROMIUM);
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Opens the page, looks, and says what it did that it should not have: errors, dialogs, requests. */
async function look(check: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) {
  const context = await browser!.newContext(options);
  try {
    const page = await context.newPage();
    const seen: string[] = [];
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    page.on('request', (request) => seen.push(request.url()));
    page.on('dialog', (dialog) => {
      seen.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(pathToFileURL(file).href);
    await check(page);
    expect(seen).toEqual([pathToFileURL(file).href]);
  } finally {
    await context.close();
  }
}

const rows = (page: Page) => page.locator('tbody tr:visible').locator('td:nth-child(2)').allInnerTexts();
const focused = (page: Page) =>
  page.evaluate(() => {
    const active = document.activeElement!;
    const style = getComputedStyle(active);
    const box = active.matches('.node') ? active.querySelector('rect') : null;
    return {
      what: active.id || active.getAttribute('class') || active.tagName,
      marked: box ? getComputedStyle(box).strokeWidth === '4px' : style.outlineStyle === 'solid',
    };
  });

inBrowser('the search leaves the rows with all of its words, in the table and in the picture', async () => {
  await look(async (page) => {
    expect(await rows(page)).toHaveLength(3);
    await page.getByRole('searchbox').fill('LOOKUP-self alice');

    expect(await rows(page)).toEqual(['role ops at auth/aws']);
    expect(await page.getByRole('status').innerText()).toBe('1 of 3 rows');
    expect(await page.locator('.node:visible').allTextContents()).toEqual([
      expect.stringContaining(`who: ${ACCOUNT}:user/alice`),
      expect.stringContaining('through: role ops'),
      expect.stringContaining('policy: base'),
      expect.stringContaining('policy: elsewhere, what it gives is not known'),
      expect.stringContaining('path: auth/token/lookup-self, read'),
    ]);
    await page.getByRole('searchbox').fill('');
    expect(await rows(page)).toHaveLength(3);
  });
});

inBrowser('the keyboard alone reaches all, each marked, and a box leads to its row', async () => {
  await look(async (page) => {
    const boxes = await page.locator('.node').count();
    const reached = [];
    for (let tabs = 0; tabs < boxes + 4; tabs += 1) {
      await page.keyboard.press('Tab');
      reached.push(await focused(page));
    }

    expect(reached.map(({ what }) => what.replace(' denied', ''))).toEqual([
      'skip',
      'search',
      'picture',
      ...Array.from({ length: boxes }, () => 'node'),
      'table',
    ]);
    expect(reached.filter(({ marked }) => !marked)).toEqual([]);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    expect((await focused(page)).what).toMatch(/^row-\d$/);
  });
});

inBrowser('the skip link leads to the table', async () => {
  await look(async (page) => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect((await focused(page)).what).toBe('table');
  });
});

inBrowser('a hostile name is shown as text', async () => {
  await look(async (page) => {
    expect(await page.title()).toContain(HOSTILE);
    expect(await page.locator('tbody').innerText()).toContain(`role ${HOSTILE} at auth/aws`);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
  });
});

inBrowser('without JavaScript the picture and the table are there, and no search', async () => {
  await look(
    async (page) => {
      expect(await rows(page)).toHaveLength(3);
      expect(await page.locator('.node:visible').count()).toBeGreaterThan(8);
      expect(await page.getByRole('searchbox').count()).toBe(0);
    },
    { javaScriptEnabled: false },
  );
});

inBrowser('nothing but its own script may run, and nothing be asked for', async () => {
  const context = await browser!.newContext();
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  const blocked = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const found: string[] = [];
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          found.push(effectiveDirective);
          if (found.length === 2) {
            resolve(found.sort());
          }
        });
        const script = document.createElement('script');
        script.textContent = 'document.title = "run"';
        document.body.append(script);
        new Image().src = 'http://127.0.0.1:9/';
      }),
  );

  expect(blocked).toEqual(['img-src', 'script-src-elem']);
  await context.close();
});

inBrowser.each<[string, BrowserContextOptions]>([
  ['in light', { colorScheme: 'light' }],
  ['in dark', { colorScheme: 'dark' }],
  ['on a narrow screen', { viewport: { width: 360, height: 640 } }],
])('axe finds no violation, %s', async (_, options) => {
  await look(async (page) => {
    await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
    const { violations, passes } = await page.evaluate<Results>('axe.run()');

    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
    expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(['color-contrast', 'label']));
    expect(await page.evaluate(() => document.body.scrollWidth <= window.innerWidth)).toBe(true);
  }, options);
});

interface Results {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
  readonly passes: readonly { readonly id: string }[];
}
