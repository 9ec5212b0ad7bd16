import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Serves files as a simple static host does, compressed. */
export async function serveFolder(folder) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname));
    const file = readFile(join(folder, path.endsWith('/') ? `${path}index.html` : path));
    const found = file ?? readFileSync(join(folder, '404.html'));
    const type = file === undefined ? '.html' : extname(path) || '.html';
    const headers = { 'content-type': types[type] ?? 'application/octet-stream', 'content-encoding': 'gzip' };
    response.writeHead(file === undefined ? 404 : 200, headers);
    response.end(gzipSync(found));
  });
  return listen(server);
}

/** Serves one JSON document to every path, readable for foreign pages or not. */
export async function serveDocument(text, { readable }) {
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(readable ? { 'access-control-allow-origin': '*' } : {}),
    });
    response.end(text);
  });
  return listen(server);
}

/** Serves what a function writes, readable for foreign pages. */
export async function serveAnswers(answer) {
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', 'application/json');
    answer(request, response);
  });
  return listen(server);
}

async function listen(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function readFile(path) {
  try {
    return statSync(path).isFile() ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}
