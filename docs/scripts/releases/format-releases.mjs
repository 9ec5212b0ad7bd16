/** @typedef {import('./read-releases.mjs').Change} Change */
/** @typedef {import('./read-releases.mjs').Release} Release */

const titles = { major: 'What has to be changed by users', minor: 'New', patch: 'Fixed' };

/**
 * The page of the site that tells of all releases.
 *
 * @param {{ next: readonly Change[], releases: readonly Release[] }} told
 */
export function formatPage({ next, releases }) {
  const sections = [
    ...(next.length === 0 ? [] : [formatSection('Not released yet', 'next', next)]),
    ...releases.map(({ version, date, changes }) =>
      formatSection(date === undefined ? version : `${version}, ${date}`, `v${version}`, changes),
    ),
  ];
  return `---
description: What is new in each release of MCP Auth, for all packages together, and what the next one brings.
editLink: false
---

# Releases

All packages have the same version. This page is made of their changelogs, and of the notes that wait for the next release.
${releases.length === 0 ? 'Nothing is released yet.' : ''}

${sections.join('\n')}`;
}

function formatSection(title, id, changes) {
  const groups = Object.entries(titles).flatMap(([level, name]) => {
    const found = changes.filter((change) => change.level === level);
    return found.length === 0
      ? []
      : [`### ${name} {#${id}-${level}}\n\n${found.map(formatChange).join('\n\n')}\n`];
  });
  return `## ${title} {#${id}}\n\n${groups.join('\n')}`;
}

function formatChange({ packages, text }) {
  const names = packages.map((name) => name.replace(/^@mcp-auth\//, '')).join(', ');
  return `- **${names}**\n\n${text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${escapeTags(line)}`))
    .join('\n')}`;
}

/** What looks like a tag is text, but for code. */
function escapeTags(line) {
  return line.replace(
    /(`[^`]*`)|<|\{\{/g,
    (found, code) => code ?? found.replaceAll('<', '&lt;').replaceAll('{', '&#123;'),
  );
}

/**
 * The releases as RSS 2.0.
 *
 * @param {readonly Release[]} releases
 * @param {{ title: string, description: string, page: string }} channel `page` is the whole address of the page of releases
 */
export function formatFeed(releases, { title, description, page }) {
  const items = releases.map(({ version, date, changes }) => {
    const link = `${page}#v${version}`;
    return [
      '    <item>',
      `      <title>${escapeXml(`${title} ${version}`)}</title>`,
      `      <link>${escapeXml(link)}</link>`,
      `      <guid isPermaLink="true">${escapeXml(link)}</guid>`,
      ...(date === undefined ? [] : [`      <pubDate>${new Date(date).toUTCString()}</pubDate>`]),
      `      <description>${escapeXml(changes.map(({ text }) => text).join('\n\n'))}</description>`,
      '    </item>',
    ].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0">',
    '  <channel>',
    `    <title>${escapeXml(title)}</title>`,
    `    <link>${escapeXml(page)}</link>`,
    `    <description>${escapeXml(description)}</description>`,
    ...items,
    '  </channel>',
    '</rss>',
    '',
  ].join('\n');
}

function escapeXml(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
