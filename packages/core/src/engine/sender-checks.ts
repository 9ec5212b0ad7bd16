import type { AcceptedProofs } from '../challenge/refusals.js';
import type { AnyBearerAuthOptions } from '../config/bearer-auth-options.js';
import { withDefaults } from '../config/check-options.js';
import { proofMembers, type ProofMode, type ProofOptions } from '../config/proofs.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { ServerEnvironment } from '../net/environment.js';
import type { GatedResource } from '../resource/trusted-server.js';
import { readSecrets } from '../secrets/read-secrets.js';
import { ClaimGate } from '../sender/claim-gate.js';
import { CertificateCheck } from '../sender/certificate-check.js';
import { DpopCheck, longestClaimMs } from '../sender/dpop-check.js';
import { ExpectedHtu } from '../sender/htu.js';
import { ProofNonces } from '../sender/nonce.js';
import { ProofClaims } from '../sender/proof-claims.js';
import { ProofHeaders } from '../sender/proof-syntax.js';
import { joinSenderChecks, type SenderCheck } from '../sender/sender-check.js';
import { StoreUnavailableError } from '../stores/store-guard.js';
import type { SharedStores } from './shared-stores.js';

/** What a gate asks about who sends a token. */
export interface SenderParts {
  readonly sender: SenderCheck | undefined;
  readonly proofs: AcceptedProofs | undefined;
}

/** What all checks of proofs share. */
interface SharedProofs {
  readonly headers: ProofHeaders;
  readonly claims: ClaimGate;
  readonly nonces: ProofNonces | undefined;
}

/** Keys of clients whose header is not read anew. */
const maxHeaders = 10_000;

/** Makes the checks of senders for the routes of one configuration. What they share is made with the first route that takes proofs. */
export class SenderChecks {
  readonly #options: ProofOptions | undefined;
  readonly #stores: SharedStores | undefined;
  readonly #environment: ServerEnvironment;
  #longestAgeSeconds = 0;
  #shared: SharedProofs | undefined;

  /** @throws {MCPAuthConfigError} `unsupported_option` for bounds of a memory that is not used */
  constructor(
    options: ProofOptions | undefined,
    stores: SharedStores | undefined,
    environment: ServerEnvironment,
  ) {
    this.#options = options;
    this.#stores = stores;
    this.#environment = environment;
    if (stores?.whenClaimsUnavailable !== 'refuse') return;
    const { maxPerKey, maxEntries } = options ?? {};
    const bound =
      maxPerKey === undefined ? (maxEntries === undefined ? undefined : 'maxEntries') : 'maxPerKey';
    if (bound !== undefined) {
      throw new MCPAuthConfigError(
        'unsupported_option',
        `proofs.${bound}`,
        'is about the memory of this process, and there is a store: stores.claims. Remove it, and set the bounds of the store. Where the memory shall decide while the store is down, write stores: { whenClaimsUnavailable: "local" }.',
      );
    }
  }

  /** Tells of all resources: a proof is remembered for as long as the longest of their windows. */
  prepare(resources: readonly GatedResource[]): void {
    this.#longestAgeSeconds = Math.max(0, ...resources.map(({ dpop }) => dpop?.maxAgeSeconds ?? 0));
  }

  /** @throws {MCPAuthConfigError} `unsupported_option` for options that do not go together */
  create(resource: GatedResource, options: AnyBearerAuthOptions): SenderParts {
    const { dpop, clientCertificate } = resource;
    const certificate = clientCertificate === undefined ? [] : [new CertificateCheck(clientCertificate)];
    const mode = this.#readMode(resource, options);
    if (dpop === undefined || mode === 'bearer') {
      return { sender: joinSenderChecks(certificate), proofs: undefined };
    }
    const isRequired = mode === 'dpop-required';
    const { algorithms, maxAgeSeconds, publicUrl } = dpop;
    const { now } = this.#environment;
    const check = new DpopCheck({
      ...this.#share(),
      isRequired,
      algorithms: new Set(algorithms),
      htu: new ExpectedHtu(resource.identifier, publicUrl),
      maxAgeSeconds,
      now,
    });
    return { sender: joinSenderChecks([...certificate, check]), proofs: { isRequired, algorithms } };
  }

  #readMode({ identifier, dpop }: GatedResource, options: AnyBearerAuthOptions): ProofMode {
    const mode = options.dpop ?? dpop?.mode ?? 'bearer';
    if (mode !== 'bearer' && dpop === undefined) {
      throw new MCPAuthConfigError(
        'unsupported_option',
        'dpop',
        `cannot be ${JSON.stringify(mode)}: ${identifier} is not said to take proofs, and its metadata tells clients so. Write dpop: { mode: ${JSON.stringify(mode)} } next to resource or metadata.`,
      );
    }
    if (mode === 'dpop-required' && options.verifiers !== undefined) {
      throw new MCPAuthConfigError(
        'unsupported_option',
        'verifiers',
        'has no place where dpop is "dpop-required": keys are not bound to their sender. Write dpop: "dpop-optional" on this route, or serve keys on another one.',
      );
    }
    if (dpop !== undefined && strengths[mode] < strengths[dpop.mode]) {
      this.#environment.events.warn(
        `dpop: a route of ${identifier} is ${JSON.stringify(mode)}, which is weaker than the ${JSON.stringify(dpop.mode)} that the metadata of the resource tells clients.`,
      );
    }
    return mode;
  }

  #share(): SharedProofs {
    return (this.#shared ??= this.#createShared());
  }

  #createShared(): SharedProofs {
    const { events, now } = this.#environment;
    const { nonceSecrets, maxPerKey, maxEntries } = withDefaults(this.#options, proofMembers);
    const longestMs = longestClaimMs(this.#longestAgeSeconds);
    // A clock that tests move tells them too how long something is kept
    const elapsed = now === Date.now ? () => performance.now() : now;
    const onTurnedBack = (ms: number) => {
      const minutes = Math.ceil(ms / 60_000);
      events.advise(
        `dpop: the clock of this server was set back to times at which proofs were used that nobody remembers. Until it has gone on for another ${minutes} min, no proof passes (503), or until the process is started anew.`,
        'dpop: the clock was set back',
        1,
      );
    };
    const bounds = { maxPerHolder: maxPerKey, maxEntries, longestMs };
    const createLocal = () => new ProofClaims(bounds, now, elapsed, onTurnedBack);
    const shared = this.#stores?.createClaims(createLocal);
    if (shared === undefined) events.warn(nonceSecrets === undefined ? perProcess : ownMemory);
    // A proof that was made in advance would pass with any of the processes
    const secrets = nonceSecrets === undefined ? shared && this.#stores?.secrets : readSecrets(nonceSecrets);
    return {
      headers: new ProofHeaders(maxHeaders),
      claims: new ClaimGate(shared ?? createLocal(), (problem, cause) => {
        // Its guard tells when an outage begins and ends
        if (cause instanceof StoreUnavailableError) return;
        events.advise(
          `dpop: what remembers the proofs that were used ${problem}. Such a proof does not pass (503).`,
        );
      }),
      nonces: secrets && new ProofNonces(secrets, now),
    };
  }
}

const strengths: Readonly<Record<ProofMode, number>> = { bearer: 0, 'dpop-optional': 1, 'dpop-required': 2 };

const perProcess =
  'dpop: which proofs were used is known per process, and no nonce is demanded, so a proof that was stolen can be used once with each replica. Where there are several replicas, give them stores: { secrets, claims }; proofs: { nonceSecrets } alone demands nonces.';
const ownMemory =
  'dpop: which proofs were used is known per process. Where there are several replicas, give them stores: { secrets, claims }.';
