import { findChoice, frameworks, providers } from './choices.mjs';
import { readProvider } from './read-provider.mjs';
import { readResource } from './read-resource.mjs';

const configuration =
  /new MCPAuth\(\{ resource, authorizationServers: \['https:\/\/auth\.example\.com'\] \}\)/;
const ownImport = /^import .+ from '@mcp-auth\/(?:express|hono|fastify|core\/fetch|next)';$/m;
const usualPath = 'mcp';
/** Of the web page in which a client runs. */
const pageHost = 'app.example.com';

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
  const place = readResource(choices.resource);
  const parts = { choices, framework, provider, place };
  return framework.files.map(({ name, source, text }) => ({
    name: name.replace(`app/${usualPath}/`, `app/${place.path.slice(1)}/`).replace('//', '/'),
    code: text ?? fillFile(sources[source] ?? '', parts),
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
    scopesSupported: servers.scopesSupported,
    requiredScopes: servers.requiredScopes,
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

function fillFile(text, { choices, framework, provider, place }) {
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
    .replaceAll(`'/${usualPath}'`, () => quote(place.path))
    .replace(`@Controller('${usualPath}')`, () => `@Controller(${quote(place.path.slice(1) || '/')})`)
    .replace(/(port: |listen\()3000\b/, `$1${place.port}`)
    .replace(`'127.0.0.1'`, place.host === '[::1]' ? `'::1'` : '$&');
  const whole = configuration.test(text)
    ? importProvider(filled, framework, provider)
    : declare(filled, [declareResource(choices), ...provider.constants.split('\n')], options);
  return nameHosts(whole, place, choices.cors);
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
    ...(cors ? [`    cors: { origins: ['https://${pageHost}'] },`] : []),
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

/** The checks of the official SDK for local servers know no public name, and no page of another host. */
function nameHosts(text, { host, isLocal }, cors) {
  const own = isLocal ? ['localhost', '127.0.0.1', '[::1]'] : [host];
  const origins = formatList(cors ? [...own, pageHost] : own);
  const named = isLocal
    ? text
    : text.replaceAll('localhostHostValidation()', () => `hostHeaderValidation(${formatList(own)})`);
  const whole =
    isLocal && !cors
      ? named
      : named
          .replaceAll('localhostOriginValidation()', () => `originValidation(${origins})`)
          .replaceAll('localhostAllowedOrigins()', () => origins)
          .replace('  // MCP wants pages of other hosts refused: name yours instead of this machine\n', '');
  return whole
    .replace(/^import \{ localhost\w+, localhost\w+ \} from (.+);$/m, (_line, module) => {
      const checks = [
        isLocal ? 'localhostHostValidation' : 'hostHeaderValidation',
        isLocal && !cors ? 'localhostOriginValidation' : 'originValidation',
      ];
      return `import { ${checks.sort().join(', ')} } from ${module};`;
    })
    .replace(isLocal && !cors ? '' : '  localhostAllowedOrigins,\n', '');
}

/**
 * Whether scopes are written in the characters of RFC 6749 §3.3.
 *
 * @param {string} text
 */
export function areScopes(text) {
  return readScopes(text).every((scope) => /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(scope));
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
