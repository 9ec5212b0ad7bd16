import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setStage, type Stage } from '../src/stage.js';
import { findActor, logIn, textOf, type User } from './call-tool.js';

describe('notes', () => {
  let stage: Stage;
  let alice: User;
  let bob: User;
  let aliceNote: { id: string };

  beforeAll(async () => {
    stage = await setStage(0);
    const notes = findActor(stage, 'notes');
    alice = await logIn(stage, notes, 'alice', ['notes']);
    bob = await logIn(stage, notes, 'bob', ['notes']);
    const answer = await alice.call('add-note', { text: 'for my eyes only' });
    aliceNote = (answer.structuredContent as { note: { id: string } }).note;
  });
  afterAll(() => stage.close());

  it("does not show one user another's notes", async () => {
    const answer = await bob.call('list-notes');
    expect(answer.structuredContent).toEqual({ owner: 'bob', notes: [] });
  });

  it("does not let one user delete another's note, and does not tell that it exists", async () => {
    const foreign = await bob.call('delete-note', { id: aliceNote.id });
    const absent = await bob.call('delete-note', { id: 'none' });
    expect(foreign).toMatchObject({ isError: true });
    expect(textOf(foreign)).toBe(textOf(absent));
  });

  it('keeps, shows and deletes the notes of their owner', async () => {
    const listed = await alice.call('list-notes');
    expect(listed.structuredContent).toEqual({
      owner: 'alice',
      notes: [{ id: aliceNote.id, text: 'for my eyes only' }],
    });
    await alice.call('delete-note', { id: aliceNote.id });
    expect((await alice.call('list-notes')).structuredContent).toEqual({ owner: 'alice', notes: [] });
  });

  it('answers 403 and names the scope to a token without it [RFC6750-3.1-03]', async () => {
    const { resource } = findActor(stage, 'notes');
    const token = await stage.authorizationServer.sign({
      audience: resource,
      subject: 'carol',
      scopes: [],
      expiresInSeconds: 60,
    });
    const response = await fetch(resource, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toContain('scope="notes"');
  });
});
