/** Whether somebody who was asked how to be reached wants something else instead, or tells what the request is about. Pure. */
import { plain } from '../../conversation/filling/control.ts';

const WISH =
  /\b(?:vorrei|voglio|volevo|devo|dovrei|posso|potrei|fammi|fatemi|anzi|invece|piuttosto|i (?:want|need|would like)|can i|instead|ich (?:mochte|will|muss)|je (?:veux|voudrais|dois)|quiero|quisiera|as vrea|vreau|rad bi|rada bi)\b/;
/** What happened is told to whoever will answer. */
const STORY =
  /\b(?:ho|hanno|abbiamo|avete|ha|avevo|era|sono stat[oaie]|e stat[oa]|mi (?:e|sono|hanno)|nessuno|perche|non (?:mi |ci )?(?:risponde|rispondono|funziona|arriva)|they|have|has|haben|hat|wurde|ont|a ete|han|fue)\b/;
const FEW_WORDS = 8;

export function wishesElse(text: string): boolean {
  const said = plain(text);
  return WISH.test(said) || (!STORY.test(said) && said.split(' ').length <= FEW_WORDS);
}
