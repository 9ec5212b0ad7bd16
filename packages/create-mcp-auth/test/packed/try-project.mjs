import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { installWithNpm } from '../../../../scripts/checks/packed/install.mjs';
import { fromTarballs } from '../../../../scripts/checks/packed/tarballs.mjs';
import { capture, tail } from '../../../../scripts/lib/capture.mjs';
import { findFreePort } from '../../../../scripts/lib/free-port.mjs';
import { createTempFolder } from '../../../../scripts/lib/temp-folder.mjs';
import { useProject } from './log-in.mjs';
import { startRealm } from './realm.mjs';

const startTimeoutMs = 60_000;
let workshop;

/** A folder with the packed `create-mcp-auth`, as npm installs it for `npm create`. */
function getWorkshop() {
  workshop ??= (async () => {
    const folder = createTempFolder();
    await installWithNpm(folder, await fromTarballs(['create-mcp-auth']));
    return folder;
  })();
  return workshop;
}

/** @param {string[]} args as a user types them */
export async function runCreate(args, { userAgent } = {}) {
  const folder = await getWorkshop();
  const bin = join(folder, 'node_modules/.bin/create-mcp-auth');
  return capture(bin, args, { cwd: folder, env: { npm_config_user_agent: userAgent } });
}

/** As on the machine of a user, whatever runs these tests. */
const plain = { NODE_ENV: undefined, NODE_TEST_CONTEXT: undefined, NEXT_TELEMETRY_DISABLED: '1' };

async function run(folder, command, args) {
  const { ok, output } = await capture(command, args, { cwd: folder, env: plain });
  assert.ok(ok, `${command} ${args.join(' ')} fails:\n${tail(output)}`);
  return output;
}

/** Our packages from their tarballs; those of others in the version the workspace was built with, so that no release of theirs decides. */
async function pinPackages(folder) {
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const own = await fromTarballs();
  for (const group of ['dependencies', 'devDependencies']) {
    for (const [name, range] of Object.entries(manifest[group])) {
      manifest[group][name] = own[name] ?? range.replace(/^\^/, '');
    }
  }
  const direct = { ...manifest.dependencies, ...manifest.devDependencies };
  manifest.overrides = Object.fromEntries(Object.entries(own).filter(([name]) => !(name in direct)));
  writeFileSync(path, JSON.stringify(manifest, undefined, 2));
}

/** How servers end that were told to, where it is not with 0: Nest sends itself the signal once more, Next.js says which one came. */
const endings = { nest: 'SIGTERM', next: 143 };

/** A script of a project, without npm around it, until it says that it listens. */
async function start(folder, script, said) {
  const [command, ...args] = script.split(' ');
  const program = command === 'node' ? [] : [realpathSync(join(folder, 'node_modules/.bin', command))];
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: folder,
    env: { ...process.env, ...plain },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const closed = once(child, 'close');
  const deadline = Date.now() + startTimeoutMs;
  const end = async () => {
    child.kill('SIGTERM');
    const [code, signal] = await closed;
    return signal ?? code;
  };
  while (!output.includes(said)) {
    if (child.exitCode !== null) throw new Error(`${script} ended:\n${output}`);
    if (Date.now() > deadline) {
      await end();
      throw new Error(`${script} does not start:\n${output}`);
    }
    await wait(50);
  }
  return { end, output: () => output };
}

/**
 * From nothing to a server that a client has logged in to: created, installed, tested by its own test, built, started, used, ended.
 *
 * @param {{ framework: string, language: 'ts' | 'js', provider: 'dev' | 'keycloak' }} project
 */
export async function tryProject({ framework, language, provider }) {
  const folder = join(createTempFolder(), 'notes-server');
  const resource = `http://localhost:${await findFreePort()}/mcp`;
  const issuerPort = await findFreePort();
  const realm = provider === 'keycloak' ? await startRealm() : undefined;
  const programs = [];
  try {
    const setting =
      realm === undefined ? `ISSUER=http://127.0.0.1:${issuerPort}` : `KEYCLOAK_ISSUER=${realm.issuer}`;
    const options = { framework, language, provider, resource, env: setting };
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const created = await runCreate([folder, ...flags]);
    assert.ok(created.ok, created.output);

    await pinPackages(folder);
    await run(folder, 'npm', [
      'install',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--ignore-scripts',
    ]);
    await run(folder, 'npm', ['test']);
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const script of ['build', 'types']) if (script in scripts) await run(folder, 'npm', ['run', script]);

    if (realm === undefined) {
      const args = `${scripts.issuer} --port ${issuerPort}`;
      programs.push(await start(folder, args, String(issuerPort)));
    }
    const server = await start(
      folder,
      scripts.start,
      framework === 'next' ? 'Ready in' : `MCP server: ${resource}`,
    );
    programs.unshift(server);

    await expectChallenge(resource);
    assert.deepEqual(await useProject(resource), ['notes:read', 'notes:read notes:write']);
    const ending = endings[framework] ?? 0;
    assert.equal(
      await programs.shift().end(),
      ending,
      `the server does not end by itself:\n${server.output()}`,
    );
  } finally {
    for (const program of programs) await program.end();
    realm?.close();
  }
}

async function expectChallenge(resource) {
  const response = await fetch(resource, { method: 'POST' });
  assert.equal(response.status, 401);
  const challenge = response.headers.get('www-authenticate');
  assert.match(challenge, /^Bearer /);
  assert.match(challenge, /scope="notes:read"/);
  const metadata = /resource_metadata="([^"]+)"/.exec(challenge)?.[1];
  const document = await (await fetch(metadata, { headers: { origin: 'https://client.example' } })).json();
  assert.equal(document.resource, resource);
}
