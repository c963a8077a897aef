/** Whether somebody who was asked how to be reached wants something else instead, or tells what the request is about. Pure. */
import { plain } from '../../conversation/filling/control.ts';
import { sieved } from '../../../knowledge/languages/reading/sieve.ts';

const WISH = sieved(
  /\b(?:vorrei|voglio|volevo|devo|dovrei|posso|potrei|fammi|fatemi|i (?:want|need|would like)|can i|ich (?:mochte|will|muss)|je (?:veux|voudrais|dois)|quiero|quisiera|as vrea|vreau|rad bi|rada bi)\b/,
);
const RATHER = sieved(/\b(?:anzi|invece|piuttosto|instead|rather|lieber|stattdessen|plutot|mas bien|en cambio)\b/);
/** What happened is told to whoever will answer. */
const STORY = sieved(
  /\b(?:riguard\w*|si tratta|problem\w*|errore|sbagliat\w*|reclam\w*|ho|hanno|abbiamo|avete|ha|avevo|era|sono stat[oaie]|e stat[oa]|mi (?:e|sono|hanno)|nessuno|perche|non (?:mi |ci )?(?:risponde|rispondono|funziona|arriva)|they|have|has|haben|hat|wurde|ont|a ete|han|fue)\b/,
);
const FEW_WORDS = 8;
/** "Mario Rossi, disdetta appuntamento": a name as it was asked for, then what it is about. */
const NAMED = /^\s*\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)+\s*[,;:.-]/u;

export function wishesElse(text: string): boolean {
  const said = plain(text);
  // "I would like to pay a fine but the site does not work": why a person is wanted.
  return RATHER.test(said) || (!NAMED.test(text) && !STORY.test(said) && (WISH.test(said) || said.split(' ').length <= FEW_WORDS));
}
