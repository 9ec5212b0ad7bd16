import { findChoice, frameworks, providers } from './choices.mjs';
import { isLocal } from './correct-resource.mjs';
import { readProvider } from './read-provider.mjs';

const configuration =
  /new MCPAuth\(\{ resource, authorizationServers: \['https:\/\/auth\.example\.com'\] \}\)/;
const ownImport = /^import .+ from '@mcp-auth\/(?:express|hono|fastify|core\/fetch|next)';$/m;
const usualPath = 'mcp';
/** The example of pages that may call, as on the page about them. */
const corsPage = 'app.example.com';

/**
 * The files of a server as it was chosen: the examples of the repository, with what differs put in.
 *
 * @param {import('./choices.mjs').Choices} choices
 * @param {Readonly<Record<string, string>>} sources the files of `sourcesOf`, by their path below `apps/`
 * @returns {readonly { name: string, code: string }[]}
 */
export function writeServer(choices, sources) {
  const framework = findChoice(frameworks, choices.framework);
  const provider = describeProvider(choices, sources);
  const path = readPath(choices.resource);
  const parts = { choices, framework, provider, path };
  return framework.files.map(({ name, source }) => ({
    name: name.replace(`app/${usualPath}/`, path === '' ? 'app/' : `app/${path.replace(/\/$/, '')}/`),
    code: fillFile(sources[source] ?? '', parts),
  }));
}

function describeProvider({ provider, introspection }, sources) {
  const { servers, introspection: canAsk } = findChoice(providers, provider);
  if (servers === undefined) return readProvider(sources[`examples/src/providers/${provider}.ts`] ?? '');
  const asks = introspection && canAsk === true;
  return {
    imports: servers.imports,
    constants: '',
    servers: asks ? withIntrospection(servers.text) : servers.text,
    mode: asks ? `'introspection'` : undefined,
  };
}

function withIntrospection(list) {
  const entry = list.slice(1, -1);
  return [
    '[',
    '        {',
    `          ${entry.startsWith('{') ? entry.slice(2, -2) : `...${entry}`},`,
    '          introspection: {',
    '            clientAuthentication: {',
    `              method: 'client_secret_basic',`,
    `              clientId: process.env['INTROSPECTION_CLIENT'] ?? '',`,
    `              clientSecret: process.env['INTROSPECTION_SECRET'] ?? '',`,
    '            },',
    '          },',
    '        },',
    '      ]',
  ].join('\n');
}

function fillFile(text, { choices, framework, provider, path }) {
  const options = formatOptions(choices, provider);
  const filled = text
    .replace(/^const resource = .+;$/m, () => declareResource(choices))
    .replace(/^(?:export )?const mcpAuth = /m, (start) =>
      provider.constants === '' ? start : `${provider.constants}\n\n${start}`,
    )
    .replace(configuration, () => formatConfiguration(choices, provider))
    .replace(/(bearerAuth|BearerAuth)\(\)/, (_call, name) => `${name}(${options})`)
    .replace('{ GET, POST, DELETE } =', choices.cors ? '{ GET, POST, DELETE, OPTIONS } =' : '$&')
    .replace('protect(mcp)', options === '' ? 'protect(mcp)' : `protect(mcp, ${options})`)
    .replaceAll(`'/${usualPath}'`, () => quote(`/${path}`))
    .replace(`@Controller('${usualPath}')`, () => `@Controller(${quote(path)})`)
    .replace(/(listen\(|port: )3000\b/, (_port, before) => `${before}${readPort(choices.resource)}`);
  const whole = configuration.test(text)
    ? importProvider(filled, framework, provider)
    : declare(filled, [declareResource(choices), ...provider.constants.split('\n')], options);
  return checkHosts(whole, choices);
}

function declareResource({ resource }) {
  return `const resource = ${quote(resource)};`;
}

/** What the options name stands in the file of the configuration; another file has to say it again. */
function declare(text, constants, options) {
  const named = constants.reduceRight(
    (used, line) => {
      const name = /^const (\w+)/.exec(line)?.[1];
      return name !== undefined && new RegExp(String.raw`\b${name}\b(?!['":])`).test(used.join('\n'))
        ? [line, ...used]
        : used;
    },
    [withoutStrings(options)],
  );
  const needed = named.slice(0, -1);
  if (needed.length === 0 || !text.includes(options)) return text;
  return text.replace(/\n\n(?!import )/, `\n\n${needed.join('\n')}\n\n`);
}

function withoutStrings(code) {
  return code.replace(/'(?:[^'\\]|\\.)*'/g, "''");
}

function importProvider(text, framework, { imports }) {
  if (imports === '') return text;
  return text.replace(ownImport, (line) => `${line}\nimport { ${imports} } from '${framework.providers}';`);
}

function formatConfiguration(
  { provider, scopes, cors, ...chosen },
  { servers, scopesSupported, tokenHeader },
) {
  // A token that a gateway hands on has no proof with it
  const dpop = findChoice(providers, provider).proofs === false ? 'none' : chosen.dpop;
  const wanted = readScopes(scopes);
  const supported = wanted.length === 0 ? scopesSupported : formatList(wanted);
  // As on the page about bound tokens: a secret that is not set is told at the start
  const proofs = [`  proofs: { nonceSecrets: [process.env['NONCE_SECRET'] ?? ''] },`];
  return [
    'new MCPAuth({',
    '  protectedResources: {',
    '    metadata: {',
    '      resource,',
    `      authorizationServers: ${servers},`,
    ...(supported === undefined ? [] : [`      scopesSupported: ${supported},`]),
    '    },',
    ...(cors ? [`    cors: { origins: ['https://${corsPage}'] },`] : []),
    ...(dpop === 'none' ? [] : [`    dpop: { mode: '${dpop}' },`]),
    ...(tokenHeader === undefined ? [] : [`    tokenHeader: ${tokenHeader},`]),
    '  },',
    ...(dpop === 'none' ? [] : proofs),
    '})',
  ].join('\n');
}

/** What the route demands. */
function formatOptions({ scopes, operations }, { mode, requiredScopes }) {
  const wanted = readScopes(scopes);
  const required = wanted.length === 0 ? requiredScopes : formatList(wanted);
  const members = [
    ...(required === undefined ? [] : [`requiredScopes: ${required}`]),
    ...(operations ? [`operations: { tools: { whoami: [], '*': 'refuse' } }`] : []),
  ];
  const object =
    members.length < 2
      ? members.map((member) => `{ ${member} }`)
      : [`{\n${members.map((member) => `  ${member},\n`).join('')}}`];
  return [...(mode === undefined ? [] : [mode]), ...object].join(', ');
}

/** Which hosts and pages the checks of the official SDK let through: those of this machine, or by name. */
function checkHosts(text, { resource, cors }) {
  const here = isLocal(resource);
  if (!URL.canParse(resource) || (here && !cors)) return text;
  const { hostname } = new URL(resource);
  const pages = formatList([
    ...(here ? ['localhost', '127.0.0.1', '[::1]'] : [hostname]),
    ...(cors ? [corsPage] : []),
  ]);
  const origins = text
    .replaceAll('localhostOriginValidation()', () => `originValidation(${pages})`)
    .replaceAll('localhostOriginValidation', 'originValidation')
    .replace(/^ *\/\/ MCP wants pages of other hosts refused.*\n/m, '')
    .replaceAll('localhostAllowedOrigins()', () => pages)
    .replace(/^ *localhostAllowedOrigins,\n/m, '');
  return here
    ? origins
    : origins
        .replaceAll('localhostHostValidation()', () => `hostHeaderValidation(${formatList([hostname])})`)
        .replaceAll('localhostHostValidation', 'hostHeaderValidation');
}

function readPath(resource) {
  return URL.canParse(resource) ? new URL(resource).pathname.slice(1) : usualPath;
}

/**
 * The command that starts the server, where there is one that needs nothing else.
 *
 * @param {import('./choices.mjs').Choices} choices
 * @returns {string | undefined}
 */
export function writeCommand({ framework, resource }) {
  return findChoice(frameworks, framework).run?.replace('{port}', String(readPort(resource)));
}

/** Of a public host, the port is that of the proxy in front. */
function readPort(resource) {
  if (!isLocal(resource)) return 3000;
  const { port, protocol } = new URL(resource);
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

function readScopes(text) {
  return text.split(/[\s,]+/).filter((scope) => scope !== '');
}

function formatList(values) {
  return `[${values.map(quote).join(', ')}]`;
}

/** A string literal, whatever is in it. */
function quote(text) {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll(`'`, `\\'`)}'`;
}
