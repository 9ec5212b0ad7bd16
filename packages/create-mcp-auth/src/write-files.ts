import { lstat, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { CreateProjectError } from './create-error.js';

/**
 * Writes files into a folder, none of them over another, and none through a link to somewhere else.
 *
 * @param files by path with slashes
 * @throws {CreateProjectError} `file_exists`, before anything is written
 */
export async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  if (!(await isFolderOrNothing(folder))) {
    // A link to a folder is one that its owner has named
    const target = await stat(folder).catch(() => undefined);
    if (target?.isDirectory() !== true)
      throw new CreateProjectError('file_exists', `Nothing was written, because ${folder} is not a folder.`);
  }
  const parents = new Set([...files.keys()].flatMap(listParents));
  const inTheWay = [
    ...(await filter([...parents], async (path) => !(await isFolderOrNothing(join(folder, path))))),
    ...(await filter([...files.keys()], async (path) => (await find(join(folder, path))) !== undefined)),
  ];
  if (inTheWay.length > 0) {
    throw new CreateProjectError(
      'file_exists',
      `Nothing was written, because ${folder} has these already: ${inTheWay.sort().join(', ')}. Name another folder, or move them away.`,
    );
  }
  for (const [path, text] of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    // Fails for what has come in the meantime
    await writeFile(target, text, { flag: 'wx' });
  }
}

function listParents(path: string): string[] {
  const parent = posix.dirname(path);
  return parent === '.' ? [] : [...listParents(parent), parent];
}

async function filter(paths: string[], keep: (path: string) => Promise<boolean>): Promise<string[]> {
  const kept = await Promise.all(paths.map(keep));
  return paths.filter((_, index) => kept[index]);
}

async function isFolderOrNothing(path: string): Promise<boolean> {
  const found = await find(path);
  return found === undefined || found.isDirectory();
}

async function find(path: string): Promise<Awaited<ReturnType<typeof lstat>> | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
