import { posix } from 'node:path';

const codeBlock = /^( *)(`{3,}|~{3,})[\s\S]*?^\1\2`*$/gm;
const inlineCode = /`[^`\n]*`/g;
const link = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm;

/**
 * Links of a Markdown document to files and headings that do not exist. Addresses on other hosts are not looked at.
 *
 * @param {string} path from the project's root
 * @param {(path: string) => string | undefined} readFile the text of a file, or an empty text for a folder
 */
export function findBrokenMarkdownLinks(path, readFile) {
  const text = (readFile(path) ?? '').replace(codeBlock, '').replace(inlineCode, '');
  return [...text.matchAll(link)]
    .map(([, inline, reference]) => inline ?? reference)
    .filter((target) => !/^[a-z][a-z\d+.-]*:/i.test(target))
    .filter((target) => {
      const [file, anchor] = decodeURIComponent(target).split('#');
      const page = file === '' ? path : posix.join(posix.dirname(path), file);
      const found = readFile(page.replace(/\/$/, ''));
      if (found === undefined) return true;
      return anchor !== undefined && anchor !== '' && !readAnchors(found).has(anchor);
    })
    .map((target) => `${path} links to ${target}, which does not exist`);
}

/** What a link into a document can name on forges: its headings, and what it names itself. */
function readAnchors(text) {
  const named = [...text.replace(codeBlock, '').matchAll(/<a name="([^"]+)"><\/a>/g)].map(([, name]) => name);
  return new Set([...readHeadings(text), ...named]);
}

/** The anchors that forges make of headings. */
export function readHeadings(text) {
  const seen = new Map();
  return new Set(
    [...text.replace(codeBlock, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, heading]) => {
      const slug = heading
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-');
      const count = seen.get(slug) ?? 0;
      seen.set(slug, count + 1);
      return count === 0 ? slug : `${slug}-${count}`;
    }),
  );
}
