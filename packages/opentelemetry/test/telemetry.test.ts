import { runInNewContext } from 'node:vm';
import { metrics, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { protect, statusOf } from '../../core/test/support/protect.js';
import { combine, telemetry, type TelemetryOptions } from '../src/index.js';
import { Recorder } from './support/recorder.js';

afterEach(() => {
  metrics.disable();
  trace.disable();
});

describe('telemetry', () => {
  test('refuses an option that it does not know', () => {
    expect(() => telemetry({ meter: {} } as TelemetryOptions)).toThrow(
      'telemetry: "meter" is unknown. The options are meterProvider and tracerProvider.',
    );
  });

  test('records nothing without an SDK, and no request notices', async () => {
    const { ask, issuer } = await protect({ config: { onEvent: telemetry() } });
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    expect(statusOf(await ask())).toBe(401);
  });

  test('takes the global providers, also those that are registered after it was made', async () => {
    const { ask, issuer } = await protect({ config: { onEvent: telemetry() } });
    const recorder = new Recorder();
    metrics.setGlobalMeterProvider(recorder.meterProvider);
    trace.setGlobalTracerProvider(recorder.tracerProvider);
    await ask(await issuer.sign());
    expect(await recorder.points('mcp_auth.decisions')).toMatchObject([{ value: 1 }]);
    expect(recorder.span('mcp_auth.verify').instrumentationScope.name).toBe('@mcp-auth/opentelemetry');
  });

  test('ignores types of events that it does not know: there will be more', async () => {
    const { meterProvider, tracerProvider } = new Recorder();
    const onEvent = telemetry({ meterProvider, tracerProvider });
    expect(() => onEvent({ type: 'of the future' } as never)).not.toThrow();
  });
});

describe('several listeners', () => {
  test('hear of everything, in order, no matter what one of them does', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const heard: string[] = [];
    const { ask } = await protect({
      config: {
        onEvent: combine(
          () => {
            throw new Error('listener');
          },
          () => Promise.reject(new Error('listener')),
          // Of another realm
          () => runInNewContext('Promise.reject(new Error("listener"))') as unknown,
          ({ type }) => heard.push(`first ${type}`),
          ({ type }) => heard.push(`second ${type}`),
        ),
      },
    });
    expect(statusOf(await ask())).toBe(401);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(heard).toEqual(['first decision', 'second decision']);
  });
});
