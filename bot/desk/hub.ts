/** The bridge to the tool that an office answers with already (HANDOFFS): requests and words go there, news come back. With our own desk there is nothing to do. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { Handoffs } from '../../connectors/handoffs/contract.ts';
import type { Line } from '../conversation/line.ts';
import { collect } from '../http/body.ts';
import { Refusal, type Route } from '../http/route.ts';
import type { Desk } from './desk.ts';
import { createNews } from './hub/news.ts';
import { createPassing } from './hub/passing.ts';

/** A tool that is asked need not be asked more often. */
const ASKED_MS = 15_000;
const LOOKED_MS = 2_000;
/** What is said goes out within this time. */
const SOON_MS = 150;
/** The end of a talk comes with the whole talk (Rocket.Chat). */
const LARGEST_POST = 4 * 2 ** 20;

export interface HubParts {
  database: Database;
  desk: Desk;
  handoffs: Handoffs;
  line: Pick<Line, 'watch'>;
  log: { warn(fields: object, message: string): void };
  /** Open desks look again. */
  changed(): void;
  now?: () => number;
}

export interface Hub {
  routes: Route[];
  start(): void;
  /** Lets the round that runs end. */
  stop(): Promise<void>;
}

export function createHub(parts: HubParts): Hub {
  const { database, handoffs, log } = parts;
  const abilities = handoffs.abilities();
  if (abilities.has('own')) return { routes: [], start() {}, async stop() {} };
  const now = parts.now ?? Date.now;
  const take = createNews({ ...parts, now });
  const pass = createPassing({ database, handoffs, take, log, now });
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let soon: NodeJS.Timeout | undefined;
  let looking: NodeJS.Timeout | undefined;
  let stopWatching = () => {};

  /** One round at a time, of all processes; what came meanwhile has a round of its own. */
  function round(): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = database
      .alone(pass)
      .catch((error: unknown) => log.warn({ error }, 'another tool could not be told'))
      .finally(() => {
        running = null;
        if (again) {
          again = false;
          round();
        }
      });
  }

  const webhook: Route = {
    method: 'post',
    path: '/webhooks/handoffs',
    permission: 'service',
    summary: `News of ${handoffs.name}: agents’ words and what became of a conversation; signed`,
    body: 'raw',
    async handle(request) {
      const body = (await collect(request.raw, LARGEST_POST)).toString('utf8');
      const news = handoffs.receive({ headers: request.headers, body });
      if (news.kind !== 'ok') throw new Refusal(401, 'Unauthorized', 'The signature is wrong, or this was sent long ago.');
      for (const one of news.value) await take(one);
      if (news.value.length > 0) parts.changed();
      return { status: 200, body: {} };
    },
  };

  return {
    routes: abilities.has('posts') ? [webhook] : [],
    start() {
      looking = setInterval(round, abilities.has('asked') ? ASKED_MS : LOOKED_MS).unref();
      stopWatching = parts.line.watch(() => {
        soon ??= setTimeout(() => {
          soon = undefined;
          round();
        }, SOON_MS).unref();
      });
      round();
    },
    async stop() {
      stopped = true;
      clearInterval(looking);
      clearTimeout(soon);
      stopWatching();
      await running;
    },
  };
}
