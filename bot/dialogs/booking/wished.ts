/** A wish, "vorrei rifare la carta d'identità", as the question it holds: how one comes to it. */

const COURTESY = /^(?:(?:buongiorno|buonasera|salve|ciao|scusi|scusa|senta|hello|hi|hallo|guten tag|bonjour|hola)[\s,.!]+)*/i;

/** What opens a wish, and what opens its question; with a thing wished for, not an act, the second. */
const WISHES: { wish: RegExp; how: string; thing?: { is: RegExp; how: string } }[] = [
  {
    wish: /^(?:vorrei|volevo|voglio|devo|dovrei|avrei bisogno (?:di|del|della)|ho bisogno (?:di|del|della)|mi serve|mi servirebbe)\s+/i,
    how: 'come faccio a ',
    thing: { is: /^(?!\p{L}+(?:are|ere|ire|rre|ar[mtscvl]i|er[mtscvl]i|ir[mtscvl]i|[aei]r[nl][eoai])\b)/iu, how: 'come faccio ad avere ' },
  },
  { wish: /^i(?:['’]d| would) like to\s+|^i (?:want|need|have) to\s+/i, how: 'how do I ' },
  { wish: /^je (?:voudrais|veux|dois|souhaite)\s+/i, how: 'comment faire pour ' },
  { wish: /^(?:quisiera|quiero|necesito|querría|debo)\s+/i, how: 'cómo puedo ' },
  { wish: /^ich (?:möchte|will|muss)\s+/i, how: 'wie kann ich ' },
];

/** Null when the text is no wish, or already a question. */
export function askedHow(text: string): string | null {
  const said = text.replace(COURTESY, '').trim();
  if (said.includes('?')) return null;
  for (const { wish, how, thing } of WISHES) {
    if (!wish.test(said)) continue;
    const rest = said.replace(wish, '').replace(/[.!\s]+$/, '');
    if (rest) return `${thing?.is.test(rest) ? thing.how : how}${rest}?`;
  }
  return null;
}
