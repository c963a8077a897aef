/** Choosing whom one acts for, in the chat: only among mandates that stand. */
import type { Effect } from '../conversation/speaker.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { plain, unasked } from '../conversation/filling/control.ts';
import { dateInWords } from '../dialogs/dates/in-words.ts';
import type { Message } from '../message.ts';
import type { Mandates } from './mandates.ts';
import type { Sessions, SignedIn } from './sessions.ts';

const FOR =
  /^(?:(?:ora|adesso|vorrei|voglio|posso) )*(?:agisc[oi]|agire|act|acting|i act|handeln|handle|agir|actuar|actua)(?: per conto| al posto| a nome)? (?:per|di|for|fur|pour|por|de) (.+)$/;
const LIST =
  /^(?:per chi posso agire|(?:le )?(?:mie )?deleghe|who can i act for|my mandates|fur wen kann ich handeln|meine vollmachten|pour qui puis je agir|mes (?:mandats|delegations)|por quien puedo actuar|mis (?:mandatos|delegaciones))$/;
const SELF = /^(?:me|me stess[oa]|mio conto|myself|me myself|mich|mich selbst|moi|moi meme|mi|mi mism[oa])$/;

/** `self`: for oneself again · '' = which are there · else a name, plain. Null = something else. */
export function actsFor(text: string): { name: string } | 'self' | null {
  if (text.length > 120 || text.includes('\n')) return null;
  const said = unasked(text).trim();
  if (LIST.test(said)) return { name: '' };
  const name = FOR.exec(said)?.[1]?.trim();
  if (!name) return null;
  return SELF.test(name) ? 'self' : { name };
}

/** What is said, with the buttons, and what becomes of the session. */
export async function chooseActing(
  parts: { sessions: Sessions; mandates: Mandates },
  about: { message: Message; session: SignedIn; wanted: { name: string } | 'self'; say: Say; lang: string; page: string },
): Promise<{ text: string; choices: string[]; effects: Effect[] }> {
  const { message, session, wanted, say, lang } = about;
  if (wanted === 'self')
    return { text: say('actOwn'), choices: [say('ownThings'), say('signOut')], effects: [parts.sessions.act(message, null)] };
  const { held } = await parts.mandates.of(session.person);
  if (held.length === 0) return { text: say('actNone', { url: about.page }), choices: [say('signOut')], effects: [] };
  const found = wanted.name ? held.filter(({ principalName }) => plain(principalName) === plain(wanted.name)) : [];
  const [one] = found;
  // A mandate that was renewed before its end, or one for each thing, is still for one person.
  if (!one || found.some(({ principal }) => principal !== one.principal)) {
    const lines = held.map((mandate) => `- ${mandate.principalName} (${say(`act_${mandate.kind}`)}, ${say(`actScope_${mandate.scope}`)})`);
    const choices = [...new Set(held.map(({ principalName }) => say('actAs', { name: principalName })))];
    return { text: [say('actList'), lines.join('\n')].join('\n\n'), choices: [...choices, say('actMyself')], effects: [] };
  }
  const scopes = new Set(found.map(({ scope }) => scope));
  const scope = scopes.size === 1 ? one.scope : 'all';
  // Of several for the same the last to end counts; of different ones, the first.
  const days = found.map(({ until }) => until).sort();
  const day = dateInWords({ date: (scopes.size === 1 ? days.at(-1) : days[0]) ?? one.until }, lang);
  const text = say('actNow', { name: one.principalName, kind: say(`act_${one.kind}`), scope: say(`actScope_${scope}`), day });
  const own = [...(scope === 'cases' ? [] : [say('ownBookings')]), ...(scope === 'bookings' ? [] : [say('ownCases')])];
  return { text, choices: [...own, say('actMyself'), say('signOut')], effects: [parts.sessions.act(message, one.id)] };
}
