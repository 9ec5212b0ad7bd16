import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { toPlain } from '../../../docs/scripts/plain/to-plain.mjs';
import { project, root } from '../../lib/project.mjs';

const source = 'docs/guide/coding-assistants.md';
const documentation = `${project.repository}/blob/main/docs`;

/** The packages that protect a server: their tab on the page, and where they keep `MCPAuth` and everything else. */
export const flavours = new Map([
  ['@mcp-auth/express', { tab: 'Express', server: '@mcp-auth/express', rest: '@mcp-auth/express' }],
  ['@mcp-auth/hono', { tab: 'Hono', server: '@mcp-auth/hono', rest: '@mcp-auth/hono' }],
  ['@mcp-auth/fastify', { tab: 'Fastify', server: '@mcp-auth/fastify', rest: '@mcp-auth/fastify' }],
  ['@mcp-auth/next', { tab: 'Next.js', server: '@mcp-auth/next', rest: '@mcp-auth/next' }],
  ['@mcp-auth/nest', { tab: 'NestJS', server: '@mcp-auth/express', rest: '@mcp-auth/express' }],
  ['@mcp-auth/core', { tab: 'fetch', server: '@mcp-auth/core/fetch', rest: '@mcp-auth/core' }],
]);

/**
 * The skill of a package that protects a server, and the files its code comes from, as they are in it.
 *
 * @param {string} name
 * @returns {{ text: string, snippets: { file: string, code: string }[] }}
 */
export function createSkill(name) {
  const flavour = flavours.get(name);
  const page = readFileSync(join(root, source), 'utf8');
  const answers = /<!-- skill -->([\s\S]*)<!-- \/skill -->/.exec(page)?.[1];
  if (answers === undefined) throw new Error(`${source} does not mark what belongs in the skill.`);
  const snippets = [];
  const text = toPlain(answers, {
    tab: flavour.tab,
    ids: false,
    linkTo: toRepository,
    changeCode: (code, path) => adapt(code, path, flavour),
  });
  for (const [, code] of text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)) snippets.push(code);
  const files = listFiles(answers, flavour.tab);
  return {
    text: `${formatHead(name, flavour.tab)}\n${text}`,
    snippets: files.map((file, index) => ({ file: basename(file, '.ts'), code: snippets[index] })),
  };
}

/** Code that is the same for every framework imports from the first of them. */
function adapt(code, path, { server, rest }) {
  if (!path.includes('/assistants/')) return code;
  return code.replace(/^(import .*) from '@mcp-auth\/express';$/gm, (_line, imported) => {
    return `${imported} from '${/\bMCPAuth\b/.test(imported) ? server : rest}';`;
  });
}

/** The files whose code is in the skill, in its order. */
function listFiles(answers, tab) {
  return [...answers.matchAll(/^(?:\*\*(.+)\*\*\n\n)?<!-- quote: (\S+) -->$/gm)]
    .filter(([, label]) => label === undefined || label === tab)
    .map(([, , file]) => file);
}

/** Sections of the skill are near; pages are in the repository, which knows no ids. */
function toRepository(href) {
  if (href.startsWith('#')) return undefined;
  if (/^[a-z]+:/.test(href)) return href;
  return new URL(href, `${documentation}/guide/`).href.replace(/#.*$/, '');
}

function formatHead(name, tab) {
  const place = tab === 'fetch' ? 'with web-standard Request and Response' : `on ${tab}`;
  return `---
name: ${name.replace('@', '').replace('/', '-')}
description: Use when writing, changing or testing a Model Context Protocol (MCP) server ${place} that needs authorization (OAuth 2.1 access tokens, scopes, 401 and 403 challenges, protected resource metadata) with ${name}. Has a whole server, and the answers that are got wrong most often.
---

# MCP authorization with ${name}

\`${name}\` makes an MCP server an OAuth 2.1 protected resource. How to install it, and what else it has, is in \`README.md\` next to this file; every
option has a doc comment in the types in \`dist\`. All code below is compiled and run by the tests of the package.
`;
}
