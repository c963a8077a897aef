/** How the office's own tools are, and what each can do: asked of the plugs, remembered for a while so that a probe does not become their load. */
import type { Health } from '../../connectors/result.ts';
import type { Tools } from '../../connectors/tools/pinned.ts';
import type { Dependency } from '../http/health.ts';
import type { Route } from '../http/route.ts';
import type { Deliveries } from './case-file-delivery.ts';
import type { Office } from './open-office.ts';

export interface Connector {
  /** `bookings`, `cases` … */
  socket: string;
  /** Name of the plug. */
  name: string;
  health(): Promise<Health>;
  capabilities?(): Set<string>;
}

export interface ConnectorState {
  socket: string;
  plug: string;
  state: 'up' | 'down';
  /** One line for the operator. */
  detail: string;
  capabilities: string[];
}

const KEPT_MS = 15_000;

export interface Connectors {
  states(): Promise<ConnectorState[]>;
  /** For /health: the assistant goes on without any of them. */
  dependencies: Dependency[];
  routes: Route[];
}

export function createConnectors(connectors: Connector[], now: () => number = Date.now): Connectors {
  const kept = new Map<string, { at: number; state: Promise<ConnectorState> }>();

  async function ask({ socket, name, health, capabilities }: Connector): Promise<ConnectorState> {
    const { state, detail } = await health().catch((error: unknown): Health => ({ state: 'down', detail: String(error) }));
    return { socket, plug: name, state, detail, capabilities: [...(capabilities?.() ?? [])].sort() };
  }

  function stateOf(connector: Connector): Promise<ConnectorState> {
    const known = kept.get(connector.socket);
    if (known && now() - known.at < KEPT_MS) return known.state;
    const state = ask(connector);
    kept.set(connector.socket, { at: now(), state });
    return state;
  }

  const states = () => Promise.all(connectors.map(stateOf));
  return {
    states,
    dependencies: connectors.map((connector) => ({
      name: connector.socket,
      state: async () => ((await stateOf(connector)).state === 'up' ? 'ok' : 'unreachable'),
    })),
    routes: [
      {
        method: 'get',
        path: '/api/connectors',
        permission: ['administrator'],
        summary: 'The office’s own tools: which plug, whether it answers, what it can do',
        handle: async () => ({ status: 200, body: { connectors: await states() } }),
      },
    ],
  };
}

type Plug = Omit<Connector, 'socket'>;
const only = ({ name, health, capabilities }: Plug): Plug => ({ name, health, ...(capabilities && { capabilities }) });

/** Files that did not arrive yet show with the tool that should have them. */
const withFiles = (plug: Plug, deliveries: Pick<Deliveries, 'counts'>): Plug => ({
  ...only(plug),
  async health() {
    const { state, detail } = await plug.health();
    const { waiting, failed } = await deliveries.counts();
    const late = [waiting > 0 ? `allegati in attesa: ${waiting}` : '', failed > 0 ? `allegati non consegnati: ${failed}` : ''];
    return { state, detail: [detail, ...late].filter(Boolean).join('; ') };
  },
});

type Server = Office & {
  tools: Tools;
  citizens: { signIns: { identities: Plug } };
  handoffs: Plug;
  deliveries: Pick<Deliveries, 'counts'>;
};

/** Every tool that the server was opened with. */
export function connectorsOf(server: Server): Connector[] {
  const { bookings, cases, reports, payments, mails, tools, citizens, handoffs } = server;
  const plugs: [string, Plug][] = [
    ['bookings', bookings],
    ['cases', withFiles(cases, server.deliveries)],
    ['reports', reports],
    ['payments', payments],
    ['mails', mails],
    ['identities', citizens.signIns.identities],
    ['handoffs', handoffs],
  ];
  return [
    ...plugs.map(([socket, plug]) => ({ socket, ...only(plug) })),
    ...(tools.names().length > 0 ? [{ socket: 'tools', name: 'mcp', health: () => tools.health() }] : []),
  ];
}
