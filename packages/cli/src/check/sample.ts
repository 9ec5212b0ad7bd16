import { recogniseProvider, type KnownProvider } from './providers.js';

/** A configuration that trusts an issuer, as a module of a server. */
export interface Sample {
  readonly code: string;
  readonly provider: KnownProvider | undefined;
}

/** What has to be written into a server, ready to paste; what only its owner knows is named in a comment. */
export function writeSample(
  issuer: string,
  settings: { readonly resource?: string | undefined; readonly wellKnownUrl?: string | undefined } = {},
): Sample {
  const { resource = 'https://api.example.com/mcp', wellKnownUrl } = settings;
  const provider = recogniseProvider(issuer);
  const helper = wellKnownUrl === undefined ? provider?.helper : undefined;
  const imports = [
    `import { MCPAuth } from '@mcp-auth/express';`,
    ...(helper === undefined ? [] : [`import { ${helper} } from '@mcp-auth/core/providers';`]),
  ];
  const server =
    helper === undefined
      ? writeServer(issuer, wellKnownUrl)
      : `${helper}({\n${writeOptions(provider ?? { name: '', page: '' })}    })`;
  const code = [
    ...imports,
    '',
    'export const mcpAuth = new MCPAuth({',
    `  resource: ${quote(resource)},`,
    '  authorizationServers: [',
    `    ${server},`,
    '  ],',
    '});',
  ].join('\n');
  return { code, provider };
}

function writeServer(issuer: string, wellKnownUrl: string | undefined): string {
  return wellKnownUrl === undefined
    ? quote(issuer)
    : `{ issuer: ${quote(issuer)}, wellKnownUrl: ${quote(wellKnownUrl)} }`;
}

function writeOptions({ options = {}, missing = {} }: KnownProvider): string {
  return [
    ...Object.entries(options).map(([name, value]) => `      ${name}: ${quote(value)},\n`),
    ...Object.entries(missing).map(([name, meaning]) => `      ${name}: …, // ${meaning}\n`),
  ].join('');
}

/** A string of TypeScript: JSON escapes what could end it, and more is escaped where it is printed. */
function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
