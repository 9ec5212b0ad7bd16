import { listGroups, pageExists, readDescription, readTitle } from '../../../docs/.vitepress/page-list.mjs';
import { project, readProjectFile } from '../../lib/project.mjs';
import { readQuotes } from '../quotes.mjs';
import { createSkill, flavours } from './skill.mjs';

const documentation = `${project.repository}/blob/main/docs`;

/**
 * Pages that are not about using the packages: what a browser is needed for, what is read once, and what contributors read. The
 * reference of the API and the page of releases are written by each build of the site, and are not in the repository.
 */
const leftOut =
  /^(?:tools|tutorials|upgrade|decisions|reference\/api)\/|^reference\/metadata\/(?!index)|^(?:performance|architecture|write-an-adapter|prove-an-adapter|reference\/releases)$/;

/**
 * What a package carries for coding assistants, by file name.
 *
 * @param {{ name: string, folder: string, manifest: { description: string, exports: object } }} pkg
 * @returns {Record<string, string>}
 */
export function createPackageFiles({ name, folder, manifest }) {
  const skill = flavours.has(name)
    ? createSkill(name).text
    : describePackage(name, manifest, readExamples(folder));
  return { 'SKILL.md': skill, 'llms.txt': formatList(name, manifest) };
}

/** Those of its README that run outside this repository. */
function readExamples(folder) {
  return readQuotes(readProjectFile(`${folder}/README.md`)).filter(({ code }) => !/from '\.\.?\//.test(code));
}

/** A package that protects no server by itself says what it is for, and which one does; its example is that of its README. */
function describePackage(name, { description, exports }, examples) {
  const entries = Object.keys(exports ?? {})
    .filter((subpath) => !/\.json$|\*/.test(subpath))
    .map((subpath) => `- \`${name}${subpath.slice(1)}\``);
  const place = examples.length === 0 ? 'in `README.md` next to this file' : 'at the end';
  const servers = [...flavours.keys()].map((server) => `\`${server}\``).join(', ');
  return `---
name: ${name.replace('@', '').replace('/', '-')}
description: Use when code imports ${name}, or when a Model Context Protocol (MCP) server needs what it is for. ${description}
---

# ${name}

${description}

Its example, compiled and run by the tests of the package, is ${place}; every option has a doc comment in the types in \`dist\`.
Objects of options are closed: a misspelt name is an error at start. Do not guess names.
${entries.length === 0 ? '' : `\nIt can be imported from:\n\n${entries.join('\n')}\n`}
How a server is protected, and what is got wrong about it most often (audience, metadata, scopes, step-up, token passthrough, 401 and 403 and 503, order, public
URL, tests), is in the \`SKILL.md\` of the package that protects it: ${servers}.
${examples.map(({ block }) => `\n${block}\n`).join('')}`;
}

/** https://llmstxt.org */
function formatList(name, { description }) {
  const pages = listGroups()
    .flatMap((group) => group.pages)
    .filter((page) => pageExists(page) && !leftOut.test(page));
  return `# ${name}

> ${description}

Part of MCP Auth, the resource-server half of OAuth 2.1 for Model Context Protocol servers in TypeScript.

## In this package

- [SKILL.md](SKILL.md): how it is used, for coding assistants
- [README.md](README.md): how it is installed, and an example that is compiled and run
- [package.json](package.json): its entries; the types of each have a doc comment on every export and option

## Documentation

${pages.map(formatEntry).join('\n')}
`;
}

function formatEntry(page) {
  const description = readDescription(page);
  const rest = description === undefined ? '' : `: ${description}`;
  return `- [${readTitle(page)}](${documentation}/${page}.md)${rest}`;
}
