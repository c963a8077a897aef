/** Services beside the server that hang, lie or are away: the citizen gets an answer all the same. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { percentile } from '../verdict.ts';
import { freePort, startProcess } from '../server-process.ts';
import { type Case, must, openTalks, post, settingsFor, withDemo } from './case.ts';

const MODEL_LIMIT_MS = 6_000;
const INDEX_LIMIT_MS = 2_000;

/** Two calls: restify, loaded elsewhere in this process, replaces a writeHead that could be chained. */
function reply(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' });
  response.end(body);
}

type Fault = (response: ServerResponse) => void;
const faults: Record<string, Fault> = {
  hangs: () => {},
  'answers 500': (response) => reply(response, 500, '{}'),
  'answers 429': (response) => reply(response, 429, '{}'),
  'sends garbage': (response) => reply(response, 200, '{"choices": [{'),
  'cuts the line': (response) => void response.destroy(),
};

/** Questions one after another; their times in milliseconds. */
async function times(origin: string, questions: number): Promise<number[]> {
  const { talks, close } = await openTalks(origin, 1);
  const taken: number[] = [];
  for (let n = 0; n < questions; n++) {
    const began = performance.now();
    const id = await post(talks[0]!, 1);
    await talks[0]!.citizen.answered(id, 20_000);
    taken.push(performance.now() - began);
  }
  await close();
  return taken;
}

export const awayCases: Case[] = [
  {
    id: 'R-09',
    name: 'the model hangs, fails, lies or cuts the line',
    run: ({ progress }) =>
      withDemo(async (folder) => {
        let fault: Fault = () => {};
        let asked = 0;
        const model = createServer((_request, response) => {
          asked++;
          fault(response);
        });
        await new Promise<void>((done) => model.listen(0, '127.0.0.1', done));
        const OPENAI_BASE_URL = `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`;
        const settings = settingsFor(folder, { DEMO: 'true', COMPOSER: 'openai', MODEL: 'stand-in', OPENAI_BASE_URL });
        const told: string[] = [];
        try {
          for (const [name, behave] of Object.entries(faults)) {
            // The first question after a start waits for what is read only once: that is no fault of the model.
            fault = faults['answers 500']!;
            const server = await startProcess('bot/main.ts', settings, await freePort());
            try {
              await times(server.origin, 1);
              fault = behave;
              asked = 0;
              const taken = await times(server.origin, 8);
              const worst = Math.round(Math.max(...taken));
              progress(`R-09: ${name}: slowest ${worst} ms, asked ${asked} times`);
              must(worst <= MODEL_LIMIT_MS, `it ${name}: an answer took ${worst} ms`);
              told.push(`${name}: slowest ${worst} ms`);
            } finally {
              await server.kill();
            }
          }
        } finally {
          model.closeAllConnections();
          model.close();
        }
        return told.join('; ');
      }),
  },
  {
    id: 'R-10',
    name: 'the index server is away',
    run: () =>
      withDemo(async (folder) => {
        const settings = settingsFor(folder, { DEMO: 'true', INDEX: 'qdrant', QDRANT_URL: `http://127.0.0.1:${await freePort()}` });
        const server = await startProcess('bot/main.ts', settings, await freePort());
        try {
          const taken = await times(server.origin, 20);
          const health = (await (await fetch(`${server.origin}/health`)).json()) as { dependencies: { index: string } };
          must(health.dependencies.index === 'degraded', `/health says ${health.dependencies.index}`);
          must(percentile(taken, 0.95) <= INDEX_LIMIT_MS, `p95 ${percentile(taken, 0.95)} ms`);
          return `20 answers, p95 ${percentile(taken, 0.95)} ms; /health says degraded`;
        } finally {
          await server.kill();
        }
      }),
  },
];
