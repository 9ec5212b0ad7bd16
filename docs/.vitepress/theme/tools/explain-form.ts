import { explainToken, type ExplainOptions, type TokenExplanation } from '@mcp-auth/core/explain';
import type { ToolTexts } from '../texts/tool-texts';

/** The fields of the form as the reader left them. */
export interface ExplainForm {
  token: string;
  resource: string;
  issuers: string;
  audiences: string;
  scopes: string;
  clock: string;
  tolerance: number | '';
  jwks: string;
  dpop: 'none' | 'dpop-optional' | 'dpop-required';
  proof: string;
  method: string;
  url: string;
}

/** The fields of a form in which nobody has written anything. */
export const emptyForm: ExplainForm = {
  ...{ token: '', resource: '', issuers: '', audiences: '', scopes: '', clock: '', tolerance: '', jwks: '' },
  ...{ dpop: 'none', proof: '', method: 'POST', url: '' },
};

export type ExplainAnswer = { readonly explanation: TokenExplanation } | { readonly problem: string };

/** Explains the token of a form, or says which field cannot be used. */
export async function explainForm(form: ExplainForm, texts: ToolTexts['explainer']): Promise<ExplainAnswer> {
  const token = form.token.trim().replace(/^(?:authorization:\s*)?(?:bearer|dpop)\s+/i, '');
  if (token === '') return { problem: texts.empty };
  const clock = readClock(form.clock.trim());
  if (clock === null) return { problem: texts.badClock };
  const jwks = readJson(form.jwks.trim());
  if (jwks === null) return { problem: texts.badJwks };
  try {
    return { explanation: await explainToken(token, toOptions(form, clock, jwks)) };
  } catch (error) {
    return { problem: `${texts.badOption} ${error instanceof Error ? error.message : String(error)}` };
  }
}

function toOptions(form: ExplainForm, currentDate: Date | undefined, jwks: unknown): ExplainOptions {
  const audiences = readLines(form.audiences);
  return {
    resource: form.resource.trim(),
    authorizationServers: readLines(form.issuers).map((issuer) => ({
      issuer,
      ...(audiences.length === 0 ? undefined : { audiences }),
      ...(jwks === undefined ? undefined : { jwks }),
    })),
    requiredScopes: form.scopes.split(/\s+/).filter((scope) => scope !== ''),
    ...toSender(form),
    jwtVerify: { currentDate, clockTolerance: form.tolerance === '' ? undefined : form.tolerance },
  };
}

/** A certificate is not asked for: whether a token is bound to one is told all the same. */
function toSender({ dpop, proof, method, url }: ExplainForm): Partial<ExplainOptions> {
  const header = proof.trim().replace(/^dpop:\s*/i, '');
  if (dpop === 'none' && header === '') return { mutualTls: true };
  return {
    mutualTls: true,
    dpop: { mode: dpop === 'none' ? 'dpop-optional' : dpop },
    ...(header === ''
      ? undefined
      : {
          request: {
            proof: header,
            ...(method.trim() === '' ? undefined : { method: method.trim() }),
            ...(url.trim() === '' ? undefined : { url: url.trim() }),
          },
        }),
  };
}

function readLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** `undefined` for now, `null` for something that is no time. */
export function readClock(text: string): Date | undefined | null {
  if (text === '') return undefined;
  const date = new Date(/^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : text);
  return Number.isNaN(date.getTime()) ? null : date;
}

function readJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
