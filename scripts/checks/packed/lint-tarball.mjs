import { capture, tail, tool } from '../../lib/capture.mjs';

/** publint and attw over a tarball. */
export async function findPublishingProblems(tarball) {
  const runs = [
    await capture(tool('publint'), ['run', tarball, '--strict']),
    await capture(tool('attw'), [tarball, '--no-emoji', '--no-color']),
  ];
  return runs.filter(({ ok }) => !ok).map(({ output }) => tail(output));
}
