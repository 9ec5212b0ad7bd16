import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drawBarChart } from '../lib/write/bar-chart.mjs';
import { drawLineChart } from '../lib/write/line-chart.mjs';
import { chartWidth } from '../lib/write/svg.mjs';

/** Wider than any letter of the font, on the average of a text. */
const letter = 7;

/** Where each text of a chart begins and ends. */
function readTexts(svg) {
  return [...svg.matchAll(/<text class="(\w+)" x="([\d.]+)"[^>]*?(?:text-anchor="(\w+)")?>([^<]*)</g)].map(
    ([, kind, x, anchor = 'start', text]) => {
      const width = text.length * (kind === 'title' ? 8 : letter);
      const begin = Number(x) - { start: 0, middle: width / 2, end: width }[anchor];
      return { text, begin, end: begin + width };
    },
  );
}

const assertInside = (svg) => {
  for (const { text, begin, end } of readTexts(svg))
    assert.ok(begin >= 0 && end <= chartWidth, `“${text}” reaches from ${begin} to ${end}`);
};

describe('charts', () => {
  it('cut no label, however long the bar next to it is', () => {
    assertInside(
      drawBarChart({
        title: 'A request',
        subtitle: 'Compared with nothing',
        groups: [
          {
            title: 'Express',
            bars: [
              {
                name: 'official SDK, verifier() of MCP Auth',
                value: 100,
                label: '123.45 ×, 1234.56 µs',
                isOwn: true,
              },
              { name: 'MCP Auth', value: 1, label: 'not while it was asked', isOwn: true },
            ],
          },
        ],
      }),
    );
  });

  it('begin another line of the legend where one is full', () => {
    const names = [
      'MCP Auth',
      'MCP Auth, cache off',
      'fast-jwt with its cache',
      'jose jwtVerify, local key set',
    ];
    assertInside(
      drawLineChart({
        title: 'Tokens',
        subtitle: 'Compared with nothing',
        lines: names.map((name) => ({
          name,
          points: [
            { x: 1, y: 1 },
            { x: 1_000_000, y: 200_000 },
          ],
        })),
        formatX: String,
        formatY: String,
      }),
    );
  });

  it('write names so that they are text and nothing else', () => {
    const svg = drawBarChart({ title: 'a < b & c', subtitle: '', groups: [] });
    assert.match(svg, /a &lt; b &amp; c/);
  });
});
