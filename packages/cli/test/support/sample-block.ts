import { readFile, writeFile } from 'node:fs/promises';

const page = new URL('../../../../docs/guide/check-your-server.md', import.meta.url);

/** The block of the page under this name; with WRITE_SAMPLES=1 it is written. */
export async function blockOf(name: string, output: string): Promise<string | undefined> {
  const text = await readFile(page, 'utf8');
  const block = new RegExp(`(<!-- output: ${name} -->\n\n\`\`\`text\n)([\\s\\S]*?)(\`\`\`\n)`);
  if (process.env['WRITE_SAMPLES'] === '1')
    await writeFile(
      page,
      text.replace(block, (_, start: string, __, end: string) => `${start}${output}${end}`),
    );
  return block.exec(await readFile(page, 'utf8'))?.[2];
}
