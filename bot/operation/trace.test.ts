/** Traces of real turns as a collector gets them, and what becomes of them when it is away. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openOffice } from '../desk/fixtures/open-office.ts';
import { createTracer, watched } from './trace.ts';

interface Sent {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: Record<string, unknown> }[];
  status: { code: number };
}

async function startCollector() {
  const bodies: string[] = [];
  const paths: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => (body += piece));
    request.on('end', () => {
      bodies.push(body);
      paths.push(`${request.method} ${request.url} ${request.headers['content-type']}`);
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const spans = () =>
    bodies.flatMap(
      (body) => (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Sent[] }[] }[] }).resourceSpans[0]?.scopeSpans[0]?.spans ?? [],
    );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    paths,
    spans,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
const quiet = { warn() {} };

test('one turn is one trace: spoken, answered, looked up, composed, committed; nothing of what was written or who wrote it', {
  timeout: 180_000,
}, async () => {
  const collector = await startCollector();
  const office = await openOffice({ DEMO: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'prova' });
  const talk = await office.citizens.converse();
  await talk.until(1);
  await talk.say('Quanto costa la carta d’identità? Sono Zaccaria Zafferani');
  // The first turn of a process learns its routes: on a busy machine that takes its time.
  await expect.poll(async () => (await talk.read()).activities.length, { timeout: 90_000 }).toBe(3);
  await office.stop();
  collector.stop();
  expect(new Set(collector.paths)).toEqual(new Set(['POST /v1/traces application/json']));
  const spans = collector.spans();
  const answer = spans.find(({ name }) => name === 'knowledge.answerQuestion');
  const trace = spans.filter(({ traceId }) => traceId === answer?.traceId);
  const parentOf = (name: string) => trace.find(({ spanId }) => spanId === trace.find((one) => one.name === name)?.parentSpanId)?.name;
  const names = [...new Set(trace.map(({ name }) => name))].sort();
  expect(names).toEqual(
    expect.arrayContaining(['composer.compose', 'index.query', 'knowledge.answerQuestion', 'turn', 'turn.commit', 'turn.speak']),
  );
  expect([
    parentOf('turn'),
    parentOf('turn.speak'),
    parentOf('turn.commit'),
    parentOf('knowledge.answerQuestion'),
    parentOf('index.query'),
  ]).toEqual([undefined, 'turn', 'turn', 'turn.speak', 'knowledge.answerQuestion']);
  for (const { traceId, spanId, startTimeUnixNano, endTimeUnixNano, status } of trace) {
    expect([traceId, spanId].join()).toMatch(/^[0-9a-f]{32},[0-9a-f]{16}$/);
    expect(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano)).toBe(true);
    expect(Math.abs(Number(BigInt(startTimeUnixNano) / 1_000_000n) - Date.now())).toBeLessThan(3_600_000);
    expect(status.code).toBe(1);
  }
  expect(trace.find(({ name }) => name === 'turn')?.attributes).toEqual([
    { key: 'channel', value: { stringValue: 'web' } },
    { key: 'kind', value: { stringValue: 'text' } },
    { key: 'attempts', value: { intValue: '0' } },
  ]);
  expect(collector.bodies.join()).not.toMatch(/Zafferani|carta d|costa/i);
  expect(collector.bodies.join()).not.toContain(talk.id);
  expect(collector.bodies[0]).toContain('"stringValue":"prova"');
});

test('off is off: no tracer, no wrapper', async () => {
  const tracer = createTracer({ endpoint: '', service: 's', version: '1', share: 1, log: quiet });
  const whole = { work: async () => 1 };
  expect(watched(tracer.watch, 'x', whole, ['work'])).toBe(whole);
  expect(await tracer.watch('a', {}, async () => 2)).toBe(2);
});

test('what fails is marked and still fails; what is not chosen leaves nothing, with all that is below it', async () => {
  const collector = await startCollector();
  const tracer = createTracer({ endpoint: `${collector.url}/`, service: 's', version: '1', share: 1, log: quiet });
  await expect(
    tracer.watch('outer', {}, () => tracer.watch('inner', { share: 0.5 }, () => Promise.reject(new Error('no')))),
  ).rejects.toThrow('no');
  await tracer.close();
  expect(collector.spans().map(({ name, status }) => [name, status.code])).toEqual([
    ['inner', 2],
    ['outer', 2],
  ]);
  const none = createTracer({ endpoint: collector.url, service: 's', version: '1', share: 0, log: quiet });
  await none.watch('outer', {}, () => none.watch('inner', {}, async () => 1));
  await none.close();
  expect(collector.spans()).toHaveLength(2);
  collector.stop();
});

test('a collector that is away is told of once, work goes on, and what waits is bounded', async () => {
  const told: string[] = [];
  const tracer = createTracer({
    endpoint: 'http://127.0.0.1:9',
    service: 's',
    version: '1',
    share: 1,
    log: { warn: (_, words) => told.push(words) },
  });
  for (let i = 0; i < 5_000; i++) await tracer.watch('a', {}, async () => i);
  expect(tracer.dropped()).toBe(5_000 - 4_096);
  await tracer.close();
  expect(tracer.dropped()).toBe(5_000);
  expect(told).toEqual(['traces cannot be sent']);
});
