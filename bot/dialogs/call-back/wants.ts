/** Whether a citizen wants to be called. All languages at once; how to call the office is a question to the documents. */
import { plain } from '../../conversation/filling/control.ts';
import { sieved } from '../../../knowledge/languages/reading/sieve.ts';

const WISH = sieved(
  /\b(?:richiamat(?:emi|eci)|(?:mi|ci) richiam(?:ate|i|a)|richiamarmi|richiamarci|(?:essere|farmi|fatevi|vorrei una) richiamat[aoe]?|prenot\w+ una (?:richiamata|telefonata)|una richiamata|chiamatemi(?: voi)?|(?:potete|puoi|puo|potreste) (?:telefonarmi|chiamarmi)|telefonatemi|call me(?: back)?|(?:be called|a call) back|callback|ruf(?:en sie|t)? mich (?:bitte )?(?:zuruck|an)|ruckruf|zuruckgerufen|rappel(?:ez|er|le) moi|me rappeler|etre rappelee?|ll?amadme|llamenme|que me llamen|devuelvan la llamada|sunati ma|sa fiu sunata?|poklicite me)/u,
);
/** A word of these letters has no beginning that a pattern for all languages could see. */
const NOT_LATIN = /передзвон|зателефонуйте|اتصلوا بي|معاودة الاتصال|回电|给我打电话/u;

export const wantsCall = (text: string): boolean => WISH.test(plain(text)) || NOT_LATIN.test(text);
