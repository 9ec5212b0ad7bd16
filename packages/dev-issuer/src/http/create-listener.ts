import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Exchange, Exchanges } from '../log/exchange.js';
import { renderLogPage, type IssuerFacts } from '../log/log-page.js';
import { showExchange } from '../log/show-exchange.js';
import type { Interact } from '../login/interactions.js';
import { allowRegistration, openDoor, pathOf } from './door.js';
import { pageHeaders, stylesheet } from './html.js';
import { listenTo, readBody, replay } from './messages.js';
import type { Route } from './routes.js';

export interface ListenerOptions {
  readonly host: string;
  readonly provider: (request: IncomingMessage, response: ServerResponse) => unknown;
  readonly interact: Interact;
  readonly exchanges: Exchanges;
  readonly facts: () => IssuerFacts;
  readonly onExchange: ((exchange: Exchange) => void) | undefined;
}

/** Everything that the issuer answers. */
export function createListener(options: ListenerOptions): RequestListener {
  return (request, response) => {
    answer(request, response, options).catch(() => {
      if (!response.headersSent) sendText(response, 500, 'The issuer could not answer.');
      else response.destroy();
    });
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: ListenerOptions): Promise<void> {
  const { exchanges, facts, onExchange } = options;
  const route = openDoor(request, options.host);
  if ('kind' in route && route.name === '/') {
    response.writeHead(200, pageHeaders).end(renderLogPage(facts(), exchanges.exchanges));
    return;
  }
  if ('kind' in route && route.name === '/style.css') {
    response.writeHead(200, { ...pageHeaders, 'Content-Type': 'text/css; charset=utf-8' }).end(stylesheet);
    return;
  }

  const said = listenTo(response);
  let body = '';
  response.once('finish', () => {
    const exchange = exchanges.add(showExchange({ request, body, response, answer: said() }));
    onExchange?.(exchange);
  });
  if (!('kind' in route)) {
    // What is left of it is not read
    response.setHeader('Connection', 'close');
    sendText(response, route.status, route.sentence);
    return;
  }
  const bytes = await readBody(request, pathOf(request));
  if (bytes === undefined) {
    response.setHeader('Connection', 'close');
    sendText(response, 413, 'This is longer than anything that is needed here.');
    return;
  }
  body = bytes.toString('utf8');
  await handle(route, replay(request, bytes), response, { ...options, body });
}

async function handle(
  { name }: Route,
  request: IncomingMessage,
  response: ServerResponse,
  { provider, interact, body }: ListenerOptions & { readonly body: string },
): Promise<void> {
  if (name === '/reg' && allowRegistration(request, response)) return;
  if (name !== '/interaction/') {
    await provider(request, response);
    return;
  }
  await interact(request, response, body).catch(() => {
    sendText(response, 400, 'This login has expired. Start again.');
  });
}

function sendText(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' });
  response.end(`${sentence}\n`);
}
