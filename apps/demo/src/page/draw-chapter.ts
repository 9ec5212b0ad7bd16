import { shortPath } from '../print.js';
import { drawSequence } from './draw-sequence.js';
import type { TracedExchange } from '../trace.js';
import { Markup, markup } from './markup.js';

/** An exchange and its number on the page. */
export interface Numbered {
  readonly number: number;
  readonly exchange: TracedExchange;
}

const columnWidth = 155;
const maxLabelLength = 22;

/** The drawing of a chapter: who asked whom, each message a link to what it said. */
export function drawChapter(title: string, exchanges: readonly Numbered[]): Markup {
  if (exchanges.length === 0) return markup``;
  const columns = arrange(exchanges).map((name) => ({ name, label: abbreviate(name) }));
  const svg = drawSequence(
    exchanges.map(({ number, exchange }) => ({ ...exchange, number })),
    {
      columns,
      description: `Sequence diagram: ${title}, ${exchanges.length} exchanges`,
      width: columns.length * columnWidth,
      describeRequest: ({ number, request }) => `${number}. ${request.method} ${shorten(request.url)}`,
      describeResponse: ({ response, decision }) =>
        decision?.event.outcome === 'deny'
          ? `${response.status} ${decision.event.code}`
          : String(response.status),
      linkTo: ({ number }) => `#message-${number}`,
      isRefused: ({ decision }) => decision?.event.outcome === 'deny',
    },
  );
  return markup`<div class="drawing" tabindex="0" role="group" aria-label="Drawing">${new Markup(svg)}</div>`;
}

/** People and clients on the left, the servers that they ask on the right, those last that only servers are asked by. */
function arrange(exchanges: readonly Numbered[]): readonly string[] {
  const askers = new Set(exchanges.map(({ exchange }) => exchange.from));
  const asked = new Set(exchanges.map(({ exchange }) => exchange.to));
  const clients = [...askers].filter((name) => !asked.has(name));
  const both = [...asked].filter((name) => askers.has(name));
  const servers = [...asked].filter((name) => !askers.has(name));
  // The browser first, as in most drawings of a login
  return [
    ...clients.sort((a, b) => Number(b === 'user agent') - Number(a === 'user agent')),
    ...both,
    ...servers,
  ];
}

/** Labels stand next to each other. */
function abbreviate(name: string): string {
  return name.length > maxLabelLength ? name.replace('authorization', 'auth.') : name;
}

function shorten(url: string): string {
  const path = shortPath(url).replace(/^(\/\.well-known\/).+/, '$1…');
  return path.length > 24 ? `${path.slice(0, 23)}…` : path;
}
