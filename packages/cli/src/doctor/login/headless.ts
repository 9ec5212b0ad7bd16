import type { Answer, Question } from '../line.js';
import { Broken } from '../trail.js';
import type { Walk } from '../walk-state.js';
import { isLoopback } from '../words/addresses.js';
import { excerpt } from '../words/excerpt.js';
import { readForm } from './read-form.js';

const maxPages = 15;

/**
 * Goes through the pages of a test issuer without a browser: keeps cookies, follows redirects within its origin, sends its forms.
 *
 * @returns the address that leads back to the client, which nobody has asked for
 * @throws {Broken} where a page has no form, or there is no end
 */
export async function visit(
  { line }: Walk,
  start: URL,
  redirectUri: string,
  answers: Readonly<Record<string, string>>,
): Promise<URL> {
  if (!isLoopback(start)) {
    throw new Broken({
      problem: 'login-unfinished',
      why: `${start.origin} is not on this machine: only test issuers here are logged in at without a browser.`,
      fix: 'Log in with a browser, give a token, or use --client-credentials.',
    });
  }
  const cookies = new Map<string, string>();
  let next: Question = { method: 'GET', url: start };
  let last: Answer | undefined;
  for (let count = 0; count < maxPages; count++) {
    if (isAt(next.url, redirectUri)) return next.url;
    refuseOther(next.url, start, last);
    last = await line.ask({ ...next, headers: { ...next.headers, cookie: formatCookies(cookies) } });
    keepCookies(cookies, last.headers);
    next = goOn(next.url, last, answers);
  }
  throw new Broken({
    problem: 'login-unfinished',
    why: `${start.origin} leads from page to page without end.`,
    exchange: last?.exchange,
  });
}

function isAt(url: URL, redirectUri: string): boolean {
  const wanted = new URL(redirectUri);
  return url.origin === wanted.origin && url.pathname === wanted.pathname;
}

/** Cookies and answers stay at the issuer. */
function refuseOther(url: URL, start: URL, last: Answer | undefined): void {
  if (url.origin === start.origin) return;
  throw new Broken({
    problem: 'login-unfinished',
    why: `The login leads to ${url.origin}, which is neither the issuer nor the callback.`,
    exchange: last?.exchange,
  });
}

function goOn(
  at: URL,
  { status, headers, text, exchange }: Answer,
  answers: Readonly<Record<string, string>>,
): Question {
  const location = headers.get('location');
  if (status >= 300 && status < 400 && location !== null) {
    if (URL.canParse(location, at.href)) return { method: 'GET', url: new URL(location, at) };
    throw new Broken({ problem: 'login-page', why: `It leads to ${location}.`, exchange });
  }
  const form = status < 400 ? readForm(text) : undefined;
  if (form === undefined || !URL.canParse(form.action, at.href)) {
    throw new Broken({
      problem: 'login-page',
      why: `${at.origin}${at.pathname} answered ${status} without a form${excerpt(readText(text))}.`,
      exchange,
    });
  }
  const fields = form.fields.filter(([name]) => !(name in answers));
  const data = new URLSearchParams([
    ...fields.map(([name, value]) => [name, value]),
    ...Object.entries(answers),
  ]);
  const url = new URL(form.action, at);
  if (form.method === 'GET') {
    url.search = data.toString();
    return { method: 'GET', url };
  }
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: at.origin },
    body: data.toString(),
  };
}

const maxReadCharacters = 20_000;

/** What a page says, without its markup. */
function readText(html: string): string {
  return html
    .slice(0, maxReadCharacters)
    .replace(/<(style|script|head)\b.*?<\/\1>/gis, ' ')
    .replace(/<[^<>]{0,2000}>/g, ' ');
}

function keepCookies(cookies: Map<string, string>, headers: Headers): void {
  for (const line of headers.getSetCookie()) {
    const [, name, value = ''] = /^([^=;\s]+)=([^;]*)/.exec(line) ?? [];
    if (name !== undefined) cookies.set(name, value);
  }
}

function formatCookies(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}
