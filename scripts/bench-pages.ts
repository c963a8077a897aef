/** The same turns over a large collection: ten thousand invented pages beside the demo, and questions that they answer. Bounded as in R-14. */
import { makePages, pageId, pageQuestions } from './bench/pages.ts';
import { storeAll } from './bench/corpus.ts';
import { percentile } from './bench/verdict.ts';
import { slopeOf } from './bench-soak.ts';
import { benchTurns, type TurnFigures } from './bench-turns.ts';

const LIMITS = { p50Ms: 10, p95Ms: 25, p99Ms: 100 } as const;
const SLOPE_MB = 1;
/** A slope of less than this is that of caches that fill. */
const LEAST_S_FOR_SLOPE = 300;
const SATURATED_S = 30;
const SAMPLE_MS = 1_000;

export interface PageTurnFigures extends TurnFigures {
  pages: number;
  /** Of the invented pages; the demo's come on top. */
  passages: number;
  steadySeconds: number;
  steadyTurns: number;
  /** Processor time of the server per turn while it is steady: it waits most of the time. */
  steadyCpuMsPerTurn: number;
  /** From the post to its 200, steady. */
  acknowledged: { p50Ms: number; p99Ms: number };
  /** Shares of the steady answers, by outcome. */
  outcomes: Record<string, number>;
  /** Share of the steady answers that cite the very page asked about. */
  citesItsPage: number;
  /** Resident memory, least squares over the last two thirds of the steady phase. */
  rssSlopeMbPerMinute: number;
  failed: string[];
}

export interface PageTurnOptions {
  pages: number;
  conversations: number;
  /** Of the steady phase. */
  seconds: number;
  progress(line: string): void;
}

/** Some twelve minutes with the ten of R-14. */
export async function benchPages({ pages, conversations, seconds, progress }: PageTurnOptions): Promise<PageTurnFigures> {
  const question = pageQuestions(pages);
  const outcomes: Record<string, number> = {};
  const acknowledged: number[] = [];
  const memory: [number, number][] = [];
  let passages = 0;
  let cited = 0;
  let cpuMs = 0;
  const counted = function* () {
    for (const document of makePages(pages)) {
      passages += document.sections.length;
      yield document;
    }
  };
  const turns = await benchTurns({
    conversations,
    seconds,
    saturatedSeconds: Math.min(SATURATED_S, seconds),
    progress,
    prepare(dataDir) {
      progress(`writing ${pages} pages to a database`);
      return storeAll(dataDir, counted());
    },
    ask: (n) => question(n).text,
    watch: {
      answered(n, { channelData, entities }, acknowledgedMs) {
        const outcome = channelData?.sportello?.outcome ?? 'none';
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
        acknowledged.push(acknowledgedMs);
        if (JSON.stringify(entities ?? '').includes(`/sources/${pageId(question(n).page)}/`)) cited++;
      },
      steady(server) {
        const [began, cpuFrom] = [performance.now(), server.cpuMs()];
        const sampling = setInterval(() => memory.push([(performance.now() - began) / 60_000, server.rssMb()]), SAMPLE_MS);
        return () => {
          clearInterval(sampling);
          cpuMs = server.cpuMs() - cpuFrom;
        };
      },
    },
  });
  const steadyTurns = acknowledged.length;
  const share = (count: number) => Math.round((count / Math.max(1, steadyTurns)) * 1000) / 1000;
  const figures = {
    ...turns,
    pages,
    passages,
    steadySeconds: seconds,
    steadyTurns,
    steadyCpuMsPerTurn: share(cpuMs),
    acknowledged: { p50Ms: percentile(acknowledged, 0.5), p99Ms: percentile(acknowledged, 0.99) },
    outcomes: Object.fromEntries(Object.entries(outcomes).map(([name, count]) => [name, share(count)])),
    citesItsPage: share(cited),
    rssSlopeMbPerMinute: slopeOf(memory.slice(Math.floor(memory.length / 3))),
  };
  return { ...figures, failed: judge(figures) };
}

function judge(figures: Omit<PageTurnFigures, 'failed'>): string[] {
  const { errors, lost, duplicated, outOfOrder, rssSlopeMbPerMinute } = figures;
  const failed = Object.entries(LIMITS).flatMap(([key, limit]) => {
    const value = figures[key as keyof typeof LIMITS];
    return value > limit ? [`${key} ${value} > ${limit}`] : [];
  });
  if (figures.steadySeconds >= LEAST_S_FOR_SLOPE && rssSlopeMbPerMinute >= SLOPE_MB)
    failed.push(`memory grows by ${rssSlopeMbPerMinute} MB a minute`);
  if (errors + lost + duplicated + outOfOrder > 0)
    failed.push(`${errors} errors, ${lost} lost, ${duplicated} doubled, ${outOfOrder} out of order`);
  return failed;
}
