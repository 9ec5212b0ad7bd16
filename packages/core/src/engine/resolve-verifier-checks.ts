import type { VerifierChecks } from '../config/verifier-checks.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import type { GatedResource } from '../resource/trusted-server.js';
import { type AcceptedAudiences, createAcceptedAudiences } from '../token/audience.js';
import type { CheckedByVerifier } from '../verifier/verifier-checks.js';

/**
 * What a function is said to check of its tokens, which must be what the route asks of them.
 *
 * @param audiences - that the route accepts, by the value a token may carry as `iss`
 * @throws {MCPAuthConfigError} `invalid_option` for an issuer, `invalid_audience` for an audience that the route does not accept
 */
export function resolveVerifierChecks(
  option: VerifierChecks | undefined,
  resource: GatedResource,
  audiences: ReadonlyMap<string, AcceptedAudiences>,
): CheckedByVerifier | undefined {
  if (option === undefined) return undefined;
  const { issuer, audience } = option;
  const accepted = audiences.get(issuer);
  if (accepted === undefined) {
    throw new MCPAuthConfigError(
      'invalid_option',
      'verifierChecks.issuer',
      `must be ${quote(audiences.keys())}, which the resource trusts, but is ${describeValue(issuer, true)}.`,
    );
  }
  const own = typeof audience === 'string' ? [audience] : [...audience];
  const { values } = accepted;
  const foreign = values === 'any' ? undefined : own.find((entry) => !values.has(entry));
  if (values !== 'any' && foreign !== undefined) {
    throw new MCPAuthConfigError(
      'invalid_audience',
      'verifierChecks.audience',
      `must be ${quote(values)}, which the route accepts, but is ${describeValue(foreign, true)}. If the tokens of this issuer carry it, name it as audience of the route too.`,
    );
  }
  const resources = resource.defaultAudience === undefined ? own : [...own, resource.defaultAudience];
  return {
    issuer,
    audience: typeof audience === 'string' ? audience : own,
    audiences: createAcceptedAudiences(own),
    resources: createAcceptedAudiences(resources),
  };
}

function quote(values: Iterable<string>): string {
  return [...values].map((value) => JSON.stringify(value)).join(' or ');
}
