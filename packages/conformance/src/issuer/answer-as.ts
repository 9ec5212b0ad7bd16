import type { ServerResponse } from 'node:http';
import type { EndpointMode } from './issuer-name.js';

const tooLarge = 3_000_000;

/** Answers with a document, or fails in the way of the mode. */
export function answerAs(mode: EndpointMode, response: ServerResponse, document: object): void {
  const send = (status: number, type: string, text: string) =>
    response.writeHead(status, { 'content-type': type }).end(text);
  switch (mode) {
    case 'works':
      send(200, 'application/json', JSON.stringify(document));
      break;
    case 'fails':
      send(500, 'application/json', '{"error":"server_error"}');
      break;
    case 'hangs':
      break;
    case 'closes':
      response.destroy();
      break;
    case 'html':
      send(200, 'text/html', '<!doctype html><title>Maintenance</title>');
      break;
    case 'not-json':
      send(200, 'application/json', '{"keys": [');
      break;
    case 'too-large':
      send(200, 'application/json', JSON.stringify({ ...document, padding: 'x'.repeat(tooLarge) }));
      break;
    case 'empty':
      send(200, 'application/json', '{}');
      break;
    case 'wrong-issuer':
      send(200, 'application/json', JSON.stringify({ ...document, issuer: 'https://other.example.com' }));
      break;
    case 'redirects':
      response.writeHead(302, { location: 'https://other.example.com/' }).end();
      break;
  }
}
