/** Safety: hostile words through the real line, personal data through the redactor, mark-up through the pages. Each part runs when its file is given; all of them on our own files when none is. */
import path from 'node:path';
import type { Suite } from './contract.ts';
import { runInjection } from './safety/injection.ts';
import { runPii } from './safety/pii.ts';
import { runXss } from './safety/xss.ts';

const own = (name: string): string => path.resolve(import.meta.dirname, '../datasets', name);

const suite: Suite = {
  values: ['injection', 'pii', 'xss'],
  flags: [],
  usage:
    'eval -- safety [--injection F[,F]] [--pii F] [--xss F] [--out F]; without a file: our own sets; with OPENAI_BASE_URL and MODEL: your model too',
  async run(args) {
    const given = args.values;
    const isNoneGiven = !given['injection'] && !given['pii'] && !given['xss'];
    const { injection, pii, xss } = isNoneGiven
      ? { injection: `${own('injections.jsonl')},${own('red-team.jsonl')}`, pii: own('pii.jsonl'), xss: own('xss.jsonl') }
      : given;
    const { failed, ...found }: Record<string, unknown> = injection ? await runInjection(injection.split(','), args) : {};
    return {
      ...(injection ? { injection: found } : {}),
      ...(pii ? { pii: runPii(pii, args.out) } : {}),
      ...(xss ? { xss: await runXss(xss, args) } : {}),
      // A run that broke off, or a model that was never heard: exit 1.
      ...(failed ? { failed: true } : {}),
    };
  },
};
export default suite;
