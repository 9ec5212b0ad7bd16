import { vi } from 'vitest';
import type { Answer, BoundClient, Connections } from './bound-client.js';
import type { Fleet } from './fleet.js';
import { tick } from './moments.js';

/** What was sent, and what came of it. */
export interface Sent {
  readonly kind: 'bearer' | 'opaque' | 'proof';
  /** When it was sent and when it was answered. */
  readonly from: number;
  readonly to: number;
  readonly status: number;
  readonly error: string | undefined;
  readonly by: string | undefined;
  readonly ms: number;
  /** Of one proof, which may be sent repeatedly. */
  readonly proof?: SentProof;
}

/** A proof, and all that was answered to it. */
export interface SentProof {
  readonly headers: Readonly<Record<string, string>>;
  readonly uses: Sent[];
}

/**
 * Clients that go on until they are stopped: each sends a new proof, then the same one twice more, a bearer token that is remembered, and one
 * that the authorization server says something about.
 */
export class Load {
  readonly sent: Sent[] = [];
  readonly proofs: SentProof[] = [];
  readonly #fleet: Fleet;
  readonly #connections: Connections;
  #isRunning = true;
  #running: Promise<unknown> = Promise.resolve();
  #opaque = 0;

  private constructor(fleet: Fleet) {
    this.#fleet = fleet;
    this.#connections = fleet.connect();
  }

  static async start(fleet: Fleet, clients: number): Promise<Load> {
    const load = new Load(fleet);
    const token = await fleet.createToken('steady');
    const all = await Promise.all(
      Array.from({ length: clients }, (_each, index) => fleet.createClient(`user-${index}`)),
    );
    for (const client of all) await client.call(load.#connections);
    load.#running = Promise.all(all.map((client) => load.#run(client, token)));
    return load;
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    await this.#running;
  }

  /** Resolves when so many new proofs were sent and answered after a moment. */
  async hasBegunSince(moment: number, count: number): Promise<void> {
    const begun = () =>
      this.proofs.filter(({ uses: [first] }) => first !== undefined && first.from >= moment);
    await vi.waitUntil(() => begun().length >= count, { timeout: 60_000 });
  }

  /** Sends a proof once more. */
  async use(proof: SentProof): Promise<Sent> {
    return this.#send('proof', proof.headers, proof);
  }

  async #run(client: BoundClient, token: string): Promise<void> {
    while (this.#isRunning) {
      const proof: SentProof = { headers: client.prove(this.#connections.htu), uses: [] };
      this.proofs.push(proof);
      await this.#send('proof', proof.headers, proof, client);
      await Promise.all([this.use(proof), this.use(proof)]);
      await this.#send('bearer', { authorization: `Bearer ${token}` });
      const opaque = this.#fleet.createOpaqueToken(String(this.#opaque++));
      for (let time = 0; time < 2; time++) await this.#send('opaque', { authorization: `Bearer ${opaque}` });
      // Under load, and not so that a key has more proofs than it may
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async #send(
    kind: Sent['kind'],
    headers: Readonly<Record<string, string>>,
    proof?: SentProof,
    client?: BoundClient,
  ): Promise<Sent> {
    const from = tick();
    const answer: Answer = await this.#connections.get(headers);
    client?.learn(answer);
    const { status, error, by, ms } = answer;
    const sent: Sent = { kind, from, to: tick(), status, error, by, ms, ...(proof && { proof }) };
    this.sent.push(sent);
    proof?.uses.push(sent);
    return sent;
  }
}
