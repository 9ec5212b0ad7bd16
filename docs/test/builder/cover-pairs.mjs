/**
 * Combinations in which each two values of any two choices come together.
 *
 * @param {Record<string, readonly unknown[]>} dimensions the values of each choice, which differ as text
 * @returns {Record<string, unknown>[]}
 */
export function coverPairs(dimensions) {
  const names = Object.keys(dimensions);
  const pairOf = (a, x, b, y) => `${a}=${x}&${b}=${y}`;
  const open = new Set(
    names.flatMap((a, index) =>
      names
        .slice(index + 1)
        .flatMap((b) => dimensions[a].flatMap((x) => dimensions[b].map((y) => pairOf(a, x, b, y)))),
    ),
  );
  const pairsOf = (row) =>
    names.flatMap((a, index) =>
      names
        .slice(index + 1)
        .filter((b) => a in row && b in row)
        .map((b) => pairOf(a, row[a], b, row[b])),
    );
  const rows = [];
  while (open.size > 0) {
    const [first] = open;
    const row = Object.fromEntries(
      first.split('&').map((part) => {
        const [name, shown] = part.split(/=(.*)/s);
        return [name, dimensions[name].find((value) => String(value) === shown)];
      }),
    );
    for (const name of names.filter((each) => !(each in row))) {
      const gains = dimensions[name].map(
        (value) => pairsOf({ ...row, [name]: value }).filter((pair) => open.has(pair)).length,
      );
      row[name] = dimensions[name][gains.indexOf(Math.max(...gains))];
    }
    for (const pair of pairsOf(row)) open.delete(pair);
    rows.push(row);
  }
  return rows;
}
