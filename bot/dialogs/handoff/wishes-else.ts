/** Whether somebody who was asked how to be reached wants something else instead, or tells what the request is about. Pure. */
import { plain } from '../../conversation/filling/control.ts';

const WISH =
  /\b(?:vorrei|voglio|volevo|devo|dovrei|posso|potrei|fammi|fatemi|i (?:want|need|would like)|can i|ich (?:mochte|will|muss)|je (?:veux|voudrais|dois)|quiero|quisiera|as vrea|vreau|rad bi|rada bi)\b/;
const RATHER = /\b(?:anzi|invece|piuttosto|instead|rather|lieber|stattdessen|plutot|mas bien|en cambio)\b/;
/** What happened is told to whoever will answer. */
const STORY =
  /\b(?:ho|hanno|abbiamo|avete|ha|avevo|era|sono stat[oaie]|e stat[oa]|mi (?:e|sono|hanno)|nessuno|perche|non (?:mi |ci )?(?:risponde|rispondono|funziona|arriva)|they|have|has|haben|hat|wurde|ont|a ete|han|fue)\b/;
const FEW_WORDS = 8;

export function wishesElse(text: string): boolean {
  const said = plain(text);
  // "I would like to pay a fine but the site does not work": why a person is wanted.
  return RATHER.test(said) || (!STORY.test(said) && (WISH.test(said) || said.split(' ').length <= FEW_WORDS));
}
