import type { ProofRecipe } from './proof-recipe.js';
import type { TokenRecipe } from './token-recipe.js';

/**
 * A request, as data. `{token}` in any string stands for the token; `{handle}` for the last handle that an answer gave; `{primary}` and its like for issuer identifiers.
 */
export interface RequestSpec {
  /** Default: POST. */
  readonly method?: string;
  /** Request target as it goes over the wire. */
  readonly target: string;
  /** Value of the Host header. Default: the host of the first resource. */
  readonly host?: string;
  readonly token?: TokenRecipe;
  /** `{proof}` stands for it. */
  readonly proof?: ProofRecipe;
  /** A second one, `{other}`. */
  readonly otherProof?: ProofRecipe;
  /** Headers with proofs. Default: one, `DPoP`, where there is a proof. */
  readonly proofHeaders?: readonly (readonly [name: string, value: string])[];
  /** Authorization headers, each on its own line. Default: `DPoP {token}` where there is a proof, else `Bearer {token}` where there is a token, else none. */
  readonly authorization?: readonly string[];
  /** Further headers. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: {
    readonly type: string;
    readonly text: string;
    /** `base64`: the string stands for these bytes. Default: `utf8`. */
    readonly encoding?: 'utf8' | 'base64';
    /** Sends it in several chunks, or in chunks of so many bytes, and does not announce its length. */
    readonly chunked?: true | number;
    /** Never ends: the answer has to come without the rest of the body. */
    readonly unfinished?: true;
  };
}
