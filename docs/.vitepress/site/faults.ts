import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageOf } from '../languages.mjs';
import type { Faults } from '../theme/tools/find-faults';
import { readCodes, readTables } from './fault-tables.mjs';
import { docs } from './pages';

/** What the page about errors knows, in the language of a page; what its translators have not reached yet in English. */
export function readFaults(page: string): Faults {
  const { folder } = languageOf(page);
  const [original = '', translation = ''] = ['', folder].map((each) =>
    readFileSync(join(docs, each, 'errors.md'), 'utf8'),
  );
  const [known, translated] = [readTables(original), readTables(translation)];
  return {
    codes: readCodes(original),
    sentences: known.sentences.map((sentence, index) => translated.sentences[index] ?? sentence),
    lines: known.lines.map((line, index) => translated.lines[index] ?? line),
    names: known.names.map((name, index) => translated.names[index] ?? name),
  };
}
