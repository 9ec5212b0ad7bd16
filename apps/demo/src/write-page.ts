import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartupError } from '@mcp-auth/app-sample-kit';
import type { Options } from './options.js';
import { drawPage } from './page/draw-page.js';
import type { Trace } from './trace.js';

/** In the workspace, in a folder that git ignores; from `src` and from `dist` alike. */
const usualFile = fileURLToPath(new URL('../../../reports/demonstration.html', import.meta.url));

/** Where the page of a run is, or why it is nowhere. */
export type WrittenPage = { readonly file: string } | { readonly problem: string };

/**
 * Writes a run down as a page.
 *
 * @throws {StartupError} when it cannot be written to the file that was asked for; the usual one may be out of reach
 */
export async function writePage(
  trace: Trace,
  { page, all }: Pick<Options, 'page' | 'all'>,
): Promise<WrittenPage> {
  const file = page ?? usualFile;
  const text = drawPage(trace, { recordedAt: new Date(), command: `npm start${all ? ' -- --all' : ''}` });
  try {
    if (page === undefined) await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return { file };
  } catch (error) {
    const problem = `The page cannot be written to ${file} (${(error as Error).message}).`;
    if (page !== undefined) throw new StartupError(problem);
    return { problem };
  }
}

/** One line for the reader of a terminal. */
export function describePage(page: WrittenPage): string {
  if ('problem' in page) return page.problem;
  const near = relative(process.cwd(), page.file);
  return `Drawn, with every message and decision: ${near.startsWith('..') ? page.file : join('.', near)}`;
}
