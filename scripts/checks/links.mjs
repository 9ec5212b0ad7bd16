import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { root } from '../lib/bootstrap.mjs';
import { combine, failed, judge } from '../lib/outcome.mjs';
import { listProjectFiles } from '../lib/project-files.mjs';
import { findBrokenMarkdownLinks } from './links/markdown.mjs';
import { findSiteProblems } from './links/site.mjs';

const site = join(root, 'docs/.vitepress/dist');

/** Links and anchors of the built documentation and of every Markdown file outside of it. */
export async function checkLinks() {
  const documents = (await listProjectFiles()).filter(
    (path) => path.endsWith('.md') && !/^docs\/|^\.changeset\/|CHANGELOG\.md$/.test(path),
  );
  const broken = documents.flatMap((path) => findBrokenMarkdownLinks(path, readFileOrFolder));
  return combine([
    checkSite(),
    judge('Every link of a README leads to a file or heading of the project', broken),
  ]);
}

function checkSite() {
  const files = readSite();
  if (files === undefined)
    return failed('The documentation is not built: docs/.vitepress/dist does not exist.');
  return judge('Every link of the documentation leads somewhere, and no page loads from elsewhere', [
    ...findSiteProblems(files),
  ]);
}

function readSite() {
  try {
    const entries = readdirSync(site, { recursive: true, withFileTypes: true });
    return new Map(
      entries
        .filter((entry) => entry.isFile())
        .map((entry) => {
          const file = join(entry.parentPath ?? entry.path, entry.name);
          const text = /\.(html|css)$/.test(file) ? readFileSync(file, 'utf8') : '';
          return [relative(site, file).split(sep).join('/'), text];
        }),
    );
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function readFileOrFolder(path) {
  try {
    return statSync(join(root, path)).isDirectory() ? '' : readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
