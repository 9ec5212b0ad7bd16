import { flag, strings, url } from '../member.js';

/** OpenID Provider members for sessions, logout and registration prompts. */
export const openidSessionsMembers = {
  check_session_iframe: url({
    source: 'OpenID Connect Session Management 1.0 section 3.3',
    level: 'conditional',
    condition: 'required when session management is supported',
    constraints: ['https'],
    description: 'Page that answers session state by postMessage.',
  }),
  end_session_endpoint: url({
    source: 'OpenID Connect RP-Initiated Logout 1.0 section 2.1',
    level: 'conditional',
    condition: 'required when RP-initiated logout is supported',
    constraints: ['https'],
    description: 'Where a relying party sends the user to log out.',
  }),
  frontchannel_logout_supported: flag({
    source: 'OpenID Connect Front-Channel Logout 1.0 section 3',
    level: 'optional',
    default: false,
    description: 'Front-channel logout support.',
  }),
  frontchannel_logout_session_supported: flag({
    source: 'OpenID Connect Front-Channel Logout 1.0 section 3',
    level: 'optional',
    default: false,
    registration: 'unconfirmed',
    confirmedBy: 'library-only',
    description: 'Whether iss and sid go into the logout URL.',
  }),
  backchannel_logout_supported: flag({
    source: 'OpenID Connect Back-Channel Logout 1.0 section 2.1',
    level: 'optional',
    default: false,
    description: 'Back-channel logout support.',
  }),
  backchannel_logout_session_supported: flag({
    source: 'OpenID Connect Back-Channel Logout 1.0 section 2.1',
    level: 'optional',
    default: false,
    description: 'Whether sid is included in logout tokens.',
  }),
  prompt_values_supported: strings({
    source: 'Initiating User Registration via OpenID Connect 1.0 section 4.1',
    level: 'optional',
    constraints: ['not empty'],
    registration: 'unconfirmed',
    confirmedBy: 'none',
    description: 'prompt values accepted, e.g. create.',
  }),
};
