// How fast and how small validating an RFC 8414 document is: generated validator, by hand, zod, ajv.
import { fileURLToPath } from 'node:url';
import { _, Ajv2020 } from 'ajv/dist/2020.js';
import ajvStandalone from 'ajv/dist/standalone/index.js';
import { jsonSchemaFormats, validateAuthorizationServerMetadata } from '@mcp-auth/schemas';
import jsonSchema from '@mcp-auth/schemas/json-schema/authorization-server-metadata.json' with { type: 'json' };
import { authorizationServerMetadataSchema } from '@mcp-auth/schemas/zod';
import * as z from 'zod';
import { bundleSize } from '../lib/bundle.mjs';
import { compareProcesses } from '../lib/processes.mjs';
import { compare } from '../lib/rounds.mjs';
import { bytes, prettyBytes, refused, valid } from './metadata/documents.mjs';
import { createHandWritten } from './metadata/hand-written.mjs';

const standaloneCode = ajvStandalone.default ?? ajvStandalone;
const here = fileURLToPath(new URL('..', import.meta.url));
const generated = 'generated validator';

const kindOf = ({ type, format }) => (format === 'absolute-url' ? 'url' : type);
const membersOf = (kind) =>
  Object.entries(jsonSchema.properties)
    .filter(([, schema]) => kindOf(schema) === kind)
    .map(([name]) => name);

const byHand = createHandWritten({
  urls: membersOf('url'),
  arrays: membersOf('array'),
  flags: membersOf('boolean'),
  texts: membersOf('string'),
  required: jsonSchema.required,
});

/** The shape as one usually writes it in zod, with zod's own URL check. */
const usual = z.looseObject(
  Object.fromEntries(
    Object.entries(jsonSchema.properties).map(([name, schema]) => {
      const kinds = {
        url: () => z.url(),
        array: () => z.array(z.string()),
        boolean: () => z.boolean(),
        string: () => z.string(),
      };
      const member = (kinds[kindOf(schema)] ?? (() => z.looseObject({})))();
      return [name, jsonSchema.required.includes(name) ? member : member.optional()];
    }),
  ),
);

const compiled = new Ajv2020({ allErrors: true, formats: jsonSchemaFormats }).compile(jsonSchema);

const contenders = (document) => ({
  [generated]: () => validateAuthorizationServerMetadata(document),
  'by hand, all issues': () => byHand.validate(document),
  'by hand, RFC 8414 members only, yes or no': () => byHand.isValid(document),
  'zod 4, the sources of this package': () => authorizationServerMetadataSchema.safeParse(document),
  'zod 4, as usually written': () => usual.safeParse(document),
  'ajv, compiled': () => compiled(document),
});

const coreUses = [
  'validateAuthorizationServerMetadata, validateOpenIDProviderMetadata, validateProtectedResourceMetadata',
  'authorizationServerMetadataToCamelCase, authorizationServerMetadataToWire, openIDProviderMetadataToCamelCase',
  'openIDProviderMetadataToWire, protectedResourceMetadataToCamelCase, protectedResourceMetadataToWire',
  'MetadataError',
].join(', ');

async function measureSizes(report) {
  const ajv = new Ajv2020({
    allErrors: true,
    formats: jsonSchemaFormats,
    code: { source: true, esm: true, formats: _`formats` },
  });
  const standalone = standaloneCode(ajv, ajv.compile(jsonSchema));
  const sizes = {
    one: await bundleSize(`export { validateAuthorizationServerMetadata } from '@mcp-auth/schemas'`),
    core: await bundleSize(`export { ${coreUses} } from '@mcp-auth/schemas'`),
    zod: await bundleSize(`export { authorizationServerMetadataSchema } from '@mcp-auth/schemas/zod'`),
    ajv: await bundleSize(`import { jsonSchemaFormats as formats } from '@mcp-auth/schemas';\n${standalone}`),
  };
  report.table('Size, minified and gzipped', [
    ['', 'bytes'],
    ['one document type', sizes.one],
    ['all a resource server uses', sizes.core],
    ['zod 4 with the source of one document', sizes.zod],
    ['ajv standalone code of one document', sizes.ajv],
  ]);
  return sizes;
}

/** Runs the suite. */
export async function run({ quick, report }) {
  report.text(`The document: ${bytes} bytes as sent, ${prettyBytes} pretty-printed`);
  const { promises } = report;
  const ratios = {};
  const measure = (title, document) => {
    const isRefused = document !== valid;
    if (validateAuthorizationServerMetadata(document).length > 0 !== isRefused)
      throw new Error(`wrong verdict: ${title}`);
    const all = contenders(document);
    // Yes or no, on a part of the members, is no answer to a refusal that has to be explained.
    if (isRefused) delete all['by hand, RFC 8414 members only, yes or no'];
    const measured = compare(all, { baseline: generated, quick });
    report.comparison(title, measured);
    for (const { name, ratio } of measured) (ratios[name] ??= []).push(ratio);
  };
  measure('accepted', valid);
  for (const [fault, document] of Object.entries(refused)) measure(`refused, ${fault}`, document);
  // Promised for every document, so the worst of them counts
  for (const [name, all] of Object.entries(ratios)) {
    const worst = Math.min(...all);
    if (name.startsWith('by hand'))
      promises.push({ what: `metadata, generated against ${name}`, value: 1 / worst, atMost: 1.5 });
    if (name.startsWith('zod'))
      promises.push({ what: `metadata, faster than ${name}`, value: worst, atLeast: 10 });
  }

  const started = compareProcesses(
    {
      'bare Node': '',
      'import of an empty package': `import 'empty-package';`,
      'import and first validation': `import { validateAuthorizationServerMetadata } from '@mcp-auth/schemas';
        validateAuthorizationServerMetadata(${JSON.stringify(valid)});`,
    },
    { baseline: 'bare Node', cwd: here, quick, packages: { 'empty-package': 'export {};' } },
  );
  report.comparison('start of a process (processor time)', started, 'p10');
  const [, empty, ours] = started;
  const percent = ({ ratio }) => `${((ratio - 1) * 100).toFixed(1)} %`;
  report.text(
    `All in all ${percent(ours)} of a bare start, of which Node takes ${percent(empty)} to find any package at all`,
  );
  promises.push({
    what: 'import and first validation, compared with a bare Node start, without finding the package',
    value: (ours.ratio - empty.ratio) * 100,
    atMost: 5,
    unit: '%',
  });

  const sizes = await measureSizes(report);
  promises.push({
    what: 'size of one document type',
    value: sizes.one,
    atMost: 4000,
    unit: 'bytes',
  });
  promises.push({
    what: 'size of all a resource server uses',
    value: sizes.core,
    atMost: 4000,
    unit: 'bytes',
  });
}
