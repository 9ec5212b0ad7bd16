import type { RequestListener } from 'node:http';
import { listen, type RunningServer } from '@mcp-auth/app-sample-kit';
import {
  startAuthorizationServer,
  type AuthorizationServer,
} from './authorization-server/authorization-server.js';
import { cast, opaqueRole, type Role } from './cast.js';
import { portAdvice } from './options.js';
import { Recorder } from './recorder.js';

/** A sample server in its place. */
export interface Actor extends Role {
  readonly resource: string;
}

/** Everything that runs. */
export interface Stage {
  readonly recorder: Recorder;
  readonly authorizationServer: AuthorizationServer;
  /** Genuine, but trusted by none of the servers. */
  readonly otherAuthorizationServer: AuthorizationServer;
  /** Trusted by all servers that trust several, but not asked for anything before it is needed. */
  readonly newAuthorizationServer: AuthorizationServer;
  readonly actors: readonly Actor[];
  /** Gets opaque tokens only. */
  readonly opaqueActor: Actor;
  close(): Promise<void>;
}

export const authorizationServerName = 'authorization server';
export const newAuthorizationServerName = 'new authorization server';
export const otherAuthorizationServerName = 'other authorization server';

/**
 * Starts the authorization servers and the sample servers on consecutive ports; 0 takes any free ones.
 *
 * @throws {StartupError} when a port cannot be had
 */
export async function setStage(firstPort: number): Promise<Stage> {
  const recorder = new Recorder();
  const running: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.close()));
  };
  let nextPort = firstPort;
  const takePort = (): number => (firstPort === 0 ? 0 : nextPort++);

  try {
    const authorizationServer = await startAuthorizationServer(takePort());
    running.push(authorizationServer);
    recorder.introduce(authorizationServer.issuer, authorizationServerName);

    const newAuthorizationServer = await startAuthorizationServer(takePort());
    running.push(newAuthorizationServer);
    recorder.introduce(newAuthorizationServer.issuer, newAuthorizationServerName);

    const issuers = [authorizationServer.issuer, newAuthorizationServer.issuer] as const;
    const actors: Actor[] = [];
    for (const role of cast) {
      const { server, resource } = await startActor(role, takePort(), issuers, recorder);
      running.push(server);
      actors.push({ ...role, resource });
      authorizationServer.addResource(resource, role.scopes);
    }

    const otherAuthorizationServer = await startAuthorizationServer(takePort());
    running.push(otherAuthorizationServer);
    recorder.introduce(otherAuthorizationServer.issuer, otherAuthorizationServerName);
    for (const { resource, scopes } of actors) otherAuthorizationServer.addResource(resource, scopes);

    const { server, resource } = await startActor(opaqueRole, takePort(), issuers, recorder);
    running.push(server);
    authorizationServer.addResource(resource, opaqueRole.scopes, 'opaque');

    return {
      recorder,
      authorizationServer,
      otherAuthorizationServer,
      newAuthorizationServer,
      actors,
      opaqueActor: { ...opaqueRole, resource },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startActor(
  { name, createApp }: Role,
  port: number,
  [issuer, ...furtherIssuers]: readonly [string, ...string[]],
  recorder: Recorder,
): Promise<{ server: RunningServer; resource: string }> {
  // The resource identifier is known once the port is
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  const server = await listen(
    (request, response) => listener(request, response),
    port,
    '127.0.0.1',
    portAdvice,
  );
  const origin = `http://127.0.0.1:${server.port}`;
  recorder.introduce(origin, name);
  const resource = `${origin}/mcp`;
  const sample = await createApp({
    issuer,
    furtherIssuers,
    resource,
    fetch: recorder.fetchAs(name),
    // Each message is shown where it is needed
    checkAtStart: false,
    onEvent: (event) => {
      if (event.type === 'decision') recorder.noteDecision(name, event);
    },
  });
  listener = sample.listener;
  return { server, resource };
}
