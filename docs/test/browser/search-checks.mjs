import { addressOf, pageExists, readPage, samples, spoken } from './site.mjs';

const looked = [samples.start, samples.errors, samples.explainer, samples.guide];
const cjk = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー]{3,}/u;

/** What people see and look for: of a server, of a client, of a start that failed. */
const sentences = [
  'The access token is not valid for this resource',
  'Resource server does not implement OAuth 2.0 Protected Resource Metadata',
  'Server returned 401 after successful authentication',
  'must use https. Plain http is for loopback hosts',
];

/** Readers type titles, the middle of words, and error codes; each must lead to its page. */
export const searchChecks = spoken.map((language) => ({
  name: `the search finds pages in ${language.label}`,
  run: async ({ page, problems, visit }) => {
    await visit(addressOf('', language));
    await page.locator('#local-search button').click();
    for (const [query, wanted] of listQueries(language)) {
      const found = await search(page, query, wanted);
      if (!found) problems.push(`"${query}" does not find ${wanted}`);
    }
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
      const said =
        page === samples.errors && language.folder === ''
          ? sentences.map((each) => [each, `${address}#`])
          : [];
      return [[title, address], ...(middle === undefined ? [] : [[middle, address]]), ...code, ...said];
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
