/** What is there without waiting; a promise fails the test. */
export function atOnce<T>(value: T | Promise<T>): T {
  if (value instanceof Promise) throw new TypeError('a promise, where the answer is there already');
  return value;
}
