const frames = ['|', '/', '-', '\\'];
const frameMs = 120;
const plainIntervalMs = 10_000;

/**
 * Shows that something is under way: one line that moves on a terminal, a line now and then in a log.
 *
 * @param {string} title
 * @param {NodeJS.WriteStream} [stream]
 */
export function startProgress(title, stream = process.stderr) {
  const startedAt = Date.now();
  let detail = '';
  let frame = 0;
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);

  const draw = () => {
    const line = `${frames[frame++ % frames.length]} ${title} (${seconds()} s) ${detail}`;
    stream.write(`\r\x1b[2K${line.slice(0, Math.max(20, (stream.columns || 80) - 1))}`);
  };
  const note = () => stream.write(`  ... ${seconds()} s${detail && `: ${detail}`}\n`);

  if (!stream.isTTY) stream.write(`${title} ...\n`);
  const timer = setInterval(stream.isTTY ? draw : note, stream.isTTY ? frameMs : plainIntervalMs);
  const end = (mark, text) => {
    clearInterval(timer);
    stream.write(`${stream.isTTY ? '\r\x1b[2K' : ''}${mark} ${title}: ${text}, ${seconds()} s\n`);
  };

  return {
    /** @param {string} text what is being done right now */
    update(text) {
      detail = text;
    },
    succeed: () => end('ok', 'done'),
    fail: () => end('!!', 'failed'),
  };
}
