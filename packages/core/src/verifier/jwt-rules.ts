import type { HeaderRules } from '../token/header-rules.js';
import type { TimeRules } from './time-rules.js';

export interface JwtRules {
  /** Equal for equal rules. */
  readonly id: string;
  readonly header: HeaderRules;
  readonly time: TimeRules;
  readonly requiredClaims: readonly string[];
  readonly subject: string | undefined;
}
