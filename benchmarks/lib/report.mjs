const duration = (nanoseconds) => {
  if (nanoseconds < 1_000) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 1_000_000) return `${(nanoseconds / 1_000).toFixed(2)} µs`;
  if (nanoseconds < 1_000_000_000) return `${(nanoseconds / 1_000_000).toFixed(2)} ms`;
  return `${(nanoseconds / 1_000_000_000).toFixed(2)} s`;
};

export const times = (ratio) => `${ratio.toFixed(ratio < 0.1 ? 3 : ratio < 10 ? 2 : 1)} ×`;

/** Prints rows as a table; the first row holds the headings. */
function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  for (const [index, row] of rows.entries()) {
    console.log(
      `  ${row.map((cell, column) => (column === 0 ? String(cell).padEnd(widths[column]) : String(cell).padStart(widths[column]))).join('   ')}`,
    );
    if (index === 0) console.log(`  ${widths.map((width) => '-'.repeat(width)).join('   ')}`);
  }
}

/**
 * @typedef {object} Promised
 * @property {string} what
 * @property {number} value
 * @property {number} [atMost]
 * @property {number} [atLeast]
 * @property {string} [unit]
 */

/** So many times its bound, and a promise that is missed counts as a regression. */
const breakingPoint = 1.25;

/** What a promise came to: kept, missed, or so far from kept that `--check` fails when it happens again and again. */
export function judgePromise({ value, atMost, atLeast }) {
  const misses = (factor) => (atMost === undefined ? value < atLeast / factor : value > atMost * factor);
  // What cannot be compared was not measured
  if (Number.isNaN(value) || misses(breakingPoint)) return 'BROKEN';
  return misses(1) ? 'missed' : 'kept';
}

const amount = (value) => {
  if (Number.isInteger(value) || value >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(value < 0.1 ? 3 : 2);
};

/** Prints what a suite finds, and keeps it for the page. */
export class Report {
  /** @type {({ kind: 'text', text: string } | { kind: 'table', title: string, rows: (string | number)[][] })[]} */
  blocks = [];
  /** Numbers for charts, by name. */
  figures = {};
  /** @type {Promised[]} */
  promises = [];

  text(text) {
    console.log(`\n${text}`);
    this.blocks.push({ kind: 'text', text });
  }

  table(title, rows) {
    console.log(`\n${title}`);
    printTable(rows);
    this.blocks.push({ kind: 'table', title, rows });
  }

  /** A table of what `compare`, `compareCpu` or `compareProcesses` measured. */
  comparison(title, measured, time = 'median', mark = (name) => name) {
    this.table(title, [
      ['', time, 'ratio', 'p10 … p90'],
      ...measured.map(({ name, nanoseconds, ratio, low, high }) => [
        mark(name),
        duration(nanoseconds),
        times(ratio),
        `${times(low)} … ${times(high)}`,
      ]),
    ]);
  }

  /** Prints measured values next to what was promised. */
  printPromises() {
    if (this.promises.length === 0) return;
    console.log('\nPromises');
    printTable(promiseRows(this.promises));
  }

  get broken() {
    return this.promises.filter((promise) => judgePromise(promise) === 'BROKEN');
  }
}

/**
 * @param {Promised[]} promises
 * @param {typeof judgePromise} [judge]
 */
export function promiseRows(promises, judge = judgePromise) {
  return [
    ['', 'measured', 'promised', ''],
    ...promises.map((promise) => {
      const { what, value, atMost, atLeast, unit = '×' } = promise;
      const bound = atMost === undefined ? `≥ ${amount(atLeast)}` : `≤ ${amount(atMost)}`;
      return [what, `${amount(value)} ${unit}`, `${bound} ${unit}`, judge(promise)];
    }),
  ];
}

export { duration };
