const known = ['--quick', '--check', '--write'];

/**
 * Reads the arguments of run.mjs.
 *
 * @param {string[]} given
 * @param {string[]} suites that there are
 * @returns {{ chosen: string[], quick: boolean, check: boolean, write: boolean } | { problem: string }}
 */
export function readArguments(given, suites) {
  const options = given.filter((argument) => argument.startsWith('--'));
  const names = given.filter((argument) => !argument.startsWith('--'));
  const unknown = [
    ...names.filter((name) => !suites.includes(name)),
    ...options.filter((option) => !known.includes(option)),
  ];
  if (unknown.length > 0)
    return { problem: `No such thing: ${unknown.join(', ')}. Suites: ${suites.join(', ')}` };
  const [quick, check, write] = known.map((option) => options.includes(option));
  if (write && (quick || names.length > 0))
    return { problem: '--write takes all suites in full: numbers of one page come from one run.' };
  return { chosen: names.length > 0 ? names : suites, quick, check, write };
}
