import type { BearerAuthOptions, EventListener } from '@mcp-auth/core';
import { createHead } from '../../../core/test/support/head.js';
import { protect, type Protected, type ProtectOptions } from '../../../core/test/support/protect.js';
import { telemetry } from '../../src/index.js';
import { Recorder } from './recorder.js';

export interface Instrumented extends Protected {
  readonly recorder: Recorder;
  readonly onEvent: EventListener;
}

export interface InstrumentedOperations extends Instrumented {
  /** Asks both questions about one JSON-RPC request, as an adapter does. */
  readonly call: (method: string, params?: object) => Promise<unknown>;
}

/** A protected resource that is recorded. */
export async function instrument(options: ProtectOptions = {}): Promise<Instrumented> {
  const recorder = new Recorder();
  const { meterProvider, tracerProvider } = recorder;
  const onEvent = telemetry({ meterProvider, tracerProvider });
  const found = await protect({ ...options, config: { onEvent, ...options.config } });
  return { ...found, recorder, onEvent };
}

/** The same with rules for operations. */
export async function instrumentOperations(
  operations: BearerAuthOptions['operations'],
): Promise<InstrumentedOperations> {
  const found = await instrument({ options: { operations } });
  const token = await found.issuer.sign();
  const call = async (method: string, params?: object) => {
    const head = createHead({ headers: { authorization: `Bearer ${token}` } });
    const first = await found.gate.authenticate(head);
    if (first.kind === 'refuse') throw new Error('denied');
    return found.gate.authorize(head, first.auth, {
      kind: 'json',
      value: { jsonrpc: '2.0', id: 1, method, params },
    });
  };
  return { ...found, call };
}
