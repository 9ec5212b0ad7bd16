import { readFile, writeFile } from 'node:fs/promises';

const pages = ['check-your-server', 'doctor', 'audit'].map(
  (name) => new URL(`../../../../docs/guide/${name}.md`, import.meta.url),
);

/** The block under this name, on the page that has it; with WRITE_SAMPLES=1 it is written. */
export async function blockOf(name: string, output: string): Promise<string | undefined> {
  const texts = await Promise.all(pages.map(async (page) => ({ page, text: await readFile(page, 'utf8') })));
  const found = texts.find((each) => each.text.includes(`<!-- output: ${name} -->`));
  if (found === undefined) return undefined;
  const { page, text } = found;
  const block = new RegExp(`(<!-- output: ${name} -->\n\n\`\`\`text\n)([\\s\\S]*?)(\`\`\`\n)`);
  if (process.env['WRITE_SAMPLES'] === '1')
    await writeFile(
      page,
      text.replace(block, (_, start: string, __, end: string) => `${start}${output}${end}`),
    );
  return block.exec(await readFile(page, 'utf8'))?.[2];
}
