import { drawSequence as draw } from '../../../apps/demo/dist/page.js';

const columns = ['user agent', 'client', 'notes', 'authorization server'];

const width = 624;

/**
 * A sequence diagram as SVG that is readable on light and dark: on its own, as code hosts show it, and in a page of the site, in the
 * colours of the text around it.
 *
 * @param {{ from: string, to: string, sent: number, answered: number, step: number, request: { method: string, url: string }, response: { status: number } }[]} exchanges
 * @param {import('../../.vitepress/locales/sequence-diagram.mjs').SequenceTexts} texts
 */
export function drawSequence(exchanges, texts) {
  const svg = draw(exchanges, {
    columns: columns.map((name) => ({ name, label: texts.columns[name] })),
    description: texts.description.replace('{count}', String(exchanges.length)),
    width,
    describeRequest: ({ step, request }) =>
      `${step}. ${request.method} ${shorten(new URL(request.url).pathname)}`,
    describeResponse: ({ response }) => String(response.status),
  });
  return svg
    .replace(
      /^<svg([^>]*)>/,
      (_tag, rest) =>
        `<svg xmlns="http://www.w3.org/2000/svg" class="sequence-diagram"${rest}>\n${style.join('\n')}`,
    )
    .concat('\n');
}

// `:root` is the drawing where it is a file of its own, and never where it is part of a page
const style = [
  '<style>',
  '.sequence-diagram:root { color: #1f2328; --vp-c-bg: #fff; font-family: sans-serif; }',
  '@media (prefers-color-scheme: dark) { .sequence-diagram:root { color: #e6edf3; --vp-c-bg: #0d1117; } }',
  '.sequence-diagram text { font-size: 12px; fill: currentColor; text-anchor: middle; }',
  '.sequence-diagram .message { paint-order: stroke; stroke: var(--vp-c-bg); stroke-width: 4px; }',
  '.sequence-diagram .participant { font-size: 13px; font-weight: 600; }',
  '.sequence-diagram line { stroke: currentColor; stroke-width: 1.5; }',
  '.sequence-diagram .lifeline { stroke-width: 1; opacity: 0.35; }',
  '.sequence-diagram .response { stroke-dasharray: 5 4; }',
  '.sequence-diagram polygon { fill: currentColor; }',
  '</style>',
];

function shorten(pathname) {
  return decodeURI(pathname).replace(/^(\/\.well-known\/).+/, '$1…');
}
