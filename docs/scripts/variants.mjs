import { toJavaScript } from '../../packages/create-mcp-auth/templates/build.mjs';
import { formatText } from '../../scripts/lib/format-text.mjs';

/** @typedef {{ label: string, lang: string, code: string }} Variant */

const managers = {
  pnpm: { add: 'pnpm add', dev: '-D', create: 'pnpm create' },
  yarn: { add: 'yarn add', dev: '-D', create: 'yarn create' },
  bun: { add: 'bun add', dev: '-d', create: 'bun create' },
};

/**
 * The same installation with each package manager; none where a line does something else.
 *
 * @param {string} code
 * @returns {readonly Variant[]}
 */
export function installVariants(code) {
  const lines = code.trimEnd().split('\n');
  const commands = lines.map((line) =>
    /^npm (?:(install|i)((?: (?:-D|--save-dev))?)|(create)) (\S.*)$/.exec(line),
  );
  if (commands.some((command) => command === null || / --(?= |$)|[|&;<>$`\\]/.test(command[4]))) return [];
  const translate = ({ add, dev, create }) =>
    `${commands
      .map(([, , isDev, isCreate, rest]) => {
        if (isCreate !== undefined) return `${create} ${rest}`;
        return `${add}${isDev === '' ? '' : ` ${dev}`} ${rest}`;
      })
      .join('\n')}\n`;
  return [
    { label: 'npm', lang: 'sh', code },
    ...Object.entries(managers).map(([label, manager]) => ({ label, lang: 'sh', code: translate(manager) })),
  ];
}

/**
 * The JavaScript of TypeScript samples, where types are all that they have more.
 *
 * @param {Iterable<string>} samples
 * @returns {Promise<ReadonlyMap<string, string>>} by the TypeScript
 */
export async function deriveJavaScript(samples) {
  const derived = new Map();
  for (const code of new Set(samples)) {
    const javascript = await toPlainModule(code);
    if (javascript !== undefined && javascript !== code) derived.set(code, javascript);
  }
  return derived;
}

async function toPlainModule(code) {
  // What decorators become is nothing to write by hand
  if (/^ *@\w/m.test(code)) return undefined;
  try {
    const [javascript, same] = await Promise.all([toJavaScript(code), formatText('sample.ts', code)]);
    return javascript.trim() === '' || javascript === same ? undefined : javascript;
  } catch {
    return undefined;
  }
}
