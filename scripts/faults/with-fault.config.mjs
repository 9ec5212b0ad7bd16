import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** The edits of one fault, put into the sources as they are loaded: no file is touched. */
const edits = JSON.parse(process.env.MCP_AUTH_FAULT ?? '[]').map((edit) => ({
  ...edit,
  path: fileURLToPath(new URL(`../../${edit.file}`, import.meta.url)),
}));

export default defineConfig((environment) =>
  // All files: npm test leaves out those that have a short form beside them
  mergeConfig(base({ ...environment, mode: 'faults' }), {
    plugins: [
      {
        name: 'mcp-auth-fault',
        enforce: 'pre',
        transform: (code, id) =>
          edits
            .filter(({ path }) => path === id.split('?', 1)[0])
            .reduce((text, { search, replace }) => text.replace(search, () => replace), code),
      },
    ],
  }),
);
