import type { PolicyPlace } from '../../src/operation/operation-rules.js';
import { resource } from './protect.js';

/** Where rules hold that a test compiles by itself. */
export const place: PolicyPlace = { resource, now: Date.now };
