/** @type {import('../faults.mjs').Fault[]} */
export const faults = [
  {
    name: 'a token to whatever address a redirect names',
    file: 'packages/cli/src/doctor/line.ts',
    search: 'door.withToken(target.origin, token)',
    replace: 'door.withToken(url.origin, token)',
    also: [
      {
        file: 'packages/cli/src/doctor/steps/call.ts',
        search:
          "return await line.ask({ method: 'POST', url: target, token, headers: { ...headers, ...origin }, body });",
        replace:
          "const first = await line.ask({ method: 'POST', url: target, token, headers: { ...headers, ...origin }, body });\n    const to = first.headers.get('location');\n    return to === null ? first : await line.ask({ method: 'POST', url: new URL(to), token, headers, body });",
      },
    ],
    suite: 'doctor-hostile',
  },
  {
    name: 'a browser opened at any address',
    file: 'packages/cli/src/doctor/login/open-browser.ts',
    search: 'if (!isUsable(url)) {',
    replace: 'if (false) {',
    suite: 'doctor-hostile',
  },
  {
    name: 'a shell that reads the address of a login',
    file: 'packages/cli/src/doctor/login/open-browser.ts',
    search:
      "return { file: `${root}\\\\System32\\\\rundll32.exe`, args: ['url.dll,FileProtocolHandler', href] };",
    replace: "return { file: `${root}\\\\System32\\\\cmd.exe`, args: ['/c', 'start', href] };",
    suite: 'doctor-hostile',
  },
  {
    name: 'endpoints of any scheme',
    file: 'packages/cli/src/doctor/steps/server-metadata.ts',
    search: '    if (isSafe) continue;\n',
    replace: '    continue;\n',
    suite: 'doctor-hostile',
  },
  {
    name: 'cookies of a login taken to another origin',
    file: 'packages/cli/src/doctor/login/headless.ts',
    search: 'if (url.origin === start.origin) return;',
    replace: 'return;',
    suite: 'doctor-hostile',
  },
  {
    name: 'the token of a registration sent to another origin',
    file: 'packages/cli/src/doctor/steps/registration.ts',
    search: "typeof token === 'string' && url?.origin === endpoint.origin",
    replace: "typeof token === 'string' && url !== undefined",
    also: [
      {
        file: 'packages/cli/src/doctor/steps/registration.ts',
        search: "if (typeof token === 'string') line.conceal(token, endpoint.origin);",
        replace: "if (typeof token === 'string') line.conceal(token, endpoint.origin, url?.origin ?? '');",
      },
    ],
    suite: 'doctor-hostile',
  },
  {
    name: 'state of a login not compared',
    file: 'packages/cli/src/doctor/steps/login.ts',
    search: 'if (stated !== state) {',
    replace: 'if (false) {',
    also: [
      {
        file: 'packages/cli/src/doctor/steps/login.ts',
        search: 'validateAuthResponse(server, { client_id: clientId }, answer, state)',
        replace: "validateAuthResponse(server, { client_id: clientId }, answer, stated ?? '')",
      },
    ],
    suite: 'doctor-steps',
  },
  {
    name: 'issuer of a login not compared',
    file: 'packages/cli/src/doctor/steps/login.ts',
    search: 'if ((iss !== null && iss !== issuer) || (iss === null && statesIssuer)) {',
    replace: 'if (false) {',
    suite: 'doctor-steps',
  },
  {
    name: 'issuer of the metadata not compared',
    file: 'packages/cli/src/doctor/steps/server-metadata.ts',
    search: 'if (stated === issuer) return;',
    replace: 'return;',
    suite: 'doctor-mistakes',
  },
  {
    name: 'a callback under every name of this machine',
    file: 'packages/cli/src/doctor/login/callback-server.ts',
    search: 'if (!isCallback || request.headers.host !== authority) {',
    replace: 'if (!isCallback) {',
    suite: 'doctor-logins',
  },
  {
    name: 'the secret of a client for any authorization server',
    file: 'packages/cli/src/doctor/run-doctor.ts',
    search: 'if (issuer === undefined) {',
    replace: 'if (false) {',
    suite: 'doctor-logins',
  },
];
