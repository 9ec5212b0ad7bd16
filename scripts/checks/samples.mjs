/** A server that takes a callback for its port: all but those of `node:http`, whose errors are thrown where nobody listens for them. */
const listening = /(?<server>[^\n;]*)\.listen\((?<ports>[^;{}]*?)(?:\(\)|_) *=>/g;

/**
 * Samples on Express that look as if they had started when the port is taken: Express 5 passes that error to the callback.
 *
 * @param {string} path
 * @param {string} text of a file, or of a page with code in it
 * @returns {string[]}
 */
export function findSilentListens(path, text) {
  const parts = path.endsWith('.md')
    ? [...text.matchAll(/^```(?:ts|js)\b[^\n]*\n([\s\S]*?)^```$/gm)].map(([, code]) => code)
    : [text];
  return parts
    .filter((code) => code.includes(`from 'express'`))
    .flatMap((code) => [...code.matchAll(listening)])
    .filter(({ groups }) => !/createServer\(|\bserver$/.test(groups.server))
    .map(({ groups }) => `${path}: the callback of ${groups.server.trim()}.listen takes no error`);
}

/**
 * Commands that install tarballs and leave one out that another needs: npm looks for it where it is not published.
 *
 * @param {string} path
 * @param {string} text
 * @param {(name: string) => readonly string[]} needs the packages that one of ours depends on
 * @returns {string[]}
 */
export function findIncompleteTarballs(path, text, needs) {
  return [...text.matchAll(/mcp-auth-\{([\w,-]+)\}-/g)].flatMap(([command, list]) => {
    const named = list.split(',');
    return named
      .flatMap((name) => needs(name))
      .filter((name) => !named.includes(name))
      .map((name) => `${path}: ${command} lacks ${name}`);
  });
}
