import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadsFolder } from '../../lib/downloads.js';
import { runCommand } from '../lib/run-command.js';

/** What `application/pom.xml` brings with it. */
export const springVersion = '7.0.6';

const application = fileURLToPath(new URL('application', import.meta.url));
const sources = ['pom.xml', 'src/main/java/interop/AuthorizationServer.java'];

/**
 * The application next to this file, built: 60 MB from the Maven repository once, a file of 25 MB.
 *
 * @returns the file
 * @throws without Maven, Java, or the repository
 */
export async function buildSpring(): Promise<string> {
  await runCommand('java', ['-version']);
  const folder = join(downloadsFolder('spring'), hashSources());
  const built = join(folder, 'target/authorization-server-1.jar');
  if (existsSync(built)) return built;
  cpSync(application, folder, { recursive: true });
  await runCommand('mvn', ['-q', '-B', 'package'], { cwd: folder });
  return built;
}

/** Another application is another folder. */
function hashSources(): string {
  const hash = createHash('sha256');
  for (const source of sources) hash.update(readFileSync(join(application, source)));
  return hash.digest('hex').slice(0, 16);
}
