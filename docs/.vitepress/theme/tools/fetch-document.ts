import type { FetchProblem } from '../texts/tool-texts';

export type FetchedDocument =
  { readonly text: string } | { readonly problem: FetchProblem; readonly status?: number };

/** Fetches a document as any page would. The browser does not tell a page why it may not read an answer. */
export async function fetchDocument(address: string): Promise<FetchedDocument> {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return { problem: 'address' };
  let response: Response;
  try {
    response = await fetch(address, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(10_000),
    });
  } catch {
    return { problem: 'blocked' };
  }
  if (!response.ok) return { problem: 'status', status: response.status };
  try {
    return { text: JSON.stringify(await response.json(), undefined, 2) };
  } catch {
    return { problem: 'json' };
  }
}
