import { addToList, isListHeader, type Answer, type HeaderList } from '@mcp-auth/core/adapter';
import type { FastifyReply } from 'fastify';

/** Through the reply, not its raw response: `onSend` hooks, CORS and logs must see refusals too. */
export function sendAnswer(reply: FastifyReply, answer: Answer): void {
  // A time-out, for example, may have answered meanwhile
  if (reply.sent) return;
  setFields(reply, toFields(forVersion(reply, answer.headers)));
  void reply.code(answer.status).serializer(asItIs).send(answer.body);
}

/** RFC 9113 §8.2.2: HTTP/2 has no headers about a connection, and Node warns of them. */
function forVersion({ request }: FastifyReply, headers: HeaderList): HeaderList {
  return request.raw.httpVersionMajor < 2
    ? headers
    : headers.filter(([name]) => name.toLowerCase() !== 'connection');
}

/** Instead of one that the application may have chosen: the body is written already. */
const asItIs = (body: string): string => body;

/** Sets headers on the reply; list headers are added to, all others replaced. */
export function setHeaders(reply: FastifyReply, headers: HeaderList): void {
  if (headers.length > 0) setFields(reply, toFields(headers));
}

/** Field lines by what happens to those that are there; names in lower case, as Fastify keeps them. */
interface Fields {
  readonly replacing: Readonly<Record<string, string>>;
  readonly added: HeaderList;
}

function setFields(reply: FastifyReply, { replacing, added }: Fields): void {
  void reply.headers(replacing);
  for (const [name, value] of added) {
    void reply.header(name, addToList(name, reply.getHeader(name), value));
  }
}

const known = new WeakMap<HeaderList, Fields>();

/** Of a list that serves many requests they are made once. */
function toFields(headers: HeaderList): Fields {
  return known.get(headers) ?? createFields(headers);
}

function createFields(headers: HeaderList): Fields {
  const lines = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  const fields = {
    replacing: Object.fromEntries(lines.filter(([name]) => !isListHeader(name))),
    added: lines.filter(([name]) => isListHeader(name)),
  };
  if (Object.isFrozen(headers)) known.set(headers, fields);
  return fields;
}
