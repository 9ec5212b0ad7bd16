import { readFileSync } from 'node:fs';
import { openSearch } from '../search/built-index.mjs';
import { addressOf, pageExists, readPage, samples, spoken } from './site.mjs';

const looked = [samples.start, samples.errors, samples.explainer, samples.guide];
const cjk = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー]{3,}/u;

const queries = JSON.parse(readFileSync(new URL('../search/queries.json', import.meta.url), 'utf8'));

/** Readers type titles, the middle of words, and error codes; each must lead to its page. What `search.mjs` finds without a browser, the page finds too. */
export const searchChecks = spoken.map((language) => ({
  name: `the search finds pages in ${language.label}`,
  run: async ({ page, problems, visit }) => {
    await visit(addressOf('', language));
    await page.locator('#local-search button').click();
    for (const [query, wanted] of listQueries(language)) {
      const found = await search(page, query, wanted);
      if (!found) problems.push(`"${query}" does not find ${wanted}`);
    }
    const find = await openSearch(language.folder);
    const { query: pasted } = queries[language.folder].findLast(
      ({ query }) => query.length > 64 && !query.includes('\n'),
    );
    const known = find(pasted).slice(0, 5);
    await search(page, pasted, known[0]);
    const links = page.locator('.results > li:nth-child(-n + 5) a');
    const shown = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    if (shown.join() !== known.join())
      problems.push(`"${pasted}" finds ${shown.join()}, and not ${known.join()}`);
  },
}));

function listQueries(language) {
  return looked
    .filter((page) => pageExists(page, language))
    .flatMap((page) => {
      const title = readTitle(page, language);
      // Within a word of a language without blanks
      const middle = cjk.exec(title)?.[0].slice(1);
      const address = addressOf(page, language);
      const code = page === samples.errors ? [['token_expired', `${address}#token_expired`]] : [];
      return [[title, address], ...(middle === undefined ? [] : [[middle, address]]), ...code];
    });
}

function readTitle(page, language) {
  const [, heading = ''] = /<h1[^>]*>([\s\S]*?)<a /.exec(readPage(page, language) ?? '') ?? [];
  return heading.replaceAll(/<[^>]*>/g, '').trim();
}

/** Whether one of the first five results leads there. */
async function search(page, query, wanted) {
  await page.locator('#localsearch-input').fill(query);
  const first = page.locator(`.results > li:nth-child(-n + 5) a[href^="${wanted}"]`).first();
  return first.waitFor({ state: 'attached', timeout: 60_000 }).then(
    () => true,
    () => false,
  );
}
