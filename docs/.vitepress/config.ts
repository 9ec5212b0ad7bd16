import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const docs = fileURLToPath(new URL('../', import.meta.url));

/** A sidebar entry for every page of a folder, named by the page's own heading. */
function listPages(folder: string) {
  return readdirSync(docs + folder)
    .filter((file) => file.endsWith('.md') && file !== 'index.md')
    .sort()
    .map((file) => {
      const heading = /^# (.+)$/m.exec(readFileSync(`${docs}${folder}/${file}`, 'utf8'));
      return { text: heading?.[1] ?? file, link: `/${folder}/${file.replace(/\.md$/, '')}` };
    });
}

/** A group of the sidebar, once its folder has pages. */
function listSection(text: string, folder: string) {
  const items = existsSync(docs + folder) ? listPages(folder) : [];
  return items.length > 0 ? [{ text, items }] : [];
}

export default defineConfig({
  title: 'MCP Auth',
  description: 'The resource-server half of OAuth 2.1 for MCP servers in TypeScript.',
  lang: 'en',
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Architecture', link: '/architecture' },
      { text: 'Write an adapter', link: '/write-an-adapter' },
      { text: 'Reference', link: '/reference/metadata/' },
    ],
    sidebar: [
      {
        text: 'Understand',
        items: [
          { text: 'What it is', link: '/' },
          { text: 'Architecture', link: '/architecture' },
          { text: 'Write an adapter', link: '/write-an-adapter' },
        ],
      },
      ...listSection('Guide', 'guide'),
      ...listSection('Configure', 'configure'),
      ...listSection('Security', 'security'),
      { text: 'Decisions', link: '/decisions/', collapsed: true, items: listPages('decisions') },
      {
        text: 'Metadata documents',
        link: '/reference/metadata/',
        collapsed: true,
        items: listPages('reference/metadata'),
      },
    ],
    outline: [2, 3],
    docFooter: { prev: false, next: false },
  },
});
