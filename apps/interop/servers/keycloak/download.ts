import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { downloadsFolder } from '../../lib/downloads.js';
import { runCommand } from '../lib/run-command.js';

export const keycloakVersion = '26.7.3';

const artifact = `org.keycloak:keycloak-quarkus-dist:${keycloakVersion}:zip`;

/**
 * The distribution, unpacked: 177 MB from the Maven repository once, 190 MB on disk.
 *
 * @returns its folder
 * @throws without Maven, Java, unzip, or the repository
 */
export async function downloadKeycloak(): Promise<string> {
  await runCommand('java', ['-version']);
  const folder = downloadsFolder('keycloak');
  const unpacked = join(folder, `keycloak-${keycloakVersion}`);
  if (existsSync(join(unpacked, 'version.txt'))) return unpacked;
  const archive = join(folder, `keycloak-quarkus-dist-${keycloakVersion}.zip`);
  if (!existsSync(archive)) {
    await runCommand('mvn', ['-q', '-B', 'dependency:get', `-Dartifact=${artifact}`, '-Dtransitive=false']);
    const copy = [`-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
    await runCommand('mvn', ['-q', '-B', '-o', 'dependency:copy', ...copy]);
  }
  await runCommand('unzip', ['-q', '-o', archive, '-d', folder]);
  return unpacked;
}
