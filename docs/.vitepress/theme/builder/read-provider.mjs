/** The resource of the servers that the pages of the providers print. */
const exampleResource = `'https://api.example.com/mcp'`;

/**
 * What a server for a provider differs in, from its file in `apps/examples/src/providers`.
 *
 * @param {string} text
 */
export function readProvider(text) {
  const [head = ''] = text.split('\nconst mcpAuth = ');
  const constants = head
    .split('\n')
    .filter((line) => !line.startsWith('import ') && !line.startsWith('const resource ') && line !== '')
    .join('\n');
  const [servers, rest = ''] = takeList(text, 'authorizationServers: ');
  return {
    imports: /^import \{ (.+) \} from '@mcp-auth\/express\/providers';$/m.exec(text)?.[1] ?? '',
    constants,
    servers: servers.replaceAll(exampleResource, 'resource'),
    scopesSupported: takeOptional(rest, 'scopesSupported: '),
    requiredScopes: takeOptional(rest, 'requiredScopes: '),
    tokenHeader: /tokenHeader: ('[^']+')/.exec(rest)?.[1],
    mode: /bearerAuth\(('\w+')/.exec(rest)?.[1],
  };
}

function takeOptional(text, name) {
  return text.includes(name) ? takeList(text, name)[0] : undefined;
}

/** A list literal behind a name, and what comes after it. Brackets within strings are in pairs. */
function takeList(text, name) {
  const start = text.indexOf(name) + name.length;
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    if (text[index] === '[') depth += 1;
    if (text[index] === ']') depth -= 1;
    if (depth === 0) return [text.slice(start, index + 1), text.slice(index + 1)];
  }
  throw new Error(`There is no list behind ${name}`);
}
