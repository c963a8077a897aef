/** Dates and hours as said in a booking: taken rightly, asked back, or taken wrongly. */
import { z } from 'zod';
import { BadCommand } from '../../bot/control.ts';
import type { DateReading } from '../../bot/dialogs/dates/reading.ts';
import { readDate } from '../../bot/dialogs/dates/read-date.ts';
import { readLines } from '../corpus.ts';
import type { Suite } from './contract.ts';

const NOW = '2026-11-18T09:00:00+01:00';
const values = z.object({
  date: z.string().nullable(),
  time: z.string().nullable(),
  part: z.string().nullable(),
  ambiguous: z.boolean(),
});
const line = z.object({
  id: z.string(),
  text: z.string(),
  lang: z.string().default('it'),
  expect: values,
  also_ok: z.partialRecord(z.enum(['date', 'time', 'part']), z.array(z.string().nullable())).default({}),
});

type Phrase = z.infer<typeof line>;
interface Got {
  date: string | null;
  time: string | null;
  part: string | null;
  asked: boolean;
}

const suite: Suite = {
  values: ['phrases', 'now'],
  flags: [],
  usage: 'eval -- dates --phrases F [--now ISO] [--out F]',
  async run(args) {
    const file = args.values['phrases'];
    if (!file) throw new BadCommand(`--phrases is missing: ${suite.usage}`);
    const now = new Date(args.values['now'] ?? NOW);
    if (Number.isNaN(now.getTime())) throw new BadCommand(`--now "${args.values['now']}" is not an ISO time such as ${NOW}`);
    const phrases = readLines(file, line);
    const counts = { right: 0, asked: 0, wrong: 0 };
    const failures: Record<string, unknown>[] = [];
    for (const phrase of phrases) {
      const got = plainly(readDate(phrase.text, { now, lang: phrase.lang }));
      const mark = judge(phrase, got);
      counts[mark]++;
      if (mark !== 'right') failures.push({ id: phrase.id, text: phrase.text, expected: phrase.expect, got });
      args.out({ id: phrase.id, ...got });
    }
    return { n: phrases.length, ...counts, failures };
  },
};
export default suite;

/** `asked`: the form would ask again, because it is in doubt or understood nothing. */
function plainly(reading: DateReading): Got {
  const { date = null, time = null, part = null } = reading.kind === 'none' ? {} : reading;
  return { date, time, part, asked: reading.kind === 'ambiguous' || reading.kind === 'none' };
}

/** An unambiguous phrase asked back is `asked` only while what was kept is not wrong. */
export function judge({ expect, also_ok: alsoOk }: Phrase, got: Got): 'right' | 'asked' | 'wrong' {
  const parts = ['date', 'time', 'part'] as const;
  const fits = (name: (typeof parts)[number]) => got[name] === expect[name] || (alsoOk[name]?.includes(got[name]) ?? false);
  if (got.asked === expect.ambiguous && parts.every(fits)) return 'right';
  return got.asked && !expect.ambiguous && parts.every((name) => got[name] === null || fits(name)) ? 'asked' : 'wrong';
}
