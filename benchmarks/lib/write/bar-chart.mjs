import { escapeText, frame } from './svg.mjs';

/**
 * Horizontal bars in groups, as SVG that can be read on light and on dark.
 *
 * @param {object} chart
 * @param {string} chart.title
 * @param {string} chart.subtitle
 * @param {{ title: string, bars: { name: string, value: number, label: string, isOwn: boolean }[] }[]} chart.groups
 */
export function drawBarChart({ title, subtitle, groups }) {
  // Names to the left of the bars, figures to the right of the longest
  const left = 275;
  const width = 300;
  const largest = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const parts = [];
  let y = 74;
  for (const group of groups) {
    parts.push(`<text class="strong" x="24" y="${y + 11}">${escapeText(group.title)}</text>`);
    y += 24;
    for (const { name, value, label, isOwn } of group.bars) {
      const length = Math.max(2, (value / largest) * width).toFixed(1);
      const kind = isOwn ? 'own' : 'peer';
      parts.push(
        `<text class="${isOwn ? 'strong' : 'text'}" x="${left - 10}" y="${y + 12}" text-anchor="end">${escapeText(name)}</text>`,
        `<rect class="${kind}" x="${left}" y="${y}" width="${length}" height="16" rx="3"/>`,
        `<text class="text" x="${left + Number(length) + 8}" y="${y + 12}">${escapeText(label)}</text>`,
      );
      y += 22;
    }
    y += 12;
  }
  return frame({ title, subtitle, height: y + 4, body: parts.join('\n') });
}
