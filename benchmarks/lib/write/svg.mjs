export const chartWidth = 760;

export const escapeText = (text) =>
  String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Colours of lines, with enough contrast on both grounds. */
export const lineClasses = ['own', 'second', 'third', 'fourth'];

const style = `
  .ground { fill: #ffffff; stroke: #d0d7de; }
  .text { fill: #57606a; font: 12px system-ui, sans-serif; }
  .strong { fill: #1f2328; font: 600 12px system-ui, sans-serif; }
  .title { fill: #1f2328; font: 600 15px system-ui, sans-serif; }
  .grid { stroke: #d0d7de; stroke-width: 1; }
  .own { fill: #0969da; stroke: #0969da; } .peer { fill: #afb8c1; }
  .second { fill: #bc4c00; stroke: #bc4c00; } .third { fill: #1a7f37; stroke: #1a7f37; }
  .fourth { fill: #8250df; stroke: #8250df; }
  rect:not(.ground) { stroke: none; }
  polyline { stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; stroke: #30363d; }
    .text { fill: #9198a1; } .strong, .title { fill: #f0f6fc; } .grid { stroke: #30363d; }
    .own { fill: #4493f8; stroke: #4493f8; } .peer { fill: #656c76; }
    .second { fill: #f0883e; stroke: #f0883e; } .third { fill: #3fb950; stroke: #3fb950; }
    .fourth { fill: #ab7df8; stroke: #ab7df8; }
  }`;

/** A chart with its own ground: a page that shows it in the other colour scheme leaves it readable. */
export function frame({ title, subtitle, height, body }) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${chartWidth} ${height}" width="${chartWidth}" height="${height}" role="img" aria-label="${escapeText(title).replaceAll('"', '&quot;')}">
<title>${escapeText(title)}</title>
<style>${style}
</style>
<rect class="ground" x="0.5" y="0.5" width="${chartWidth - 1}" height="${height - 1}" rx="8"/>
<text class="title" x="24" y="32">${escapeText(title)}</text>
<text class="text" x="24" y="52">${escapeText(subtitle)}</text>
${body}
</svg>
`;
}
