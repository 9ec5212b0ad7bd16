/**
 * Refuses names that nothing reads: a misspelt option would test something else than the test says.
 *
 * @throws {TypeError} that names what is unknown, and what there is
 */
export function checkOptions(name: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((option) => !known.includes(option));
  if (unknown === undefined) return;
  throw new TypeError(`${name}: ${JSON.stringify(unknown)} is not an option. There are ${known.join(', ')}.`);
}
