import { posix } from 'node:path';
import { readRepositoryPath } from '../../lib/project.mjs';

const codeBlock = /^( *)(`{3,}|~{3,})[\s\S]*?^\1\2`*$/gm;
const inlineCode = /`[^`\n]*`/g;
const packageReadme = /^packages\/[\w-]+\/README\.md$/;
const link = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm;

/**
 * Links of a Markdown document to files and headings that do not exist, in the project's repository too; and links of a package's
 * README that lead nowhere on its package page. Other addresses are not looked at.
 *
 * @param {string} path from the project's root
 * @param {(path: string) => string | undefined} readFile the text of a file, or an empty text for a folder
 */
export function findBrokenMarkdownLinks(path, readFile) {
  const text = (readFile(path) ?? '').replace(codeBlock, '').replace(inlineCode, '');
  return [...text.matchAll(link)]
    .map(([, inline, reference]) => inline ?? reference)
    .flatMap((target) => {
      const ours = readRepositoryPath(target);
      if (ours === undefined && /^[a-z][a-z\d+.-]*:/i.test(target)) return [];
      if (ours === undefined && !target.startsWith('#') && packageReadme.test(path)) {
        return [`${path} links to ${target}, which leads nowhere on a package page: write its whole address`];
      }
      const [file, anchor] = decodeURIComponent(ours ?? target).split('#');
      const page = ours !== undefined ? file : file === '' ? path : posix.join(posix.dirname(path), file);
      const found = readFile(page.replace(/\/$/, ''));
      const isThere =
        found !== undefined && (anchor === undefined || anchor === '' || readAnchors(found).has(anchor));
      return isThere ? [] : [`${path} links to ${target}, which does not exist`];
    });
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
