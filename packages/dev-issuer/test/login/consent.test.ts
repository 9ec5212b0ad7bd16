import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDevIssuer, type DevIssuer } from '../../src/index.js';
import { createRequest, logIn, redirectUri, registered } from '../support/client.js';
import { readForm, unescape, Visitor, type Page } from '../support/visitor.js';

const resource = 'http://localhost:3000/mcp';
let issuer: DevIssuer;
beforeAll(async () => {
  issuer = await startDevIssuer({
    port: 0,
    scopes: {
      'notes:read': 'read your notes',
      'notes:write': 'write your notes',
      'notes:count': { description: "count everybody's notes", users: ['admin', 'carol'] },
    },
  });
});
afterAll(() => issuer.close());

async function openLogin(
  parameters: Record<string, string> = {},
  metadata: object = {},
): Promise<{ visitor: Visitor; page: Page }> {
  const client = await registered(issuer.issuer, metadata);
  const { url } = createRequest(issuer.issuer, client, { resource, scope: 'notes:read notes:write', ...parameters });
  const visitor = new Visitor();
  return { visitor, page: await visitor.openPage(url) };
}

const allow = { change: { decision: 'allow' } };

describe('without a press of Allow at the page nobody gets in', () => {
  it.each([
    ['without the token of the page', {}, ['csrf']],
    ['with a made-up one', { csrf: 'x'.repeat(43) }, []],
    ['with an empty one', { csrf: '' }, []],
  ])('a form %s is refused', async (_what, change, drop) => {
    const { visitor, page } = await openLogin();
    const answer = await visitor.submit(page, { change: { decision: 'allow', ...change }, drop });
    expect(answer).toMatchObject({ status: 403 });
    expect(await visitor.submit(page, allow)).toBeInstanceOf(URL);
  });

  it('nor with the token of another login', async () => {
    const [mine, others] = [await openLogin(), await openLogin()];
    const csrf = readForm(others.page.html).find(([name]) => name === 'csrf')?.[1] ?? '';
    expect(csrf).not.toBe('');
    const answer = await mine.visitor.submit(mine.page, { change: { decision: 'allow', csrf } });
    expect(answer).toMatchObject({ status: 403 });
  });

  it('nor at the page of somebody else, whose cookie is missing', async () => {
    const { page } = await openLogin();
    expect(await new Visitor().submit(page, allow)).toMatchObject({ status: 400 });
  });

  it('nor a second time, though the user is logged in and has said yes to this very client', async () => {
    const client = await registered(issuer.issuer);
    const visitor = new Visitor();
    for (let count = 0; count < 2; count++) {
      const { url } = createRequest(issuer.issuer, client, { resource, scope: 'notes:read openid' });
      const answer = await visitor.submit(await visitor.openPage(url), allow);
      expect((answer as URL).searchParams.get('code')).toBeTruthy();
    }
    const { url } = createRequest(issuer.issuer, client, { resource, scope: 'notes:read openid', prompt: 'none' });
    const silent = await visitor.open(url);
    expect((silent as URL).searchParams.get('error')).toMatch(/_required$/);
  });

  it('nor a client of the web, whose login would need no page otherwise', async () => {
    const metadata = { application_type: 'web', redirect_uris: ['https://client.example/callback'] };
    const client = await registered(issuer.issuer, metadata);
    const visitor = new Visitor();
    for (let count = 0; count < 2; count++) {
      const { url } = createRequest(issuer.issuer, client, { resource, scope: 'notes:read' });
      await visitor.submit(await visitor.openPage(url), allow);
    }
    const { url } = createRequest(issuer.issuer, client, { resource, scope: 'notes:read', prompt: 'none' });
    expect(((await visitor.open(url)) as URL).searchParams.get('error')).toBe('consent_required');
  });

  it.each([{}, { decision: 'yes' }])('with %j there is no decision', async (change: Record<string, string>) => {
    const { visitor, page } = await openLogin();
    expect(await visitor.submit(page, { change })).toMatchObject({ status: 400 });
  });

  it.each(['mallory', '', 'Alice', '__proto__'])('%j is nobody', async (account) => {
    const { visitor, page } = await openLogin();
    expect(await visitor.submit(page, { change: { decision: 'allow', account } })).toMatchObject({ status: 400 });
  });
});

describe('the user decides', () => {
  it('to deny it', async () => {
    const { visitor, page } = await openLogin();
    const answer = (await visitor.submit(page, { change: { decision: 'deny' } })) as URL;
    expect(Object.fromEntries(answer.searchParams)).toMatchObject({
      error: 'access_denied',
      error_description: 'The user denied the request.',
      state: 'mine',
      iss: issuer.issuer,
    });
    expect(answer.searchParams.has('code')).toBe(false);
  });

  it('to allow less than was asked for', async () => {
    const client = await registered(issuer.issuer);
    const asked = { resource, scope: 'notes:read notes:write' };
    const tokens = await logIn(issuer.issuer, client, asked, { account: 'bob', scope: 'notes:read' });
    expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: 'bob', scope: 'notes:read', aud: resource });
    // RFC 6749 §5.1: the client is told
    expect(tokens.scope).toBe('notes:read');
  });

  it('to allow nothing, which is to deny it', async () => {
    const { visitor, page } = await openLogin();
    const answer = await visitor.submit(page, { change: { decision: 'allow' }, drop: ['scope'] });
    expect((answer as URL).searchParams.get('error')).toBe('access_denied');
  });

  it('of no more than was asked for, and than they may', async () => {
    const client = await registered(issuer.issuer);
    const change = { account: 'alice', scope: ['notes:read', 'notes:write', 'notes:count', 'made:up'] };
    const tokens = await logIn(issuer.issuer, client, { resource, scope: 'notes:read notes:count' }, change);
    expect(decodeJwt(tokens.access_token)['scope']).toBe('notes:read');
  });

  it('as somebody who may do more', async () => {
    const client = await registered(issuer.issuer);
    const tokens = await logIn(issuer.issuer, client, { resource, scope: 'notes:count' }, { account: 'carol' });
    expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: 'carol', name: 'Carol', scope: 'notes:count' });
  });
});

describe('the page', () => {
  it('runs no script, loads nothing but its stylesheet, and stands in no frame', async () => {
    const { page } = await openLogin();
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(["default-src 'none'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"]);
    expect(page.html).not.toMatch(/<script|<style| style=| on\w+=|<img|javascript:/i);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
    // Browsers send `Origin: null` with the form under no-referrer
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
  });

  it('shows what a client says of itself as text', async () => {
    const { page } = await openLogin({}, { client_name: '<script>alert("1")</script> & sons' });
    expect(page.html).not.toContain('<script');
    expect(unescape(page.html)).toContain('<strong><script>alert("1")</script> & sons</strong>');
  });

  it('does not let a name turn round or hide what stands next to it', async () => {
    const { page } = await openLogin({}, { client_name: 'Bank\u202Ekcatta\u2066\u200B\u0007' });
    expect(page.html).not.toMatch(/[\u0007\u200B\u202A-\u202E\u2066-\u2069]/);
    expect(page.html).toContain('Bank\uFFFDkcatta');
  });

  it('shows where the answer goes, by a name that looks like no other', async () => {
    // Cyrillic а
    const uri = 'https://b\u0430nk.example/callback';
    const { page } = await openLogin({}, { redirect_uris: [uri] });
    expect(new URL(uri).hostname).toMatch(/^xn--/);
    expect(page.html).toContain(`<strong>${new URL(uri).href}</strong>`);
    expect(page.html).not.toContain('b\u0430nk');
  });

  it('asks for no picture of a client', async () => {
    const { page } = await openLogin({}, { logo_uri: 'https://client.example/logo.svg', client_uri: 'https://client.example/' });
    expect(page.html).not.toContain('client.example');
  });

  it('names the users, the resource, the scopes in words, and who alone may grant one', async () => {
    const { page } = await openLogin({ scope: 'notes:read notes:count' });
    expect(issuer.users).toEqual(['alice', 'bob', 'admin', 'carol']);
    for (const user of issuer.users) expect(page.html).toContain(`value="${user}"`);
    const text = unescape(page.html);
    expect(text).toContain(`<strong>${resource}</strong>`);
    expect(text).toContain(`<strong>${redirectUri}</strong>`);
    expect(text).toContain('read your notes (<code>notes:read</code>)</label>');
    expect(text).toContain("count everybody's notes (<code>notes:count</code>). Only admin, carol can allow this");
  });
});
