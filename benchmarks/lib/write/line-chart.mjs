import { chartWidth, escapeText, frame, lineClasses } from './svg.mjs';

const sides = { left: 90, right: chartWidth - 40 };
const legend = { left: 24, top: 70, line: 20 };

/** Where the names of the lines stand, in as many lines of the legend as they take. */
function placeNames(lines) {
  let [x, row] = [legend.left, 0];
  return lines.map(({ name }) => {
    const width = 44 + name.length * 7;
    if (x > legend.left && x + width > chartWidth) [x, row] = [legend.left, row + 1];
    const place = { x, y: legend.top + row * legend.line };
    x += width;
    return place;
  });
}

const decades = (values) => {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
};

/**
 * Curves over two logarithmic axes, as SVG that can be read on light and on dark.
 *
 * @param {object} chart
 * @param {string} chart.title
 * @param {string} chart.subtitle
 * @param {{ name: string, points: { x: number, y: number }[] }[]} chart.lines
 * @param {(value: number) => string} chart.formatX
 * @param {(value: number) => string} chart.formatY
 */
export function drawLineChart({ title, subtitle, lines, formatX, formatY }) {
  const places = placeNames(lines);
  const top = Math.max(...places.map(({ y }) => y)) + 30;
  const plot = { ...sides, top, bottom: top + 230 };
  const points = lines.flatMap((line) => line.points);
  const columns = decades(points.map(({ x }) => x));
  const rows = decades(points.map(({ y }) => y));
  const scale = (value, [first], last, from, to) =>
    from + ((Math.log10(value) - first) / (last - first)) * (to - from);
  const xOf = (value) => scale(value, columns, columns.at(-1), plot.left, plot.right).toFixed(1);
  const yOf = (value) => scale(value, rows, rows.at(-1), plot.bottom, plot.top).toFixed(1);

  const parts = [];
  for (const row of rows) {
    const y = yOf(10 ** row);
    parts.push(
      `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${y}" y2="${y}"/>`,
      `<text class="text" x="${plot.left - 10}" y="${Number(y) + 4}" text-anchor="end">${escapeText(formatY(10 ** row))}</text>`,
    );
  }
  for (const column of columns) {
    parts.push(
      `<text class="text" x="${xOf(10 ** column)}" y="${plot.bottom + 22}" text-anchor="middle">${escapeText(formatX(10 ** column))}</text>`,
    );
  }
  for (const [index, { name, points: own }] of lines.entries()) {
    const color = lineClasses[index];
    parts.push(
      `<polyline class="${color}" style="fill: none" points="${own.map(({ x, y }) => `${xOf(x)},${yOf(y)}`).join(' ')}"/>`,
      ...own.map(({ x, y }) => `<circle class="${color}" cx="${xOf(x)}" cy="${yOf(y)}" r="3"/>`),
      `<rect class="${color}" x="${places[index].x}" y="${places[index].y}" width="12" height="12" rx="2"/>`,
      `<text class="text" x="${places[index].x + 18}" y="${places[index].y + 10}">${escapeText(name)}</text>`,
    );
  }
  return frame({ title, subtitle, height: plot.bottom + 44, body: parts.join('\n') });
}
