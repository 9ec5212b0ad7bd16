const columns = ['user agent', 'client', 'notes', 'authorization server'];

const width = 624;
const margin = 80;
const head = 48;
const rowHeight = 26;

/**
 * A sequence diagram as inline SVG in the colour of the text around it, so that it is readable on light and dark.
 *
 * @param {{ from: string, to: string, sent: number, answered: number, step: number, request: { method: string, url: string }, response: { status: number } }[]} exchanges
 * @param {import('../../.vitepress/locales/sequence-diagram.mjs').SequenceTexts} texts
 */
export function drawSequence(exchanges, texts) {
  const messages = exchanges
    .flatMap((exchange) => [
      { at: exchange.sent, isRequest: true, exchange },
      { at: exchange.answered, isRequest: false, exchange },
    ])
    .sort((a, b) => a.at - b.at);
  const height = head + messages.length * rowHeight + 16;
  const description = texts.description.replace('{count}', String(exchanges.length));
  return [
    '<div class="sequence-diagram" tabindex="0">',
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${description}">`,
    ...columns.map((name, index) => drawColumn(texts.columns[name], x(index), height)),
    ...messages.map((message, index) => drawMessage(message, head + (index + 1) * rowHeight)),
    '</svg>',
    '</div>',
    '',
    ...style,
    '',
  ].join('\n');
}

const style = [
  '<style>',
  '.sequence-diagram { overflow-x: auto; margin: 16px 0; }',
  '.sequence-diagram svg { max-width: none; }',
  '.sequence-diagram text { font-size: 12px; fill: currentColor; text-anchor: middle; }',
  '.sequence-diagram .message { paint-order: stroke; stroke: var(--vp-c-bg); stroke-width: 4px; }',
  '.sequence-diagram .participant { font-size: 13px; font-weight: 600; }',
  '.sequence-diagram line { stroke: currentColor; stroke-width: 1.5; }',
  '.sequence-diagram .lifeline { stroke-width: 1; opacity: 0.35; }',
  '.sequence-diagram .response { stroke-dasharray: 5 4; }',
  '.sequence-diagram polygon { fill: currentColor; }',
  '</style>',
];

function x(index) {
  return margin + (index * (width - 2 * margin)) / (columns.length - 1);
}

function drawColumn(label, at, height) {
  return (
    `<text class="participant" x="${at}" y="20">${label}</text>` +
    `<line class="lifeline" x1="${at}" y1="30" x2="${at}" y2="${height}" />`
  );
}

function drawMessage({ isRequest, exchange }, y) {
  const [from, to] = isRequest ? [exchange.from, exchange.to] : [exchange.to, exchange.from];
  const start = x(columnOf(from));
  const end = x(columnOf(to));
  const direction = Math.sign(end - start);
  const tip = end - direction * 2;
  const arrow = `${tip},${y} ${tip - direction * 8},${y - 4} ${tip - direction * 8},${y + 4}`;
  const label = isRequest ? describeRequest(exchange) : String(exchange.response.status);
  return (
    `<line class="${isRequest ? 'request' : 'response'}" x1="${start}" y1="${y}" x2="${tip - direction * 6}" y2="${y}" />` +
    `<polygon points="${arrow}" />` +
    `<text class="message" x="${(start + end) / 2}" y="${y - 6}">${label}</text>`
  );
}

function columnOf(name) {
  const index = columns.indexOf(name);
  if (index === -1) throw new Error(`The diagram has no place for ${name}.`);
  return index;
}

function describeRequest({ step, request }) {
  const { pathname } = new URL(request.url);
  return `${step}. ${request.method} ${shorten(pathname)}`;
}

function shorten(pathname) {
  return decodeURI(pathname).replace(/^(\/\.well-known\/).+/, '$1…');
}
