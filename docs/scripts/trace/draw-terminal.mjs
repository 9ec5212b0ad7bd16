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

/** When the first letter is typed, how long each takes, when the answer begins, and how long each line and each gap takes. */
const pace = { start: 0.6, letter: 0.07, answer: 0.5, line: 0.22, pause: 0.7 };

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
 * With `recorded` the first line is typed and the others come after it, once; the picture ends as it is without, which is also what those see who
 * want no motion. With `rows` it has so many, and what is above the last ones has scrolled away.
 *
 * @param {string} output with the sequences for colours
 * @param {{ title: string, description: string, recorded?: boolean, rows?: number }} texts for those who cannot see it, and how it is drawn
 */
export function drawTerminal(output, { title, description, recorded = false, rows }) {
  const lines = output.trimEnd().split('\n').map(readRuns);
  const widest = Math.max(...lines.map(lengthOf));
  const shown = Math.min(rows ?? lines.length, lines.length);
  const [width, height] = [Math.ceil(2 * left + widest * columnWidth), top + shown * rowHeight + bottom];
  const times = recorded ? timeLines(lines) : [];
  const drawn = lines.map((runs, row) => {
    const texts = drawLine(runs, top + row * rowHeight);
    if (times[row] === undefined || texts.length === 0) return texts.join('\n');
    return `<g class="line" style="animation-delay:${times[row].toFixed(2)}s">${texts.join('\n')}</g>`;
  });
  const scrolled = lines.length - shown;
  const motion = recorded ? animate({ times, shown, scrolled, command: lines[0] }) : '';
  const body = [...drawn.filter((line) => line !== ''), ...(recorded ? [coverCommand(lines[0])] : [])].join(
    '\n',
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(title)}">
<title>${escapeText(title)}</title>
<desc>${escapeText(description)}</desc>
<style>${style}${motion}
</style>
<rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${[0, 1, 2].map((index) => `<circle class="bar" cx="${left + 4 + index * 18}" cy="20" r="5"/>`).join('')}
${scrolled > 0 ? scroll(body, width, shown) : body}
</svg>
`;
}

/** When each line is there, in seconds; the first is there from the beginning, and typed. */
function timeLines(lines) {
  const typed = pace.start + pace.letter * (lengthOf(lines[0]) - 2) + pace.answer;
  let time = typed;
  return lines.map((runs, row) => {
    if (row === 0) return undefined;
    time += runs.length === 0 ? pace.pause - pace.line : pace.line;
    return time;
  });
}

function animate({ times, shown, scrolled, command }) {
  const letters = lengthOf(command) - 2;
  const typing = `${(letters * pace.letter).toFixed(2)}s steps(${letters}) ${pace.start}s both`;
  const end = times.at(-1);
  const steps = Array.from({ length: scrolled }, (_, index) => {
    const at = ((100 * times[shown + index]) / end).toFixed(2);
    return `${at}% { transform: translateY(${-(index + 1) * rowHeight}px); }`;
  });
  const scrolling =
    scrolled === 0
      ? ''
      : `
  .scrolled { transform: translateY(${-scrolled * rowHeight}px); animation: scroll ${end.toFixed(2)}s step-end both; }
  @keyframes scroll { 0% { transform: none; } ${steps.join(' ')} }`;
  return `
  .line { animation: appear 1ms both; }
  .cover { fill: #ffffff; transform: scaleX(0); transform-box: fill-box; transform-origin: right; animation: type ${typing}; }
  @media (prefers-color-scheme: dark) { .cover { fill: #0d1117; } }
  @keyframes appear { from { visibility: hidden; } }
  @keyframes type { from { transform: none; } }${scrolling}
  @media (prefers-reduced-motion: reduce) { .line, .cover, .scrolled { animation: none; } }`;
}

/** The ground over what is not typed yet; the sign of the shell, two characters, is always there. */
function coverCommand(command) {
  const width = (lengthOf(command) - 2) * columnWidth;
  return `<rect class="cover" x="${left + 2 * columnWidth}" y="${top - 14}" width="${width.toFixed(1)}" height="18"/>`;
}

function scroll(body, width, shown) {
  const area = `x="1" y="${top - 15}" width="${width - 2}" height="${shown * rowHeight}"`;
  return `<clipPath id="rows"><rect ${area}/></clipPath>\n<g clip-path="url(#rows)"><g class="scrolled">\n${body}\n</g></g>`;
}

function lengthOf(runs) {
  return runs.reduce((sum, { text }) => sum + length(text), 0);
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
