// More and more rules of one route: node --expose-gc rules-child.mjs <steps as JSON>. Tells what a call costs whose tool is named by one of
// them, and a read whose URI is that of one template.
import { ResourceServer } from '@mcp-auth/core/adapter';
import { measureEach } from './memory.mjs';

const resource = 'https://api.example.com/mcp';
const issuer = 'https://as.example.com';
const header = (name) => (name === 'authorization' ? 'Bearer a' : undefined);
const head = { method: 'POST', target: '/mcp', host: undefined, rawHeaders: undefined, header };
const verify = () => ({
  ...{ issuer, audience: resource, scopes: ['read'] },
  expiresAt: Date.now() / 1000 + 3600,
});

const request = (method, params) => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });

/** By what is ruled: rules, and a request that one of them is about. */
const kinds = {
  tools: {
    group: 'tools',
    rule: (index) => `tool-${index}`,
    ask: (index) => request('tools/call', { name: `tool-${index}`, arguments: { title: 'Groceries' } }),
  },
  templates: {
    group: 'resources',
    rule: (index) => `notes${index}://{owner}/{+path}`,
    ask: (index) => request('resources/read', { uri: `notes${index}://somebody/a/b` }),
  },
};

async function measure({ group, rule, ask }, count, requests) {
  const rules = { '*': 'refuse' };
  for (let index = 0; index < count; index++) rules[rule(index)] = ['read'];
  const server = new ResourceServer({ resource, authorizationServers: [issuer], log: false });
  const gate = server.createGate(verify, { operations: { [group]: rules } });
  const { auth } = await gate.authenticate(head);
  const texts = Array.from({ length: count }, (_, index) => ask(index));
  const judge = (index) => {
    const decision = gate.authorize(head, auth, { kind: 'json', value: JSON.parse(texts[index % count]) });
    if (decision.kind !== 'allow') throw new Error(`refused: ${decision.body}`);
  };
  await measureEach(requests / 4, judge);
  return measureEach(requests, judge);
}

const [steps, requests] = JSON.parse(process.argv[2]);
for (const kind of Object.values(kinds)) await measure(kind, steps.at(-1), requests);
for (const step of steps) {
  const found = { step };
  for (const [name, kind] of Object.entries(kinds)) found[name] = await measure(kind, step, requests);
  process.send(found);
}
process.exit();
