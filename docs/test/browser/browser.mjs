/* global document */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { watchShifts } from './inspect-page.mjs';

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/**
 * A browser of this machine, or nothing.
 *
 * @param {string[]} [args] of its command line
 */
export async function launchBrowser(args = []) {
  const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) return undefined;
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...args] });
}

/**
 * Opens a page and watches it: console errors, exceptions, and requests to anything but the site.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} origin of the site
 */
export async function openPage(browser, origin, options = {}) {
  const { theme = 'light', width = 1280, script = true, touch = false, motion = 'reduce' } = options;
  const allowed = [origin];
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    javaScriptEnabled: script,
    // A phone: what is touched does not hover
    ...(touch ? { hasTouch: true, isMobile: true } : {}),
    reducedMotion: motion,
  });
  if (script) await context.addInitScript(watchShifts);
  const page = await context.newPage();
  // For what never comes; nothing here fails because a machine is slow
  page.setDefaultTimeout(120_000);
  const problems = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && !allowed.some((known) => url.startsWith(`${known}/`))) {
      problems.push(`foreign request: ${url}`);
    }
  });
  /** A page of the site can be used when VitePress has taken it over; when the network is quiet says nothing of a slow machine. */
  const untilUsable = async () => {
    if (script) await page.waitForFunction(() => document.querySelector('#app')?.__vue_app__ !== undefined);
  };
  return {
    page,
    problems,
    origin,
    /** Where requests may go. */
    allowed,
    /** Waits until the page can be used, scripts included. */
    async visit(path) {
      const response = await page.goto(origin + path, { waitUntil: 'load' });
      await untilUsable();
      if (response?.status() !== 200 && response !== null)
        problems.push(`${path} answers ${response.status()}`);
    },
    /** Loads the page again, and waits likewise. */
    async reload() {
      await page.reload({ waitUntil: 'load' });
      await untilUsable();
    },
    close: () => context.close(),
  };
}
