/** Safety: hostile words through the real line, personal data through the redactor, mark-up through the pages. Each part runs when its file is given. */
import { BadCommand } from '../../bot/control.ts';
import type { Suite } from './contract.ts';
import { runInjection } from './safety/injection.ts';
import { runPii } from './safety/pii.ts';
import { runXss } from './safety/xss.ts';

const suite: Suite = {
  values: ['injection', 'pii', 'xss'],
  flags: [],
  usage: 'eval -- safety --injection F --pii F --xss F [--out F]',
  async run(args) {
    const { injection, pii, xss } = args.values;
    if (!injection && !pii && !xss) throw new BadCommand(`a file is needed: ${suite.usage}`);
    return {
      ...(injection ? { injection: await runInjection(injection, args) } : {}),
      ...(pii ? { pii: runPii(pii, args.out) } : {}),
      ...(xss ? { xss: await runXss(xss, args) } : {}),
    };
  },
};
export default suite;
