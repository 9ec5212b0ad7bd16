import { escapeText } from '../../../apps/demo/dist/page.js';

const [columnWidth, rowHeight] = [7.8, 20];
const [left, top, bottom] = [20, 52, 16];

const style = `
  .ground { fill: #ffffff; stroke: #d0d7de; }
  .bar { fill: #d0d7de; }
  text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #1f2328; }
  .bold { font-weight: 600; } .dim { fill: #57606a; }
  .green { fill: #1a7f37; } .red { fill: #cf222e; } .yellow { fill: #9a6700; } .cyan { fill: #0550ae; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; stroke: #3d444d; }
    .bar { fill: #3d444d; }
    text { fill: #f0f6fc; } .dim { fill: #9198a1; }
    .green { fill: #3fb950; } .red { fill: #ff7b72; } .yellow { fill: #d29922; } .cyan { fill: #79c0ff; }
  }`;

/** What a terminal is told to show (ECMA-48 §8.3.117), as classes; all else ends what came before. */
const classes = new Map([
  [1, 'bold'],
  [2, 'dim'],
  [31, 'red'],
  [32, 'green'],
  [33, 'yellow'],
  [36, 'cyan'],
]);

/**
 * A terminal with what a program printed on it, with its own ground: a page that shows it in the other colour scheme leaves it readable.
 *
 * @param {string} output with the sequences for colours
 * @param {{ title: string, description: string }} texts for those who cannot see it
 */
export function drawTerminal(output, { title, description }) {
  const lines = output.trimEnd().split('\n').map(readRuns);
  const widest = Math.max(...lines.map((runs) => runs.reduce((sum, { text }) => sum + length(text), 0)));
  const [width, height] = [
    Math.ceil(2 * left + widest * columnWidth),
    top + lines.length * rowHeight + bottom,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(title)}">
<title>${escapeText(title)}</title>
<desc>${escapeText(description)}</desc>
<style>${style}
</style>
<rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${[0, 1, 2].map((index) => `<circle class="bar" cx="${left + 4 + index * 18}" cy="20" r="5"/>`).join('')}
${lines.flatMap((runs, row) => drawLine(runs, top + row * rowHeight)).join('\n')}
</svg>
`;
}

/** A line in runs of one style. */
function readRuns(line) {
  let style = '';
  // eslint-disable-next-line no-control-regex -- the sequences of terminals are what is read
  return line.split(/\u001b\[(\d+)m/).flatMap((part, index) => {
    if (index % 2 === 1) {
      style = classes.get(Number(part)) ?? '';
      return [];
    }
    return part === '' ? [] : [{ text: part, style }];
  });
}

/** Words that stand together have the width of their characters, whichever font there is; what is between them is a distance. */
function drawLine(runs, y) {
  let column = 0;
  return runs.flatMap(({ text, style: name }) => {
    const start = column;
    column += length(text);
    return [...text.matchAll(/\S+(?: \S+)*/g)].map((match) => {
      const x = (left + (start + length(text.slice(0, match.index))) * columnWidth).toFixed(1);
      const width = (length(match[0]) * columnWidth).toFixed(1);
      const attributes = `x="${x}" y="${y}" textLength="${width}"${name === '' ? '' : ` class="${name}"`}`;
      return `<text ${attributes}>${escapeText(match[0])}</text>`;
    });
  });
}

function length(text) {
  return Array.from(text).length;
}
