/** Which language is a message written in: as the first of a conversation on an Italian site, and within a conversation in that language. */
import { z } from 'zod';
import { BadCommand } from '../../bot/control.ts';
import { identifyLanguage } from '../../knowledge/answering/language.ts';
import { readLines } from '../corpus.ts';
import type { Suite } from './contract.ts';

const line = z.object({ id: z.string(), lang: z.string(), text: z.string() });

const suite: Suite = {
  values: ['sentences', 'site'],
  flags: [],
  usage: 'eval -- languages --sentences F [--site it] [--out F]',
  /** `accuracy`: mean over languages of the share told rightly; `kept`: the same for a message inside a conversation in its language. */
  async run(args) {
    const file = args.values['sentences'];
    if (!file) throw new BadCommand(`--sentences is missing: ${suite.usage}`);
    const site = args.values['site'] ?? 'it';
    const sentences = readLines(file, line);
    const byLanguage: Record<string, { n: number; right: number; kept: number }> = {};
    const confusions: Record<string, number> = {};
    for (const { id, lang, text } of sentences) {
      const count = byLanguage[lang] ?? { n: 0, right: 0, kept: 0 };
      byLanguage[lang] = count;
      const found = identifyLanguage(text, site);
      count.n++;
      if (found === lang) count.right++;
      else confusions[`${lang} as ${found}`] = (confusions[`${lang} as ${found}`] ?? 0) + 1;
      if (identifyLanguage(text, lang) === lang) count.kept++;
      args.out({ id, lang: found });
    }
    const mean = (of: 'right' | 'kept') => {
      const shares = Object.values(byLanguage).map((one) => one[of] / one.n);
      return Math.round((1000 * shares.reduce((sum, share) => sum + share, 0)) / (shares.length || 1)) / 1000;
    };
    return { n: sentences.length, accuracy: mean('right'), kept: mean('kept'), byLanguage, confusions };
  },
};
export default suite;
