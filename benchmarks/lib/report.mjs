const duration = (nanoseconds) => {
  if (nanoseconds < 1_000) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 1_000_000) return `${(nanoseconds / 1_000).toFixed(2)} µs`;
  return `${(nanoseconds / 1_000_000).toFixed(2)} ms`;
};

export const times = (ratio) => `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(1)} ×`;

/** Prints rows as a table; the first row holds the headings. */
export function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  for (const [index, row] of rows.entries()) {
    console.log(
      `  ${row.map((cell, column) => (column === 0 ? String(cell).padEnd(widths[column]) : String(cell).padStart(widths[column]))).join('   ')}`,
    );
    if (index === 0) console.log(`  ${widths.map((width) => '-'.repeat(width)).join('   ')}`);
  }
}

/** Prints what `compare` or `compareProcesses` measured. */
export function printComparison(title, measured, time = 'median') {
  console.log(`\n${title}`);
  printTable([
    ['', time, 'ratio', 'p10 … p90'],
    ...measured.map(({ name, nanoseconds, ratio, low, high }) => [
      name,
      duration(nanoseconds),
      times(ratio),
      `${times(low)} … ${times(high)}`,
    ]),
  ]);
}

/**
 * Compares measured values with what was promised. `tolerance` is the share by which noise may miss the promise before
 * it counts as broken; a promise on a size has none.
 *
 * @param {{ what: string, value: number, atMost?: number, atLeast?: number, unit?: string, tolerance?: number }[]} promises
 * @returns {number} how many are broken
 */
export function printPromises(promises) {
  let broken = 0;
  console.log('\nPromises');
  const rows = promises.map(({ what, value, atMost, atLeast, unit = '×', tolerance = 0.1 }) => {
    const missed = atMost === undefined ? atLeast / value : value / atMost;
    const verdict = missed <= 1 ? 'kept' : missed <= 1 + tolerance ? 'kept, within noise' : 'BROKEN';
    if (verdict === 'BROKEN') broken++;
    const bound = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
    return [
      what,
      `${value < 100 ? value.toFixed(2) : value.toFixed(0)} ${unit}`,
      `${bound} ${unit}`,
      verdict,
    ];
  });
  printTable([['', 'measured', 'promised', ''], ...rows]);
  return broken;
}
