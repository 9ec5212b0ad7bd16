import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { listProjectFiles } from '../../../scripts/lib/project.mjs';
import { deriveJavaScript, installVariants } from '../../scripts/variants.mjs';
import { originalOf } from '../languages.mjs';
import { docs } from '../page-list.mjs';

type Fence = NonNullable<MarkdownRenderer['renderer']['rules']['fence']>;

interface PageEnv {
  readonly relativePath: string;
  /** Words are looked up once, not in each form of a sample. */
  readonly forSearch?: boolean;
  variants?: number;
}

const block = /^```(?:ts|typescript)\b[^\n]*\n([\s\S]*?)^```$/gm;

/** The JavaScript of every TypeScript sample of the site: a renderer of Markdown cannot wait for it. */
const javascript = await deriveJavaScript(readSamples());

function readSamples(): readonly string[] {
  const root = join(docs, '..');
  return listProjectFiles(/^docs\/.*\.md$/).flatMap((path: string) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(block)].map(([, code = '']) => code),
  );
}

function variantsOf(lang: string, code: string): readonly { label: string; lang: string; code: string }[] {
  if (lang === 'sh') return installVariants(code);
  const plain = lang === 'ts' || lang === 'typescript' ? javascript.get(code) : undefined;
  return plain === undefined
    ? []
    : [
        { label: 'TypeScript', lang, code },
        { label: 'JavaScript', lang: 'js', code: plain },
      ];
}

/** Makes tabs of a block that has more than one form: package managers, and samples without types. */
export function addVariants(fence: Fence, label: (page: string) => string): Fence {
  return (tokens, index, options, env: PageEnv, self) => {
    const token = tokens[index];
    const lang = /^\w*/.exec(token?.info ?? '')?.[0] ?? '';
    const isPlain =
      token === undefined || env.forSearch === true || originalOf(env.relativePath) === 'index.md';
    const variants = isPlain ? [] : variantsOf(lang, token.content);
    if (token === undefined || variants.length === 0) return fence(tokens, index, options, env, self);
    const group = (env.variants = (env.variants ?? 0) + 1);
    const rest = token.info.slice(lang.length).replace(/ active\b/, '');
    const blocks = variants.map((variant, position) => {
      const copy = Object.assign(Object.create(Object.getPrototypeOf(token) as object), token, {
        content: variant.code,
        info: `${variant.lang}${rest}${position === 0 ? ' active' : ''}`,
      }) as typeof token;
      return fence([copy], 0, options, env, self);
    });
    const tabs = variants.map(({ label: name }, position) => {
      const id = `variant-${group}-${position}`;
      const checked = position === 0 ? ' checked' : '';
      return `<input type="radio" name="variants-${group}" id="${id}"${checked}><label data-title="${name}" for="${id}">${name}</label>`;
    });
    const active = / active\b/.test(token.info) ? ' active' : '';
    return `<div class="vp-code-group vp-adaptive-theme variants${active}"><div class="tabs" role="group" aria-label="${label(env.relativePath)}">${tabs.join('')}</div><div class="blocks">${blocks.join('')}</div></div>`;
  };
}
