// What judging the operations of one body costs in process, compared with reading its JSON.
import { ResourceServer } from '@mcp-auth/core/adapter';
import { calibrateCalls, compareCpu } from '../lib/cpu-rounds.mjs';
import { hostileBodies } from '../lib/hostile-bodies.mjs';

const resource = 'https://api.example.com/mcp';
const issuer = 'https://as.example.com';
const baseline = 'JSON.parse';

/** 100 reads, each of a resource of another template. */
function createBatch(path) {
  return Array.from({ length: 100 }, (_, index) => ({
    jsonrpc: '2.0',
    id: index,
    method: 'resources/read',
    params: { uri: `notes${index % 50}://owner-${index}/${path}-${index}/v${index % 50}` },
  }));
}

function createRules(templates) {
  const rules = { '*': 'refuse' };
  for (let index = 0; index < templates; index++)
    rules[`notes${index}://{owner}/{+path}/v${index}`] = ['read'];
  return { resources: rules };
}

/** Judges a body as an adapter has it done, the token aside. */
async function createJudge(operations) {
  const server = new ResourceServer({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
  });
  const verify = () => ({
    issuer,
    audience: resource,
    expiresAt: Date.now() / 1000 + 3600,
    scopes: ['read'],
  });
  const gate = server.createGate(verify, { resource, operations });
  const header = (name) => (name === 'authorization' ? 'Bearer a' : undefined);
  const head = { method: 'POST', target: '/mcp', host: undefined, rawHeaders: undefined, header };
  const { auth } = await gate.authenticate(head);
  return (value) => {
    const decision = gate.authorize(head, auth, { kind: 'json', value });
    if (decision.kind !== 'allow') throw new Error(`refused: ${decision.body}`);
  };
}

/** Runs the suite. */
export async function run({ quick, report }) {
  const rounds = quick ? 15 : 41;
  const judge = await createJudge(createRules(50));
  const spellings = {
    plain: 'plain',
    'with encoded characters': 'some%20id',
    'with repeated slashes and a query': 'a//b%20c?q=1',
  };
  for (const [what, path] of Object.entries(spellings)) {
    const batch = createBatch(path);
    const text = JSON.stringify(batch);
    const single = JSON.stringify(batch[0]);
    const works = {
      [baseline]: () => JSON.parse(text),
      'JSON.parse, then 50 templates': () => judge(JSON.parse(text)),
      'one read of 100, then 50 templates': () => judge(JSON.parse(single)),
    };
    const contenders = {};
    for (const [name, once] of Object.entries(works)) {
      const work = (calls) => {
        for (let call = 0; call < calls; call++) once();
      };
      const operations = await calibrateCalls(work, 20);
      contenders[name] = { operations, work: () => work(operations) };
    }
    const measured = await compareCpu(contenders, { baseline, rounds });
    report.comparison(
      `a batch of 100 reads, URIs ${what} (${text.length} characters)`,
      measured,
      'processor time',
    );
    report.figures[what] = measured;
    report.promises.push({
      what: `100 reads under 50 templates, URIs ${what}, in milliseconds`,
      value: measured.find(({ name }) => name === 'JSON.parse, then 50 templates').nanoseconds / 1e6,
      atMost: 5,
      unit: 'ms',
    });
  }
  report.promises.push({
    what: 'the costliest body that somebody found, under 50 templates, in milliseconds',
    value: await measureHostile(),
    atMost: 20,
    unit: 'ms',
  });
}

/** The most that one of the hostile bodies takes, each at its best of five. */
async function measureHostile() {
  let most = 0;
  for (const { rules, bodies } of hostileBodies) {
    const judge = await createJudge(rules);
    for (const body of bodies) {
      const times = Array.from({ length: 5 }, () => {
        const begun = process.cpuUsage();
        judge(body);
        return process.cpuUsage(begun).user / 1000;
      });
      most = Math.max(most, Math.min(...times));
    }
  }
  return most;
}
