/** Probes: is the process alive, may it take traffic, how is each thing it stands on. */
import type { Route } from './route.ts';

export interface Dependency {
  name: string;
  /** `unreachable` and `capped` are of things that answers go on without; a rejection counts as down. */
  state(): Promise<'ok' | 'degraded' | 'off' | 'unreachable' | 'capped'>;
}

export interface Readiness {
  /** Not while starting or stopping, nor when the worker has not moved for 30 s with messages waiting. */
  ready(): boolean;
  dependencies: Dependency[];
  version: string;
}

export function healthRoutes(readiness: Readiness): Route[] {
  const probe = { method: 'get', permission: 'public' } as const;
  return [
    { ...probe, path: '/health/live', summary: 'The process answers', handle: async () => ({ status: 200, body: { status: 'ok' } }) },
    {
      ...probe,
      path: '/health/ready',
      summary: 'The server may receive traffic',
      handle: async () =>
        readiness.ready()
          ? { status: 200, body: { status: 'ok' } }
          : { status: 503, headers: { 'retry-after': '5' }, body: { status: 'not ready' } },
    },
    {
      ...probe,
      path: '/health',
      summary: 'State of each dependency',
      async handle() {
        const states = await Promise.all(
          readiness.dependencies.map(async (dependency) => [dependency.name, await dependency.state().catch(() => 'down')] as const),
        );
        const down = states.some(([, state]) => state === 'down') || !readiness.ready();
        return {
          status: down ? 503 : 200,
          body: { status: down ? 'down' : 'ok', version: readiness.version, dependencies: Object.fromEntries(states) },
        };
      },
    },
  ];
}
