import type { Recorder } from './recorder.js';

const maxRedirects = 10;

interface Answer {
  readonly redirectUrl: string;
  readonly account: string;
  readonly recorder: Recorder;
  /** Which button is pressed. Default: allow. */
  readonly decision?: 'allow' | 'deny';
  /** What is known from earlier logins; gets what comes along. Default: none. */
  readonly cookies?: Map<string, string>;
}

/**
 * The smallest browser that can log in: it keeps cookies, follows redirects and presses a button of a form.
 *
 * Returns the query of the redirect that leads back to the client.
 */
export async function approve(
  authorizationUrl: URL,
  { redirectUrl, account, recorder, decision = 'allow', cookies = new Map() }: Answer,
): Promise<URLSearchParams> {
  const fetch = recorder.fetchAs('user agent');
  let next: { url: URL; form?: URLSearchParams } = { url: authorizationUrl };

  for (let count = 0; count < maxRedirects; count++) {
    const response = await fetch(next.url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.form && { method: 'POST', body: next.form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const form = location === null ? readForm(await response.text(), { account, decision }) : undefined;
    const target = location ?? form?.action;
    if (target === undefined)
      throw new Error(`the user was left at a page without a form (status ${response.status})`);
    const url = new URL(target, next.url);
    if (url.href.startsWith(redirectUrl)) return url.searchParams;
    next = { url, ...(form && { form: form.fields }) };
  }
  throw new Error('the user was redirected without end');
}

function readForm(
  html: string,
  { account, decision }: { account: string; decision: 'allow' | 'deny' },
): { action: string; fields: URLSearchParams } | undefined {
  const action = /<form[^>]*\saction="([^"]+)"/.exec(html)?.[1];
  if (action === undefined) return undefined;
  // Users leave the boxes as they are, and the page ticks all of them
  const sent = html.matchAll(/<input type="(?:hidden|checkbox)" name="([^"]+)" value="([^"]*)"(?: checked)?>/g);
  const asked = Object.entries({ account, decision }).filter(([name]) => html.includes(`name="${name}"`));
  const fields = [...[...sent].map(([, name = '', value = '']) => [name, value]), ...asked];
  return { action, fields: new URLSearchParams(fields) };
}
