import { lastingAudienceOption } from './audience-option.js';
import { object } from './check-options.js';
import { kind } from './kinds.js';

/** What a function has checked of every token that it lets pass, and does not report. */
export interface VerifierChecks {
  /** The issuer whose tokens it verifies, as they carry it in `iss`. Must be one that the resource trusts. */
  readonly issuer: string;
  /**
   * The audience, or one of the audiences, that it has compared `aud` with. Each must be one that the route accepts: the resource
   * identifier, unless the configuration names others.
   */
  readonly audience: string | readonly string[];
}

export const verifierChecks = object<VerifierChecks>({
  // Compared with those of the resource, which says more
  issuer: kind<string>('the issuer that its tokens carry', () => true, { required: true }),
  audience: { ...lastingAudienceOption, required: true },
});
