import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFiles } from '../src/write-files.js';
import { createFolder } from './support/folder.js';

const files = new Map([
  ['package.json', 'new'],
  ['src/app.ts', 'new'],
  ['src/deep/er.ts', 'new'],
]);

it('overwrites nothing, names all that is in the way, and leaves no part of a project', async () => {
  const folder = await createFolder();
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'package.json'), 'old');
  await writeFile(join(folder, 'src/app.ts'), 'old');
  await expect(writeFiles(folder, files)).rejects.toMatchObject({
    code: 'file_exists',
    message: expect.stringContaining('package.json, src/app.ts') as string,
  });
  expect(await readFile(join(folder, 'package.json'), 'utf8')).toBe('old');
  expect(await readdir(join(folder, 'src'))).toEqual(['app.ts']);
});

it.each([
  ['a folder', (path: string) => mkdir(path)],
  ['a link that leads nowhere', (path: string) => symlink('/nowhere/at/all', path)],
])('takes %s for a file that is there', async (_, make) => {
  const folder = await createFolder();
  await make(join(folder, 'package.json'));
  await expect(writeFiles(folder, files)).rejects.toMatchObject({ code: 'file_exists' });
  expect(await readdir(folder)).toEqual(['package.json']);
});

it('takes no file for the folder', async () => {
  const file = join(await createFolder(), 'project');
  await writeFile(file, 'mine');
  await expect(writeFiles(file, files)).rejects.toMatchObject({ code: 'file_exists' });
  expect(await readFile(file, 'utf8')).toBe('mine');
});

it('follows no link out of the folder', async () => {
  const [folder, elsewhere] = [await createFolder(), await createFolder()];
  await symlink(elsewhere, join(folder, 'src'));
  await expect(writeFiles(folder, files)).rejects.toMatchObject({ code: 'file_exists' });
  expect(await readdir(elsewhere)).toEqual([]);
});

it('needs a folder where a file is', async () => {
  const folder = await createFolder();
  await writeFile(join(folder, 'src'), 'old');
  await expect(writeFiles(folder, files)).rejects.toMatchObject({ code: 'file_exists' });
  expect(await readdir(folder)).toEqual(['src']);
});

it('writes next to what is no part of the project', async () => {
  const folder = await createFolder();
  await mkdir(join(folder, '.git'));
  await writeFiles(folder, files);
  expect(await readFile(join(folder, 'src/deep/er.ts'), 'utf8')).toBe('new');
  expect((await readdir(folder)).sort()).toEqual(['.git', 'package.json', 'src']);
});
