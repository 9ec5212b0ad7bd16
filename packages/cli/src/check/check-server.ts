import { fetchServerConfig, MCPAuthError } from '@mcp-auth/core';
import { judgeByStandard, judgeForClients } from '../documents/judge-document.js';
import { doorFetch } from '../net/door-fetch.js';
import type { Door } from '../net/door.js';
import { DoorError } from '../net/exchange.js';
import type { Finding, Revision } from '../report/report.js';
import { findMetadata, judgeLocations, readDocument, type FoundDocument } from './find-metadata.js';
import { judgeAnswer } from './judge-answer.js';
import { judgeKeys } from './keys.js';
import { recogniseProvider } from './providers.js';

/** Everything about an authorization server that can be seen without a client id. */
export async function checkServer(
  issuer: string,
  door: Door,
  revisions: readonly Revision[],
): Promise<readonly Finding[]> {
  const locations = await findMetadata(issuer, door.send);
  const documents = locations.flatMap(({ found }) => (found === undefined ? [] : [found]));
  // One document at two places is judged once
  const different = documents.filter(
    (each, index) =>
      documents.findIndex((other) => JSON.stringify(other.document) === JSON.stringify(each.document)) ===
      index,
  );
  return [
    ...judgeLocations(issuer, locations),
    ...documents.flatMap((found) => judgeAnswer(issuer, found)),
    ...different.flatMap((found) => judgeFound(issuer, found, documents, revisions)),
    ...(await checkKeys(issuer, documents, door)),
    ...(await checkByLibrary(issuer, door)),
    ...describeProvider(issuer),
  ];
}

function judgeFound(
  issuer: string,
  { kind, document, response }: FoundDocument,
  all: readonly FoundDocument[],
  revisions: readonly Revision[],
): readonly Finding[] {
  const { exchange } = response;
  const options = { kind, expected: issuer, revisions, exchange };
  // Told once already, with both values
  const standard = judgeByStandard(document, options).filter(
    ({ id }) => id !== `${kind}/identifier-mismatch`,
  );
  const hasOther = all.some((other) => other.kind === 'oauth');
  return [...standard, ...judgeForClients(document, options)].filter(
    ({ id }) => !(id === 'openid/mcp-openid-only' && (hasOther || kind === 'openid')),
  );
}

async function checkKeys(
  issuer: string,
  documents: readonly FoundDocument[],
  door: Door,
): Promise<readonly Finding[]> {
  const uri = documents
    .map(({ document }) => document['jwks_uri'])
    .find((value) => typeof value === 'string');
  if (typeof uri !== 'string' || !URL.canParse(uri)) return [];
  const base = {
    id: 'keys/fetched',
    area: 'keys',
    severity: 'MUST',
    title: 'The key set can be fetched',
    clause: 'RFC 8414 §2',
  } as const;
  try {
    const response = await door.send(uri, {
      headers: { accept: 'application/json, application/jwk-set+json' },
    });
    const read = readDocument(response);
    if (typeof read === 'string')
      return [
        {
          ...base,
          outcome: 'failed',
          message: `${uri} ${read}`,
          fix: 'Publish the key set there.',
          exchange: response.exchange,
        },
      ];
    return [{ ...base, outcome: 'passed' }, ...(await judgeKeys(read, issuer, response.exchange))];
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
    return [
      {
        ...base,
        outcome: 'failed',
        message: error.message,
        fix: 'Publish the key set at an address that resource servers reach.',
        exchange: error.exchange,
      },
    ];
  }
}

/** The engine itself has the last word on whether it can work with the server. */
async function checkByLibrary(issuer: string, door: Door): Promise<readonly Finding[]> {
  const base = {
    area: 'this library',
    severity: 'MUST',
    title: 'MCP Auth can work with it as it is',
  } as const;
  const warnings: string[] = [];
  try {
    await fetchServerConfig(issuer, {
      fetch: doorFetch(door.send),
      onEvent: (event) => {
        if (event.type === 'warning') warnings.push(event.message);
      },
    });
  } catch (error) {
    if (!(error instanceof MCPAuthError)) throw error;
    return [
      {
        ...base,
        id: 'library/discovery',
        outcome: 'failed',
        message: `${error.code}: ${error.message}`,
        fix: 'See the page of the code; the findings above say more.',
        link: error.link,
      },
    ];
  }
  return [
    { ...base, id: 'library/discovery', outcome: 'passed' },
    ...warnings.map((title): Finding => ({
      id: 'library/warning',
      area: 'this library',
      severity: 'note',
      outcome: 'passed',
      title,
    })),
  ];
}

function describeProvider(issuer: string): readonly Finding[] {
  const provider = recogniseProvider(issuer);
  const base = { area: 'resource indicators', severity: 'note', outcome: 'passed' } as const;
  return [
    {
      ...base,
      id: 'resource-indicators/unseen',
      title:
        'Metadata does not tell whether the parameter resource is honoured: only a token does. Log in once and read its aud with mcp-auth explain.',
      clause: 'RFC 8707 §2',
    },
    ...(provider === undefined
      ? []
      : [
          {
            ...base,
            id: 'provider/known',
            area: 'this library',
            title: `This is ${provider.name}, by its issuer`,
          } as const,
        ]),
  ];
}
