// One subject behind one framework, in a process of its own: node server-child.mjs <framework> <subject> <setup as JSON>.
// Tells its port, and its processor time whenever it is asked.
const [framework, subject, setup] = process.argv.slice(2);
// What a subject has to say about its configuration is no part of a table
console.warn = () => undefined;
const { httpSubjects } = await import(`../subjects/http/${framework}.mjs`);
const port = await httpSubjects[subject](JSON.parse(setup));
process.on('message', () => process.send({ cpu: process.cpuUsage() }));
process.on('disconnect', () => process.exit());
process.send({ port });
