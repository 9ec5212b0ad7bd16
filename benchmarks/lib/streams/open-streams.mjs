import { once } from 'node:events';
import { connect } from 'node:net';
import { createRequest } from '../http/load.mjs';
import { eventEnd } from './event-end.mjs';

const mark = eventEnd.charCodeAt(0);

/**
 * Opens streams, some at a time, and counts the events that come; each stream has a token of its own.
 *
 * @returns an object whose `received` resolves once so many events came to all streams together since they were opened
 */
export async function openStreams(port, count, bearerAt) {
  const sockets = [];
  let events = 0;
  let check = () => undefined;
  const onData = (chunk) => {
    for (let place = chunk.indexOf(mark); place !== -1; place = chunk.indexOf(mark, place + 1)) events++;
    check();
  };
  const received = (wanted) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`${events} events of ${wanted} came in a minute`)),
        60_000,
      );
      check = () => {
        if (events < wanted) return;
        clearTimeout(late);
        resolve();
      };
      check();
    });
  for (let begun = 0; begun < count;) {
    const some = Math.min(50, count - begun);
    const opened = await Promise.all(
      Array.from({ length: some }, async () => {
        const socket = connect({ port, host: '127.0.0.1', noDelay: true });
        await once(socket, 'connect');
        return socket.on('data', onData).on('error', () => undefined);
      }),
    );
    opened.forEach((socket, index) => socket.write(createRequest(bearerAt(begun + index))));
    sockets.push(...opened);
    begun += some;
    await received(begun);
  }
  return {
    received,
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}
