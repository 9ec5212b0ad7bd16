// The example of each code in docs/errors.md: the line that a server prints.
// node docs/scripts/error-lines.mjs --write
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSourceCodes } from '../../scripts/checks/error-codes.mjs';
import { formatText } from '../../scripts/lib/format-text.mjs';
import { readProjectFile, root } from '../../scripts/lib/project.mjs';

const page = 'docs/errors.md';

/** Codes without a line, and why. */
const without = {
  invalid_request: 'is what the wire says: its example is an answer',
  invalid_token: 'the same',
  invalid_dpop_proof: 'the same',
  temporarily_unavailable: 'the same',
  retry_later: 'is told to nobody but code that asks again too early',
};

/** As Node prints an error that nobody caught. */
async function catchError(act) {
  try {
    await act();
  } catch (error) {
    return { code: error.code, line: `${error.name}: ${error.message}` };
  }
  throw new Error('nothing was thrown');
}

/**
 * Makes each mistake and reads what is printed.
 *
 * @returns {Promise<Map<string, string>>} the line by its code
 */
export async function produceLines() {
  const [{ requests }, { faults }, { thrown }] = await Promise.all([
    import('./error-lines/requests.mjs'),
    import('./error-lines/faults.mjs'),
    import('./error-lines/thrown.mjs'),
  ]);
  const lines = new Map();
  const pick = (code, found, isWanted) => {
    const line = found.find(isWanted);
    if (line === undefined) throw new Error(`${code} was not printed, but ${JSON.stringify(found)}`);
    lines.set(code, line);
  };
  // One after the other: what is printed is caught on the way to the one console
  for (const [code, act] of Object.entries({ ...faults, ...requests })) {
    const found = await act();
    pick(code, found, (line) => line.includes(` ${code}: `));
    // The request that it denies is the mistake of a rule, which has a line of its own
    if (code === 'operation_failed') {
      pick('invalid_rule_result', found, (line) => line.includes(' invalid_rule_result: '));
    }
  }
  for (const [code, act] of Object.entries(thrown)) {
    const error = await catchError(act);
    pick(code, [error], (each) => each.code === code);
    lines.set(code, error.line);
  }
  return lines;
}

const block = /\n<!-- line -->\n\n```text\n[^]*?\n```\n/g;

/** The text with the line of each code at the end of its section. */
export function fillLines(text, lines) {
  return text
    .replaceAll(block, '')
    .split(/^(?=<a name=)|(?<!<a name="[\w-]+"><\/a>\n\n)^(?=#{2,3} )/m)
    .map((section) => {
      const [, code = ''] = /^### [^`\n]*`(\w+)`/m.exec(section) ?? [];
      const line = lines.get(code);
      return line === undefined
        ? section
        : `${section.trimEnd()}\n\n<!-- line -->\n\n\`\`\`text\n${line}\n\`\`\`\n\n`;
    })
    .join('');
}

async function createPage(lines) {
  const filled = fillLines(readProjectFile(page), lines);
  return formatText(page, filled);
}

export const checks = {
  'The lines in docs/errors.md are those that are printed; node docs/scripts/error-lines.mjs --write brings them up to date':
    async () => {
      const lines = await produceLines();
      const unshown = [...readSourceCodes()]
        .filter((code) => !lines.has(code) && !Object.hasOwn(without, code))
        .map((code) => `nothing produces the line of ${code}: add it to docs/scripts/error-lines/`);
      const text = readProjectFile(page);
      const { sentences } = await import('./error-lines/server.mjs');
      const unsaid = [...sentences]
        .filter((sentence) => !text.includes(sentence))
        .map((sentence) => `${page} does not explain what clients see: ${sentence}`);
      const isFresh = text === (await createPage(lines));
      return [...unshown, ...unsaid, ...(isFresh ? [] : [`${page} is stale`])];
    },
};

if (process.argv[1] === import.meta.filename && process.argv.includes('--write')) {
  writeFileSync(join(root, page), await createPage(await produceLines()));
}
