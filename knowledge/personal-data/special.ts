/** Health, beliefs and the like (GDPR art. 9 and 10), where somebody says them of a person. The topic alone is no secret: "contrassegno disabili" stays. */
import { AID, ILLNESS, STATE, TREATMENT, WARD } from './illnesses.ts';
import { before, type Range, type Rule, tail } from './rule.ts';

const B = '(?<!\\p{L})';
const E = '(?!\\p{L})';
const VERY =
  '(?: (?:stat[oa]|rimast[oa]|diventat[oa]|nat[oa]|una? persona|una? paziente|molto|gravemente|purtroppo|anche|già|ora|affett[oa]|an?|una?|une?|eine?|very|also|sehr|schwer|très|muy)){0,2}';
const IS = `(?:sono|sei|è|e'|era|ero|siamo|sto|sta|risulto|risulta|diventat[oa]|rimast[oa]|i[’' ]?a?m|he['’ ]?i?s|she['’ ]?i?s|is|was|are|ich bin|ist|ich sitze|sitzt|je suis|est|soy|es|estoy|está|sunt|este)${VERY}`;
const HAS = `(?:ho|ha|hai|abbiamo|avevo|aveva|avuto|avendo|porto|porta|scoperto|curando|i have|i['’]ve|has|had|ich habe|hat|j['’]ai|a|tengo|tiene|am)(?: (?:avuto|anche|purtroppo|appena avuto|had|eu|tenido|subito))?`;
const SUFFERS =
  "(?:soffr[oe](?: anche)? (?:di|per)|soffr[oe] d(?=['’])|affett[oa] da(?:l|lla)?|malat[oa] (?:di|d(?=['’]))|colpit[oa] da(?:l|lla)?|(?:in cura|mi curo|si cura|in terapia|ricoverat[oa]|operat[oa]|seguit[oa]) (?:per|da)|diagnosticat[oa]|diagnosi di|suffer(?:s|ing)? from|diagnosed with|treated for|leid(?:e|et)(?: ich)? an|erkrankt an|souffr[e](?:s)? d[eu]|atteinte? d[eu]|padec(?:e|o)|sufr[eo](?: de)?|enferm[oa] de)";
const ARTICLE =
  "(?:(?:il|lo|la|l['’]|un|uno|una|un['’]|i|le|gli|del|dell['’]|della|dello|dei|the|an?|eine?[nrm]?|une?|du|de la|el|los|['’])(?: |(?<=['’])))?";
const CARE =
  '(?:faccio|fa|facendo|fatto|finito|seguo|segue|inizi(?:o|ato)|iniziando|devo fare|prendo|prende|assumo|sotto|in|on|mache|nehme|take|takes)';
/** Said of streets, papers and machines as well. */
const OF_THINGS =
  /^(?:invalid[oa]|ciec[oa]|mut[oa]|sord[oa]|depress[oa]|blind|krank|malade|sourde?|paralizzat[oa]|paralysed|paralyzed|disabled|bipolar|in coma)$/iu;
const FIRST_PERSON = /^(?:sono|ero|sto|siamo|risulto|i|ich|je|soy|estoy|sunt|rimast|diventat)/iu;
const PERSON =
  /(?:^|[^\p{L}])(?:mi[oae]|nostr[oa]|su[oa]|figli[oa]?|padre|madre|papà|mamma|nonn[oa]|marito|moglie|fratello|sorella|signor[ea]?|bambin[oa]|ragazz[oa]|person[ae]|lui|lei|he|she|my|his|her|mein\p{L}{0,2}|mon|elle|él|ella)(?!\p{L})/iu;
const BELIEF =
  "musulman[oa]|islamic[oa]|cattolic[oa]|ebre[oa]|ebrea|buddist[oa]|indù|sikh|protestante|evangelic[oa]|ortodoss[oa]|ate[oa]|testimone di geova|muslim|jewish|catholic|moslem|muslimisch|jüdisch|musulmane?|juive?|catholique|musulmán|musulmana|judí[oa]|católic[oa]|gay|lesbica|omosessuale|bisessuale|transgender|trans(?:essuale)?|lesbian|homosexual|schwul|lesbisch|rom|sinti|iscritt[oa] al(?:la|l['’])? ?(?:cgil|cisl|uil|usb|cobas|ugl|sindacato|partito \\p{L}{2,15}|pd|lega|anpi)|(?:stat[oa] )?(?:condannat[oa]|arrestat[oa]|detenut[oa]|pregiudicat[oa])|ex detenut[oa]|agli arresti domiciliari|comunista|fascista";

const said = (lead: string, words: string) => new RegExp(`${B}${lead} ${ARTICLE}(${words})${E}`, 'giu');
/** With its article, which is part of what was said. */
const had = (lead: string, words: string) => new RegExp(`${B}${lead} ?(?<=[ '’])(${ARTICLE}(?:${words}))${E}`, 'giu');

function ofSomebody(found: RegExpExecArray, text: string): Range | null {
  const word = found.at(-1) ?? '';
  if (!OF_THINGS.test(word) || FIRST_PERSON.test(found[0])) return tail(found);
  return PERSON.test(before(text, found.index, 40)) ? tail(found) : null;
}

export const SPECIAL: Rule[] = [
  { kind: 'health', needs: { words: STATE }, pattern: said(IS, STATE), accept: ofSomebody },
  { kind: 'health', needs: { words: ILLNESS }, pattern: had(HAS, ILLNESS), accept: tail },
  { kind: 'health', needs: { words: ILLNESS }, pattern: had(SUFFERS, ILLNESS), accept: tail },
  { kind: 'health', needs: { words: TREATMENT }, pattern: had(CARE, TREATMENT), accept: tail },
  { kind: 'health', pattern: said('(?:ricoverat[oa]|in cura|degente)(?: presso)? (?:in|nel|nella|al|alla|per)', WARD), accept: tail },
  {
    kind: 'health',
    pattern: had('(?:porto|uso|usa|utilizzo|mi muovo (?:con|in|su)|si muove (?:con|in|su)|i use|uses|in|im)', AID),
    accept: tail,
  },
  {
    kind: 'health',
    pattern: had(
      '(?:mi|gli|le|ci) (?:hanno|ha|è stat[oa]) (?:appena |da poco )?(?:riconosciut[oa]|diagnosticat[oa]|trovat[oa]|dat[oa]|concess[oa])',
      ILLNESS,
    ),
    accept: tail,
  },
  { kind: 'health', pattern: /(?<!\p{L})(?:invalidità|handicap|disabilità)(?: civile)? (?:al|del|dell['’]) ?\d{1,3} ?%/giu },
  { kind: 'special', needs: { words: BELIEF }, pattern: said(IS, BELIEF), accept: tail },
  { kind: 'special', pattern: /(?<!\p{L})(?:io )?vot(?:o|ato) ((?:per )?(?:il|la|i) (?:partito )?\p{L}{2,20})(?!\p{L})/giu, accept: tail },
  {
    kind: 'special',
    pattern:
      /(?<!\p{L})(?:condann(?:a|at[oa]) (?:penale|per \p{L}{2,15})|precedenti penali|agli arresti domiciliari|di religione \p{L}{3,15}|di etnia \p{L}{2,15}|orientamento sessuale)(?!\p{L})/giu,
  },
];
