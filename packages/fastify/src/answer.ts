import { addToList, isListHeader, type Answer, type HeaderList } from '@mcp-auth/core/adapter';
import type { FastifyReply } from 'fastify';

/** Through the reply, not its raw response: `onSend` hooks, CORS and logs must see refusals too. */
export function sendAnswer(reply: FastifyReply, answer: Answer): void {
  // A time-out, for example, may have answered meanwhile
  if (reply.sent) return;
  setHeaders(reply, forVersion(reply, answer.headers));
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
  for (const { name, value, isList } of toLines(headers)) {
    void reply.header(name, isList ? addToList(name, reply.getHeader(name), value) : value);
  }
}

/** A line of a header by what happens to those that are there; its name in lower case, as Fastify keeps it. */
interface Line {
  readonly name: string;
  readonly value: string;
  readonly isList: boolean;
}

const known = new WeakMap<HeaderList, readonly Line[]>();

/** Of a list that serves many requests they are made once. */
function toLines(headers: HeaderList): readonly Line[] {
  return known.get(headers) ?? createLines(headers);
}

function createLines(headers: HeaderList): readonly Line[] {
  const lines = headers.map(([name, value]) => ({
    name: name.toLowerCase(),
    value,
    isList: isListHeader(name),
  }));
  if (Object.isFrozen(headers)) known.set(headers, lines);
  return lines;
}
