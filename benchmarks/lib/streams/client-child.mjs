// Clients of one server, in a process of their own, because a process may have only so many files open: node client-child.mjs <port>.
import { openStreams } from './open-streams.mjs';

const port = Number(process.argv[2]);
let streams;

const tasks = {
  open: async (bearers) => {
    streams = await openStreams(port, bearers.length, (index) => bearers[index]);
  },
  received: (events) => streams.received(events),
  close: () => streams.close(),
};

process.on('message', async ({ task, value }) => process.send({ result: await tasks[task](value) }));
process.on('disconnect', () => process.exit());
process.send({ isReady: true });
