import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFindingTable } from '../finding-tables.mjs';
import { findBarriers } from './inspect-page.mjs';
import { addressOf, dist, pageExists, samples, spoken } from './site.mjs';

const translated = spoken.slice(1).filter((language) => pageExists(samples.checker, language));

/** Breaks rules of every level: what parses, what the standards ask, what MCP clients need. */
const broken = JSON.stringify({
  issuer: 'http://auth.example.com?tenant=1',
  authorization_endpoint: 'nowhere',
  token_endpoint: 7,
  response_types_supported: [],
  grantTypesSupported: ['authorization_code'],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
});

/** The script that carries the findings of a language, as the built site names it. */
async function findScript(language) {
  const { 'empty-array': sample } = await readFindingTable(language.folder);
  const folder = join(dist, 'assets');
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find(
    (file) => file.endsWith('.js') && readFileSync(join(folder, file), 'utf8').includes(sample.message),
  );
  if (found === undefined) throw new Error(`The site has no findings in ${language.label}`);
  return found;
}

async function openChecker(opened, language) {
  const requests = [];
  opened.page.on('request', (request) => requests.push(request.url()));
  return {
    ...opened,
    requests,
    async check() {
      await opened.page.locator('#checker-document').fill(broken);
      await opened.page.locator('.tool button[type=submit]').click();
      await opened.page.locator('.findings li').first().waitFor();
    },
    visitChecker: () => opened.visit(addressOf(samples.checker, language)),
    readFindings: () =>
      opened.page.locator('.findings li').evaluateAll((items) =>
        items.map((item) => ({
          code: item.querySelector('.hint:last-child code').textContent,
          text: item.innerText,
          english: [...item.querySelectorAll('[lang=en]')].map((part) => part.textContent.trim()).join(' '),
        })),
      ),
  };
}

const translatedChecks = translated.map((language) => ({
  name: `metadata checker: every finding is told in ${language.label}, the English original beneath`,
  options: { width: 360 },
  run: async (given) => {
    const table = await readFindingTable(language.folder);
    const opened = await openChecker(given, language);
    const { page, problems, requests } = opened;
    await opened.visitChecker();
    await opened.check();
    await page.getByText(table['empty-array'].message).waitFor();
    const findings = await opened.readFindings();
    for (const code of ['type', 'format', 'not-https', 'has-query', 'camel-case-twin', 'mcp-no-code-flow'])
      if (!findings.some((finding) => finding.code === code)) problems.push(`${code} is not found`);
    for (const { code, text, english } of findings) {
      // What has no translation yet is told in English alone: finding-texts.mjs counts it
      const { message, fix } = table[code] ?? { message: '', fix: '' };
      if (!text.includes(message) || !text.includes(fix)) problems.push(`${code} says: ${text}`);
      if (!/[a-z]{2,} [a-z]{2,}/i.test(english)) problems.push(`${code} has no English original: ${english}`);
    }
    for (const other of translated.filter((one) => one !== language)) {
      const script = await findScript(other);
      if (requests.some((url) => url.endsWith(script))) problems.push(`loads the texts of ${other.label}`);
    }
    problems.push(...(await findBarriers(page)));
  },
}));

const fallbackChecks = [
  {
    name: 'metadata checker: an English reader loads no translation of the findings and reads each once',
    options: { width: 360 },
    run: async (given) => {
      const opened = await openChecker(given);
      const { problems, requests } = opened;
      await opened.visitChecker();
      await opened.check();
      for (const { code, text } of await opened.readFindings())
        if (/[\p{Script=Han}\p{Script=Hangul}]/u.test(text)) problems.push(`${code} says: ${text}`);
      for (const language of translated) {
        const script = await findScript(language);
        if (requests.some((url) => url.endsWith(script))) problems.push(`loads ${language.label}`);
      }
    },
  },
  ...translated.slice(0, 1).map((language) => ({
    name: 'metadata checker: findings are English while their translation is on its way',
    options: { width: 360 },
    run: async (given) => {
      const table = await readFindingTable(language.folder);
      const opened = await openChecker(given, language);
      const { page, problems } = opened;
      const script = await findScript(language);
      const { promise: arrived, resolve: arrive } = withResolvers();
      await page.route(`**/${script}`, async (route) => {
        await arrived;
        await route.continue();
      });
      await opened.visitChecker();
      await opened.check();
      const empty = (await opened.readFindings()).find(({ code }) => code === 'empty-array');
      if (!empty?.english.includes('The array is empty')) problems.push(`says: ${empty?.text}`);
      arrive();
      await page.getByText(table['empty-array'].message).waitFor();
    },
  })),
];

function withResolvers() {
  let resolve;
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

export const findingChecks = [...translatedChecks, ...fallbackChecks];
