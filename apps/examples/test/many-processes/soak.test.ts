import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Answer, BoundClient, Connections } from './support/bound-client.js';
import { Fleet, isFull, missing, longest, soakRequests } from './support/fleet.js';
import { tell } from './support/many.js';

const pieces = isFull ? 10 : 2;
const atATime = 32;

let fleet: Fleet;
beforeAll(async () => {
  if (missing === undefined) fleet = await Fleet.start({ processes: 4 });
});
afterAll(() => (fleet as Fleet | undefined)?.close());
beforeEach(({ skip }) => skip(missing !== undefined, missing ?? ''));

type Headers = Readonly<Record<string, string>>;

/** Some requests that belong together, and what has to come of them, in any order. */
interface Question {
  readonly kind: string;
  readonly requests: readonly Headers[];
  readonly expected: readonly string[];
}

const describeAnswer = ({ status, error }: Answer) => `${status} ${error ?? ''}`.trim();

/** What a client is told whose nonce has become old: it asks again. */
const isStale = (answer: string) => answer === '401 use_dpop_nonce';

/** Whether all of them are those that were expected, but for those that nobody could decide. */
function fits(answers: readonly string[], expected: readonly string[]): boolean {
  const left = [...expected];
  for (const answer of answers.filter((each) => each !== '503')) {
    const place = left.indexOf(answer);
    // A claim that nobody answered for may have been carried out: then its proof is a replay
    if (place === -1 && !(answer.startsWith('401') && answers.includes('503'))) return false;
    if (place !== -1) left.splice(place, 1);
  }
  return true;
}

/** What clients and thieves send, in turn. */
async function createQuestions() {
  const clients = await Promise.all(
    Array.from({ length: isFull ? 397 : 7 }, (_each, index) => fleet.createClient(`user-${index}`)),
  );
  const token = await fleet.createToken('bearer');
  const foreign = await fleet.issuer.sign({ aud: 'https://elsewhere.example.com/mcp' });
  const revoked = await fleet.createToken('revoked');
  const bearer = (value: string): Headers => ({ authorization: `Bearer ${value}` });
  const replayed = '401 invalid_dpop_proof';
  const kinds: readonly ((client: BoundClient, index: number, htu: string) => Question)[] = [
    (client, _index, htu) => {
      const headers = client.prove(htu);
      return {
        kind: 'a proof four times',
        requests: [headers, headers, headers, headers],
        expected: ['200', replayed, replayed, replayed],
      };
    },
    (client, _index, htu) => ({ kind: 'a proof', requests: [client.prove(htu)], expected: ['200'] }),
    () => ({ kind: 'a bearer token', requests: [bearer(token)], expected: ['200'] }),
    (_client, index) => ({
      kind: 'an opaque token',
      requests: [bearer(fleet.createOpaqueToken(String(index % 5000)))],
      expected: ['200'],
    }),
    (client, _index, htu) => ({
      kind: 'a bound token as bearer',
      requests: [{ authorization: client.prove(htu)['authorization']?.replace('DPoP', 'Bearer') ?? '' }],
      expected: ['401 invalid_token'],
    }),
    (client, _index, htu) => ({
      kind: 'a proof for another address',
      requests: [client.prove(`${htu}/other`)],
      expected: [replayed],
    }),
    () => ({
      kind: 'a token for another server',
      requests: [bearer(foreign)],
      expected: ['401 invalid_token'],
    }),
    () => ({ kind: 'a revoked token', requests: [bearer(revoked)], expected: ['401 invalid_token'] }),
  ];
  return {
    clients,
    revoked,
    /** @param index - the kinds come in turn */
    ask: (index: number, htu: string) => {
      const client = clients[index % clients.length];
      const kind = kinds[index % kinds.length];
      if (client === undefined || kind === undefined) throw new Error('there is no such question');
      return { client, question: kind(client, index, htu) };
    },
  };
}

test(
  'four processes decide as one does, let nothing pass twice, and do not grow',
  async () => {
    const many = fleet.connect();
    const alone = await fleet.startAlone();
    const single = fleet.connectTo(alone);
    const { clients, revoked, ask } = await createQuestions();
    const give = async (connections: Connections, client: BoundClient, question: Question) => {
      const answers = await Promise.all(question.requests.map((headers) => connections.get(headers)));
      // What the one knows of nonces says nothing of what the others have forgotten
      if (connections === many) for (const answer of answers) client.learn(answer);
      return answers.map(describeAnswer).sort();
    };
    for (const server of [fleet.servers[0], alone]) await server?.revoke('revoked');
    const isRefused = async () => {
      const headers = { authorization: `Bearer ${revoked}` };
      const answers = await Promise.all(Array.from({ length: 8 }, () => many.get(headers)));
      return answers.every(({ status }) => status === 401);
    };
    await vi.waitUntil(isRefused, { timeout: 60_000 });
    // Nonces of all are made with one secret, and those of processes that share claims are good at one that does not
    for (const client of clients) expect((await client.call(many)).answer.status).toBe(200);

    const wrong: string[] = [];
    const heaps: number[][] = [];
    let asked = 0;
    /** A store that was late, on a machine that is busy: no decision. */
    let unanswered = 0;
    let told = 0;
    let index = 0;
    for (let piece = 0; piece < pieces; piece++) {
      const until = Math.ceil((soakRequests / pieces) * (piece + 1));
      const work = async () => {
        while (asked < until) {
          const turn = index++;
          const judge = async (mayBeStale: boolean): Promise<boolean> => {
            const { client, question } = ask(turn, many.htu);
            asked += question.requests.length;
            const [decided, decidedAlone] = await Promise.all([
              give(many, client, question),
              give(single, client, question),
            ]);
            const isOld = mayBeStale && [...decided, ...decidedAlone].some(isStale);
            for (const answers of [decided, decidedAlone]) {
              if (answers.includes('503')) unanswered++;
              if (!fits(isOld ? answers.filter((each) => !isStale(each)) : answers, question.expected)) {
                wrong.push(`${question.kind}: ${decided.join(', ')}; alone: ${decidedAlone.join(', ')}`);
              }
            }
            return !isOld;
          };
          if (!(await judge(true))) await judge(false);
        }
      };
      await Promise.all(Array.from({ length: atATime }, work));
      heaps.push(await Promise.all(fleet.servers.map((server) => server.heapBytes())));
      const megabytes = heaps.at(-1)?.map((bytes) => Math.round(bytes / 2 ** 19) / 2);
      tell(`piece ${piece + 1}`, { requests: asked, wrong: wrong.length, unanswered, heapsMb: megabytes });
      for (const one of wrong.slice(told, told + 10)) tell(`piece ${piece + 1}, wrong`, one);
      told = wrong.length;
    }
    expect(wrong).toEqual([]);
    // Caches are full by then
    const [early, last] = [heaps[Math.floor(pieces / 3)], heaps.at(-1)];
    for (const [place, bytes] of (last ?? []).entries()) {
      expect(bytes).toBeLessThan((early?.[place] ?? 0) * 1.2 + 4 * 2 ** 20);
    }
  },
  longest,
);
