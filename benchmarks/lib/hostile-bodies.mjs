/** Templates that have much in common, and URIs that have much in common with them. */
const templates = [
  (index) => `notes://{owner}/{id}/v${index}`,
  (index) => `notes://{owner}/x{+path}v${index}`,
  (index) => `notes://${Array.from({ length: 30 }, (_, at) => `{p${at}}a`).join('')}v${index}`,
  (index) => `file:///private${index}/{+path}`,
];
const uris = [
  'notes://' + 'a/'.repeat(4000),
  'notes://' + 'a'.repeat(8000),
  'NOTES://' + 'A/'.repeat(4000),
  'notes://' + '%61'.repeat(2600),
  'notes://' + 'a.'.repeat(4000),
  'notes://a/x' + '?'.repeat(8000),
  'notes://' + '@'.repeat(8000),
  'notes://' + '\\'.repeat(8000),
  'notes://' + 'a\u0300'.repeat(4000),
  'notes://' + '\u0344'.repeat(4000),
  'file:///' + 'private0/'.repeat(900),
];
/** The largest bodies that are judged. */
const shapes = [
  [100, 650],
  [8, 8190],
];

/** Rules, each with the bodies that cost most under them. */
export const hostileBodies = templates.map((template) => ({
  rules: {
    resources: {
      '*': [],
      ...Object.fromEntries(Array.from({ length: 50 }, (_, index) => [template(index), []])),
    },
  },
  bodies: uris.flatMap((uri) =>
    shapes.map(([count, length]) =>
      Array.from({ length: count }, (_, id) => ({
        jsonrpc: '2.0',
        id,
        method: 'resources/read',
        params: { uri: `${uri.slice(0, length - 3)}${id}` },
      })),
    ),
  ),
}));
