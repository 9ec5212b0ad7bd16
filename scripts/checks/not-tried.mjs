import { languageOf } from '../../docs/.vitepress/languages.mjs';
import { listProjectFiles, readProjectFile } from '../lib/project.mjs';

/** What says that something was not shown by running it. */
const admission = /\b(?:(?:not|never) (?:been )?tried|(?:wasn't|weren't|isn't|aren't) tried|untried)\b/i;

/** When something else was done, or that it was: `November 2026`, `2026-11-29`, `instead`. */
const answer =
  /\binstead\b|\b20\d\d-\d\d-\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) 20\d\d\b/i;

/**
 * The places of a page that say something was not tried, in sections that neither name what was done instead nor date it.
 *
 * @param {string} path
 * @param {string} text
 * @returns {string[]}
 */
export function findBareAdmissions(path, text) {
  const lines = text.split('\n');
  const starts = [0, ...lines.flatMap((line, index) => (/^#{1,6} /.test(line) ? [index] : [])), lines.length];
  return starts.slice(0, -1).flatMap((start, position) => {
    const section = lines.slice(start, starts[position + 1]);
    if (answer.test(section.join('\n'))) return [];
    return section.flatMap((line, offset) =>
      admission.test(line)
        ? [`${path}:${start + offset + 1} says that something was not tried: say what was instead, and when`]
        : [],
    );
  });
}

export const checks = {
  'No page says that something was not tried without what was done instead, or when': () =>
    listProjectFiles(/^docs\/.*\.md$/)
      .filter((path) => languageOf(path.slice('docs/'.length)).folder === '')
      .flatMap((path) => findBareAdmissions(path, readProjectFile(path))),
};
