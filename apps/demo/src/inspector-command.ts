/** The version that the tests of clients have tried. */
export const inspectorVersion = '2.12.0';

/**
 * How to start the MCP Inspector on a version of Node.js, and what there is to know about that.
 *
 * @param nodeVersion - such as `20.20.2`
 */
export function describeInspector(
  nodeVersion: string,
  resource: string,
): { readonly web: string; readonly terminal: string; readonly note: string | undefined } {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const isNewEnough = major > 22 || (major === 22 && minor >= 19);
  const start = isNewEnough
    ? `npx -y @modelcontextprotocol/inspector@${inspectorVersion}`
    : // In the path of what npx starts, the Node.js that comes along is the first
      `npx -y -p node@22 -p @modelcontextprotocol/inspector@${inspectorVersion} mcp-inspector`;
  return {
    web: `${start} --transport http --server-url ${resource}`,
    terminal: `${start} --cli ${resource} --transport http --method tools/list`,
    note: isNewEnough
      ? undefined
      : `Version ${inspectorVersion} needs Node.js 22.19, so the command brings one along. On ${nodeVersion}, npx alone would take version 0.15.0
silently; in a terminal that one cannot log in and says only that the resource requires an access token.
Ignore the EBADENGINE warnings of npm.`,
  };
}
