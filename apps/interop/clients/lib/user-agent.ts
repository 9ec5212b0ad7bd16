const maxPages = 20;
const timeoutMs = 30_000;

/** A page with a form that an authorization server shows to the user. */
export interface FormPage {
  readonly url: URL;
  readonly html: string;
  /** What the form sends by itself: hidden fields and values that are filled in already; boxes that are ticked are sent too. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What the user types into a page and which button they press, by field name; nothing: the page is not theirs to answer. */
export type AnswerPage = (page: FormPage) => Readonly<Record<string, string>> | undefined;

/**
 * Takes a user without a browser through login and consent, at any authorization server with plain HTML forms.
 *
 * Returns the address that leads back to the client (`redirect_uri`) with the answer in its query. Nobody has asked for it yet:
 * {@link deliver} does, where the client listens there.
 *
 * @throws {Error} when a page has no form, or `answer` does not know it, or there is no end
 */
export async function visit(authorizationUrl: URL, answer: AnswerPage): Promise<URL> {
  const redirectUri = authorizationUrl.searchParams.get('redirect_uri');
  if (redirectUri === null) throw new Error('the authorization request names no redirect_uri');
  const cookies = new Map<string, string>();
  let next: { url: URL; form?: URLSearchParams } = { url: authorizationUrl };

  for (let count = 0; count < maxPages; count++) {
    if (isAt(next.url, redirectUri)) return next.url;
    const response = await fetch(next.url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.form && { method: 'POST', body: next.form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    next =
      location === null
        ? fillIn(next.url, response.status, await response.text(), answer)
        : { url: new URL(location, next.url) };
  }
  throw new Error('the user was sent from page to page without end');
}

/** Opens the client's callback as the browser would. Some clients listen a moment later than they send the user away. */
export async function deliver(callback: URL): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const response = await fetch(callback, { signal: AbortSignal.timeout(timeoutMs) }).catch(() => undefined);
    if (response === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      continue;
    }
    await response.text();
    return;
  }
  throw new Error(`nobody listens at ${callback.origin}${callback.pathname}`);
}

function isAt(url: URL, redirectUri: string): boolean {
  const wanted = new URL(redirectUri);
  return url.origin === wanted.origin && url.pathname === wanted.pathname;
}

function fillIn(
  url: URL,
  status: number,
  html: string,
  answer: AnswerPage,
): { url: URL; form: URLSearchParams } {
  const form = /<form\b[^>]*>[\s\S]*?<\/form>/i.exec(html)?.[0];
  if (form === undefined)
    throw new Error(`the user was left at ${url.pathname} (status ${status}), without a form`);
  const fields: Record<string, string> = {};
  const ticked: [string, string][] = [];
  for (const [input] of form.matchAll(/<input\b[^>]*>/gi)) {
    const name = readAttribute(input, 'name');
    const value = readAttribute(input, 'value') ?? '';
    const type = readAttribute(input, 'type')?.toLowerCase() ?? '';
    const isSent = /^(?:checkbox|radio)$/.test(type) ? /\schecked\b/.test(input) : !/^(?:submit|button)$/.test(type);
    if (name === undefined || !isSent) continue;
    if (type === 'checkbox') ticked.push([name, value]);
    else fields[name] = value;
  }
  const answered = answer({ url, html, fields });
  if (answered === undefined) throw new Error(`the user does not know what to answer at ${url.pathname}`);
  const [start = ''] = /^<form\b[^>]*>/i.exec(form) ?? [];
  return {
    url: new URL(readAttribute(start, 'action') ?? '', url),
    form: new URLSearchParams([...Object.entries({ ...fields, ...answered }), ...ticked]),
  };
}

function readAttribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1];
  return value
    ?.replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
