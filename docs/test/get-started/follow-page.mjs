import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installWithNpm, pinned } from '../../../scripts/checks/packed/install.mjs';
import { startServerExample } from '../../../scripts/checks/packed/run-example.mjs';
import { findFreePort } from '../../../scripts/lib/free-port.mjs';
import { fromTarballs } from '../../../scripts/checks/packed/tarballs.mjs';
import { findForeignReaderProblems, foreignOrigin } from '../../../scripts/checks/packed/try-example.mjs';
import { capture } from '../../../scripts/lib/capture.mjs';
import { callWithOfficialClient } from './official-client.mjs';

const issuerCommand = 'npx @mcp-auth/dev-issuer';
/** To a protected server that a real client has logged in to. */
const maxCommands = 6;

/**
 * Does what the page says, for one framework: installs, saves the files, starts issuer and server, logs in with a client, sends the requests.
 * Then what readers do next: rules for single tools in the same server.
 *
 * @param {ReturnType<typeof import('./read-page.mjs').readBlocks>} blocks
 * @param {string} label the framework's tab
 * @param {string} folder an empty one
 * @returns {Promise<string[]>} what went another way than the page says
 */
export async function followPage(blocks, label, folder) {
  const mine = blocks.filter((block) => block.label === undefined || block.label === label);
  const commands = mine.filter(({ lang }) => lang === 'sh').map(({ code }) => code);
  const [issuerPort, port, nextPort] = [await findFreePort(), await findFreePort(), await findFreePort()];
  const adapt = (text) =>
    text
      .replaceAll('9400', String(issuerPort))
      .replaceAll('3000', String(port))
      .replaceAll(issuerCommand, `${issuerCommand} --port ${issuerPort}`);

  mkdirSync(folder);
  await installWithNpm(folder, await readDependencies(commands));
  const files = mine.filter(({ file }) => file !== undefined);
  for (const { file, code } of files) writeFileSync(join(folder, file), adapt(code));

  const running = [];
  try {
    for (const wanted of [issuerCommand, 'node server.mjs']) {
      if (!commands.some((command) => command.trim() === wanted)) return [`does not say: ${wanted}`];
    }
    const installed = join(folder, 'node_modules/@mcp-auth/dev-issuer/dist/main.js');
    running.push(await startServerExample(installed, issuerPort, ['--port', String(issuerPort)], folder));
    running.push(await startServerExample(join(folder, 'server.mjs'), port));
    writeFileSync(
      join(folder, 'next.mjs'),
      addRules(findCode(files, 'server.mjs'))
        .replaceAll('3000', String(nextPort))
        .replaceAll('9400', String(issuerPort)),
    );
    running.push(await startServerExample(join(folder, 'next.mjs'), nextPort));
    const issuer = { url: `http://127.0.0.1:${issuerPort}`, program: installed, port: issuerPort, folder };
    return [
      ...findLengthProblems(commands),
      ...(await findLoginProblems(`http://localhost:${port}/mcp`)),
      ...(await findRequestProblems(`http://localhost:${port}/mcp`, issuer)),
      ...(await findRequestProblems(`http://localhost:${nextPort}/mcp`, issuer)).map(
        (problem) => `with rules for tools: ${problem}`,
      ),
      ...(await findCurlProblems(commands, adapt, folder)),
    ];
  } finally {
    for (const { stop } of running) await stop();
  }
}

/** What comes before the token for curl, and the command of one client. */
function findLengthProblems(commands) {
  const end = commands.findIndex((command) => command.includes('TOKEN='));
  const lines = commands.slice(0, end).flatMap((command) => command.trim().split('\n'));
  return end > 0 && lines.length + 1 <= maxCommands
    ? []
    : [`takes ${lines.length + 1} commands to a login, not ${maxCommands} at most: ${lines.join(' ; ')}`];
}

/** A real client, whose user picks a name and presses a button. */
async function findLoginProblems(resource) {
  const said = await callWithOfficialClient(resource, 'bob', 'allow').catch(String);
  const denied = await callWithOfficialClient(resource, 'bob', 'deny').catch(String);
  return [
    ...(said === 'You are bob.' ? [] : [`the official client is told: ${said}`]),
    ...(denied.includes('denied the request') ? [] : [`a login that was denied ends with: ${denied}`]),
  ];
}

function findCode(files, name) {
  return files.find(({ file }) => file === name)?.code ?? '';
}

/** Rules read the body, so the handler of the page must take it from them. */
function addRules(code) {
  const rules = "{ resource: RESOURCE, operations: { tools: { whoami: ['profile'], '*': 'refuse' } } }";
  return code.replace('{ resource: RESOURCE }', rules);
}

/** What the `npm install` lines name: our packages from their tarballs, the rest in the versions of the workspace. */
async function readDependencies(commands) {
  const names = commands
    .flatMap((command) => [...command.matchAll(/^npm install (.+)$/gm)])
    .flatMap(([, list]) => list.trim().split(/\s+/));
  const own = await fromTarballs(['@mcp-auth/schemas', '@mcp-auth/core', '@mcp-auth/dev-issuer', ...names]);
  const others = names.filter((name) => !(name in own));
  return { ...own, ...Object.fromEntries(others.map((name) => [name, pinned(name)])) };
}

/** A client's way: refused, led to the metadata, led to the issuer, let in with a token. */
async function findRequestProblems(resource, issuer) {
  const refused = await fetch(resource, { method: 'POST' });
  if (refused.status !== 401) return [`answers ${refused.status} without a token`];
  const challenge = refused.headers.get('www-authenticate') ?? '';
  const metadataUrl = /resource_metadata="([^"]+)"/.exec(challenge)?.[1];
  if (metadataUrl === undefined) return [`the challenge names no metadata: ${challenge}`];
  const pages = [
    ...(await findForeignReaderProblems((request) => fetch(request), metadataUrl)),
    ...(await findForeignCallerProblems(resource)),
  ];
  const metadata = await (await fetch(metadataUrl)).json();
  if (metadata.resource !== resource) return [`the metadata is about ${metadata.resource}`];
  const [server] = metadata.authorization_servers;
  if (server !== issuer.url) return [`the metadata names ${server}`];
  const call = async (audience) => {
    const args = [issuer.program, 'token', audience, '--scopes', 'profile', '--port', String(issuer.port)];
    const { output: token } = await capture(process.execPath, args, { cwd: issuer.folder });
    return fetch(resource, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token.trim()}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'whoami' } }),
    });
  };
  const admitted = await call(resource);
  const text = await admitted.text();
  const foreign = await call('http://localhost:1/other');
  return [
    ...pages,
    ...(admitted.status === 200 ? [] : [`answers ${admitted.status} with a token: ${text}`]),
    ...(text.includes('alice') ? [] : [`does not know the caller: ${text}`]),
    ...(foreign.status === 401 ? [] : [`answers ${foreign.status} to a token for another resource`]),
  ];
}

/** The page switches the check of origins on: what may be read by everybody must not open the rest. */
async function findForeignCallerProblems(resource) {
  const { status } = await fetch(resource, { method: 'POST', headers: { origin: foreignOrigin } });
  return status === 403 ? [] : [`answers ${status} to a page of another origin`];
}

/** The page's own commands, where this machine has a shell and curl. */
async function findCurlProblems(commands, adapt, folder) {
  const available = await capture('bash', ['-c', 'command -v curl']).catch(() => ({ ok: false }));
  if (!available.ok) return [];
  const script = commands.filter((command) => command.includes('curl ')).map(adapt);
  const { output } = await capture('bash', ['-c', script.join('\n')], { cwd: folder });
  const wanted = [
    /401 Unauthorized[\s\S]*resource_metadata=/,
    /"authorization_servers"/,
    /200 OK[\s\S]*alice/,
    /invalid_token/,
  ];
  return wanted
    .filter((pattern) => !pattern.test(output))
    .map((pattern) => `its commands do not show ${pattern}: ${output.slice(0, 1500)}`);
}
