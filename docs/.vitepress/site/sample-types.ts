import { createHash } from 'node:crypto';
import { listTypedPages } from '../../scripts/sample-types/read-samples.mjs';
import { loadSampleTypes } from '../../scripts/sample-types/sample-types.mjs';
import { originalOf } from '../languages.mjs';
import type { Plugin } from './plugin';

const pages = new Set(listTypedPages().map((page) => `${page}.md`));

/** The types of a sample as a file of the site: a reader's browser asks for it when the sample comes into sight. */
const files = new Map(
  [...loadSampleTypes()].map(([code, types]) => {
    const text = JSON.stringify(types);
    return [code, { id: createHash('sha256').update(text).digest('hex').slice(0, 12), text }];
  }),
);

const pathOf = (id: string): string => `types/${id}.json`;

/** Marks a block whose names have types. */
export function markTypes(html: string, code: string, page: string): string {
  const file = pages.has(originalOf(page)) ? files.get(code) : undefined;
  return file === undefined ? html : html.replace(/^<div /, `<div data-types="${file.id}" `);
}

/** Publishes the types, beside the pages. */
export function publishTypes(): Plugin {
  const texts = new Map([...files.values()].map(({ id, text }) => [pathOf(id), text]));
  return {
    name: 'sample-types',
    apply: (_config, { isSsrBuild }) => isSsrBuild !== true,
    configureServer({ middlewares, config }) {
      middlewares.use((request, response, next) => {
        const text = texts.get(request.url?.slice(config.base.length) ?? '');
        if (text === undefined) next();
        else response.setHeader('content-type', 'application/json').end(text);
      });
    },
    generateBundle() {
      for (const [fileName, source] of texts) this.emitFile({ type: 'asset', fileName, source });
    },
  };
}
