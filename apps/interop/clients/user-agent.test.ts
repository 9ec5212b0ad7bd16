import { listen, type RunningServer } from '@mcp-auth/app-sample-kit';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { deliver, visit } from './lib/user-agent.js';

let server: RunningServer | undefined;
afterEach(() => server?.close());

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An authorization server with these pages, by method and path. */
async function serve(pages: (request: string, body: string) => Answer): Promise<URL> {
  server = await listen(
    (request, response) => {
      void text(request).then((body) => {
        const {
          status = 200,
          headers = {},
          body: html = '',
        } = pages(`${request.method ?? ''} ${request.url?.split('?')[0] ?? ''}`, body);
        response.writeHead(status, headers).end(html);
      });
    },
    0,
    '127.0.0.1',
  );
  const url = new URL(`http://127.0.0.1:${server.port}/auth`);
  url.searchParams.set('redirect_uri', 'http://localhost:9/callback');
  return url;
}

describe('a user without a browser', () => {
  it('stops where there is no form', async () => {
    const url = await serve(() => ({ status: 400, body: 'invalid_client' }));
    await expect(visit(url, () => ({}))).rejects.toThrow('left at /auth (status 400), without a form');
  });

  it('stops at a page that is not theirs to answer', async () => {
    const url = await serve(() => ({ body: '<form><input name="one-time-code"></form>' }));
    await expect(visit(url, () => undefined)).rejects.toThrow('does not know what to answer at /auth');
  });

  it('does not go round in circles for ever', async () => {
    const url = await serve(() => ({ status: 302, headers: { location: '/auth' } }));
    await expect(visit(url, () => ({}))).rejects.toThrow('without end');
  });

  it('cannot be sent away without an address to come back to', async () => {
    await expect(visit(new URL('http://127.0.0.1:9/auth'), () => ({}))).rejects.toThrow('redirect_uri');
  });

  it('posts what the form brings along, what they typed, and their cookies, and comes back with the answer', async () => {
    let posted = '';
    const url = await serve((request, body) => {
      if (request === 'GET /auth') {
        const form =
          '<form method="post" action="/login?a=1&amp;b=2"><input type="hidden" name="csrf" value="x&#34;y">' +
          '<input name="account" value="alice"><input type="checkbox" name="remember"><button name="go">Go</button></form>';
        return { headers: { 'set-cookie': 'session=1; HttpOnly' }, body: form };
      }
      posted = `${request} ${body}`;
      return { status: 303, headers: { location: 'http://localhost:9/callback?code=1' } };
    });
    const pages: Readonly<Record<string, string>>[] = [];
    const callback = await visit(url, ({ fields }) => {
      pages.push(fields);
      return { account: 'bob', go: '' };
    });
    expect(pages).toEqual([{ csrf: 'x"y', account: 'alice' }]);
    expect(posted).toBe('POST /login csrf=x%22y&account=bob&go=');
    expect(callback.href).toBe('http://localhost:9/callback?code=1');
  });

  it('opens the callback of a client that starts to listen a moment later', async () => {
    const free = await listen((_request, response) => response.end(), 0, '127.0.0.1');
    await free.close();
    const delivered = deliver(new URL(`http://127.0.0.1:${free.port}/callback?code=1`));
    const asked: string[] = [];
    await new Promise((resolve) => setTimeout(resolve, 300));
    server = await listen(
      (request, response) => {
        asked.push(request.url ?? '');
        response.end();
      },
      free.port,
      '127.0.0.1',
    );
    await delivered;
    expect(asked).toEqual(['/callback?code=1']);
  });
});
