import { capture, tail } from '../../lib/capture.mjs';
import { listEntryNames } from './examples.mjs';

/**
 * Loads every entry of an installed package with import and with require: a class that exists twice fails `instanceof`.
 *
 * @param {string} folder where it is installed
 * @param {{ name: string, manifest: any }} published
 * @returns {Promise<string[]>} what keeps an entry from being loaded, or differs
 */
export async function findLoadingProblems(folder, published) {
  const script = `
    import { createRequire } from 'node:module';
    for (const entry of ${JSON.stringify(listEntryNames(published))}) {
      const imported = await import(entry);
      const required = createRequire(import.meta.url)(entry);
      for (const name of Object.keys({ ...imported, ...required })) {
        if (imported[name] !== required[name]) throw new Error(entry + ': require gives another ' + name);
      }
    }`;
  const { ok, output } = await capture(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
  });
  return ok ? [] : [tail(output, 12)];
}
