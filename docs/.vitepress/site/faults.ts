import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageOf } from '../languages.mjs';
import type { Faults } from '../theme/tools/find-faults';
import { docs } from './pages';

/** What the page about errors knows, in the language of a page; what its translators have not reached yet in English. */
export function readFaults(page: string): Faults {
  const { folder } = languageOf(page);
  const [original, translation] = ['', folder].map((each) =>
    readFileSync(join(docs, each, 'errors.md'), 'utf8'),
  );
  const translated = readSentences(translation ?? '');
  return {
    codes: [...(original ?? '').matchAll(/^### .*\{#(\w+)\}$/gm)].map(([, code = '']) => code),
    sentences: readSentences(original ?? '').map((sentence, index) => translated[index] ?? sentence),
  };
}

/** The table of sentences: one entry for each that a cell names. */
function readSentences(text: string): Faults['sentences'] {
  const [, rest = ''] = text.split(/^## .*\{#sentences\}$/m);
  const [section = ''] = rest.split(/^## /m);
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).flatMap((row) => {
    const [said = '', who = '', meaning = ''] = row
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    const anchor = /\]\(#([\w-]+)\)/.exec(meaning)?.[1] ?? 'sentences';
    return said
      .split(', ')
      .map((sentence) => ({ said: sentence, who, meaning: toPlainText(meaning), anchor }));
  });
}

function toPlainText(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replaceAll('`', '');
}
