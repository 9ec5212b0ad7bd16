import { statSync } from 'node:fs';
import { join } from 'node:path';
import { listProjectFiles, readProjectFile, root } from '../lib/project.mjs';
import { findBrokenMarkdownLinks } from './links/markdown.mjs';
import { findPlainPageProblems } from './links/plain-pages.mjs';
import { findUnnamedSections, linkedPages } from './links/named-sections.mjs';
import { findSiteProblems } from './links/site.mjs';

const isFolder = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() ?? false;

const readSources = () =>
  listProjectFiles(/^packages\/[\w-]+\/src\/.*\.ts$/).map((path) => readProjectFile(path));

/** Links and anchors of the built documentation and of every Markdown file outside of it. */
export const checks = {
  'Every link of the documentation leads somewhere, and no page loads from elsewhere': () =>
    findSiteProblems(join(root, 'docs/.vitepress/dist')),
  'Every page of the documentation is there as Markdown, whose links lead somewhere': () =>
    findPlainPageProblems(join(root, 'docs/.vitepress/dist')),
  'Every link of a README leads to a file or heading of the project': () =>
    listProjectFiles(/^(?!docs\/|\.changeset\/|.*CHANGELOG\.md$).*\.md$/).flatMap((path) =>
      findBrokenMarkdownLinks(path, (target) => (isFolder(target) ? '' : readProjectFile(target))),
    ),
  'A link that packages print opens its section on a forge too': () =>
    linkedPages(readSources(), listProjectFiles(/^docs\/.*\.md$/)).flatMap((path) =>
      findUnnamedSections(path, readProjectFile(path)),
    ),
};
