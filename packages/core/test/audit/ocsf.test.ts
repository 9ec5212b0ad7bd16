import { describe, expect, test } from 'vitest';
import { describeDroppedAsOcsf } from '../../src/audit/ocsf.js';
import { toOcsf } from '../../src/audit.js';
import { allowed, decisions, forged } from './decisions.js';
import { checkEvent, examples } from './ocsf/check-event.js';

/** As a log would keep it. */
const kept = (event: object) => JSON.parse(JSON.stringify(event)) as Readonly<Record<string, unknown>>;

describe('the check itself', () => {
  test.each(examples.map((example) => [example.id, example] as const))('%s', (_id, { event, valid }) => {
    expect(checkEvent(event).length === 0).toBe(valid);
  });
});

describe('a decision as an event of OCSF', () => {
  test.each(Object.entries(decisions))('%s: the schema takes it', (_name, decision) => {
    expect(checkEvent(kept(toOcsf(decision)))).toEqual([]);
  });

  test('the line about dropped decisions is one too', () => {
    expect(checkEvent(kept(describeDroppedAsOcsf(3)))).toEqual([]);
    expect(describeDroppedAsOcsf(3)).toMatchObject({ count: 3, status_id: 2 });
  });

  test('what a token says that did not verify is nobody, and stands where nobody counts it', () => {
    const { unmapped, ...rest } = kept(toOcsf(forged));
    expect(JSON.stringify(rest)).not.toMatch(/administrator|claude-desktop/);
    expect(rest).toMatchObject({ class_uid: 3002, user: { name: 'unknown', type_id: 0 } });
    expect(unmapped).toMatchObject({ claimed: forged.outcome === 'deny' ? forged.claimed : undefined });
  });

  test.each(Object.entries(decisions))(
    '%s: an actor or a user is the verified caller, or none',
    (_name, decision) => {
      const { actor, user } = kept(toOcsf(decision)) as {
        actor?: { user?: { uid?: string }; app_uid?: string };
        user?: { uid?: string };
      };
      const { subject, clientId } = decision.caller ?? {};
      for (const uid of [actor?.user?.uid, user?.uid]) expect([subject, clientId, undefined]).toContain(uid);
      expect([clientId, undefined]).toContain(actor?.app_uid);
    },
  );

  test('a call that is allowed says who, what and where', () => {
    expect(toOcsf(allowed)).toMatchObject({
      class_uid: 6003,
      activity_id: 99,
      actor: {
        user: { uid: 'user-1', type_id: 1 },
        app_uid: 'client-1',
        idp: { issuer: 'https://auth.example.com' },
        authorizations: [{ decision: 'allow' }],
      },
      api: {
        operation: 'tools/call',
        service: { uid: 'https://api.example.com/mcp' },
        request: { uid: 'request-17' },
      },
      resources: [{ type: 'mcp_tool', name: 'write' }],
      status_id: 1,
      action_id: 1,
      unmapped: { via: 'bearer', memory: 'remembered', required: ['notes:read'], granted: ['notes:read'] },
    });
  });

  test('a call that may only read is a read', () => {
    expect(toOcsf(decisions['allowed to list'] ?? allowed)).toMatchObject({
      activity_id: 2,
      type_uid: 600_302,
    });
  });
});
