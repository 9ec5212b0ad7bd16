const maxRedirects = 10;

/** A page that the issuer showed. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

/** A user with a browser that keeps cookies, follows redirects within the issuer, and sends its forms. */
export class Visitor {
  readonly #cookies = new Map<string, string>();

  /** Opens a page; a redirect to another origin ends there, with its address. */
  async open(url: string | URL, init: RequestInit = {}): Promise<Page | URL> {
    let next = new URL(url);
    let request = init;
    for (let count = 0; count < maxRedirects; count++) {
      const response = await fetch(next, {
        ...request,
        redirect: 'manual',
        headers: { ...request.headers, cookie: this.#cookieHeader() },
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        this.#cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null) {
        const { status, headers } = response;
        return { url: next, status, headers, html: await response.text() };
      }
      const target = new URL(location, next);
      if (target.origin !== next.origin) return target;
      next = target;
      request = {};
    }
    throw new Error('redirected without end');
  }

  async openPage(url: string | URL): Promise<Page> {
    const page = await this.open(url);
    if (page instanceof URL) throw new Error(`went to ${page.origin} without a page`);
    return page;
  }

  /** Sends the form of a page as a browser does, but for what is changed. */
  submit(page: Page, { change = {}, drop = [] }: FormChanges = {}): Promise<Page | URL> {
    const fields = readForm(page.html).filter(([name]) => !(name in change) && !drop.includes(name));
    for (const [name, values] of Object.entries(change)) {
      for (const value of [values].flat()) fields.push([name, value]);
    }
    return this.post(page, new URLSearchParams(fields));
  }

  post(page: Page, form: URLSearchParams, headers: Record<string, string> = {}): Promise<Page | URL> {
    const action = /<form[^>]*\saction="([^"]+)"/.exec(page.html)?.[1] ?? '';
    return this.open(new URL(unescape(action), page.url), { method: 'POST', body: form, headers });
  }

  #cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

interface FormChanges {
  readonly change?: Readonly<Record<string, string | readonly string[]>>;
  readonly drop?: readonly string[];
}

/** What a form sends: hidden fields, and what is checked. */
export function readForm(html: string): [string, string][] {
  return [...html.matchAll(/<input type="(hidden|radio|checkbox)" name="([^"]*)" value="([^"]*)"( checked)?>/g)]
    .filter(([, type, , , checked]) => type === 'hidden' || checked !== undefined)
    .map(([, , name = '', value = '']) => [name, unescape(value)]);
}

export function unescape(text: string): string {
  return text.replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)));
}
