const maxSteps = 12;

/** What somebody would type into the fields of a form, by their names; others keep what they hold. */
export type Typed = Readonly<Record<string, string>>;

/**
 * The smallest browser that can log in: it keeps cookies, follows redirects, fills in the form of a page and presses its button.
 *
 * @param redirectUrl - where it stops, without asking anybody there
 * @returns the address of the redirect that leads back to the client
 * @throws where a page has no form, or the redirects do not end
 */
export async function loginByForms(start: URL, redirectUrl: string, typed: Typed): Promise<URL> {
  const cookies = new Map<string, string>();
  let next: { readonly url: URL; readonly body?: URLSearchParams } = { url: start };
  for (let count = 0; count < maxSteps; count++) {
    const response = await fetch(next.url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.body && { method: 'POST', body: next.body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const form = location === null ? readForm(await response.text(), typed) : undefined;
    const target = location ?? form?.action;
    if (target === undefined) throw new Error(`a page without a form, with status ${response.status}`);
    const url = new URL(target, next.url);
    if (url.href.startsWith(redirectUrl)) return url;
    next = { url, ...(form && { body: form.fields }) };
  }
  throw new Error(`no end after ${maxSteps} steps`);
}

interface Form {
  readonly action: string;
  readonly fields: URLSearchParams;
}

function readForm(html: string, typed: Typed): Form | undefined {
  const [, action, inside = ''] = /<form[^>]*\saction="([^"]+)"[^>]*>([\s\S]*?)<\/form>/.exec(html) ?? [];
  if (action === undefined) return undefined;
  const fields = new URLSearchParams();
  for (const [tag] of inside.matchAll(/<(?:input|button)\b[^>]*>/g)) {
    const name = readAttribute(tag, 'name');
    // A page of consent has a button for no; checkboxes stay empty
    if (name === undefined || isLeftAlone(tag, name)) continue;
    fields.set(name, typed[name] ?? readAttribute(tag, 'value') ?? '');
  }
  return { action: decodeEntities(action), fields };
}

function isLeftAlone(tag: string, name: string): boolean {
  return name === 'cancel' || readAttribute(tag, 'type') === 'checkbox';
}

function readAttribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : decodeEntities(value);
}

function decodeEntities(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
}
