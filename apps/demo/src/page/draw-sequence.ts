import { escapeText } from './markup.js';

/** An exchange as far as it is drawn. */
export interface DrawnExchange {
  readonly from: string;
  readonly to: string;
  /** Places in the order of all messages. */
  readonly sent: number;
  readonly answered: number;
}

export interface Drawing<Exchange> {
  /** Who takes part, from left to right, and how each is called. */
  readonly columns: readonly { readonly name: string; readonly label: string }[];
  /** What the drawing shows, for those who cannot see it. */
  readonly description: string;
  readonly width: number;
  readonly describeRequest: (exchange: Exchange) => string;
  readonly describeResponse: (exchange: Exchange) => string;
  /** Where a message is shown in full. Default: nowhere. */
  readonly linkTo?: (exchange: Exchange) => string;
  /** Whether a server turned the request away. */
  readonly isRefused?: (exchange: Exchange) => boolean;
}

const margin = 80;
const head = 48;
const rowHeight = 26;

/** A sequence diagram as SVG, whose colours are the business of the page around it. */
export function drawSequence<Exchange extends DrawnExchange>(
  exchanges: readonly Exchange[],
  drawing: Drawing<Exchange>,
): string {
  const { columns, description, width, linkTo } = drawing;
  const messages = exchanges
    .flatMap((exchange) => [
      { at: exchange.sent, isRequest: true, exchange },
      { at: exchange.answered, isRequest: false, exchange },
    ])
    .sort((a, b) => a.at - b.at);
  const height = head + messages.length * rowHeight + 16;
  // What is in an image cannot be reached by those who do not see it; links must be
  const role = linkTo === undefined ? 'img' : 'group';
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="${role}" aria-label="${escapeText(description)}">`,
    ...columns.map(({ label }, index) => drawColumn(label, placeOf(index, drawing), height)),
    ...messages.map(({ isRequest, exchange }, index) => {
      const message = drawMessage(exchange, isRequest, head + (index + 1) * rowHeight, drawing);
      return linkTo === undefined ? message : `<a href="${escapeText(linkTo(exchange))}">${message}</a>`;
    }),
    '</svg>',
  ].join('\n');
}

function placeOf(index: number, { columns, width }: Pick<Drawing<never>, 'columns' | 'width'>): number {
  return margin + (index * (width - 2 * margin)) / (columns.length - 1);
}

function drawColumn(label: string, x: number, height: number): string {
  return (
    `<text class="participant" x="${x}" y="20">${escapeText(label)}</text>` +
    `<line class="lifeline" x1="${x}" y1="30" x2="${x}" y2="${height}" />`
  );
}

function drawMessage<Exchange extends DrawnExchange>(
  exchange: Exchange,
  isRequest: boolean,
  y: number,
  drawing: Drawing<Exchange>,
): string {
  const [from, to] = isRequest ? [exchange.from, exchange.to] : [exchange.to, exchange.from];
  const [start, end] = [columnOf(from, drawing), columnOf(to, drawing)];
  const direction = Math.sign(end - start);
  const tip = end - direction * 2;
  const arrow = `${tip},${y} ${tip - direction * 8},${y - 4} ${tip - direction * 8},${y + 4}`;
  const label = isRequest ? drawing.describeRequest(exchange) : drawing.describeResponse(exchange);
  const kind = isRequest ? 'request' : 'response';
  const refused = !isRequest && drawing.isRefused?.(exchange) === true ? ' refused' : '';
  return (
    `<line class="${kind}${refused}" x1="${start}" y1="${y}" x2="${tip - direction * 6}" y2="${y}" />` +
    `<polygon${refused && ' class="refused"'} points="${arrow}" />` +
    `<text class="message${refused}" x="${(start + end) / 2}" y="${y - 6}">${escapeText(label)}</text>`
  );
}

function columnOf<Exchange>(name: string, drawing: Drawing<Exchange>): number {
  const index = drawing.columns.findIndex((column) => column.name === name);
  if (index === -1) throw new Error(`The diagram has no place for ${name}.`);
  return placeOf(index, drawing);
}
