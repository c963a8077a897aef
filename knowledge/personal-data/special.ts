/** Health, beliefs and the like (GDPR art. 9 and 10), where somebody says them of a person. The topic alone is no secret: "contrassegno disabili" stays. */
import { type Rule, tail } from './rule.ts';

const B = '(?<!\\p{L})';
const E = '(?!\\p{L})';
const IS =
  "(?:sono|sei|è|e'|era|ero|siamo|risulto|stat[oa]|diventat[oa]|rimast[oa]|i[’' ]?a?m|he is|she is|is|ich bin|ist|je suis|est|soy|es|sunt|este)(?: (?:stat[oa]|una? persona|molto|purtroppo|an?|una?|une?|eine?))?";
const HAS =
  "(?:ho|ha|hai|abbiamo|avuto|avendo|soffr[oe](?: di)?|affett[oa] da(?:l|lla)?|malat[oa] di|diagnosticat[oa]|scoperto|curando|i have|has|had|ich habe|hat|j['’]ai|a|tengo|tiene|padezco|am|are)(?: avuto| diagnosticato)?";
const ARTICLE = "(?:(?:il|lo|la|l['’]|un|uno|una|un['’]|i|le|gli|the|a|an|eine?n?|une?|du|de la|el)(?: |(?<=['’])))?";
const STATE =
  'diabetic[oa]|celiac[oa]|celíac[oa]|cardiopatic[oa]|epilettic[oa]|autistic[oa]|sieropositiv[oa]|schizofrenic[oa]|tossicodipendente|alcolista|depress[oa]|bipolare|disabile|disabil[ei]|invalid[oa](?: civile)?(?: (?:al|del) ?\\d{1,3} ?%)?|cardiopatic[oa]|dializzat[oa]|trapiantat[oa]|paraplegic[oa]|tetraplegic[oa]|sord[oa]|sordomut[oa]|cieco|cieca|ipovedente|non vedente|non udente|incinta|in gravidanza|malat[oa] (?:oncologic[oa]|cronic[oa]|terminale)|in (?:sedia a rotelle|carrozzina|chemio(?:terapia)?|dialisi|cura psichiatrica)|su(?:lla)? sedia a rotelle|allergic[oa] a[l ]?\\p{L}{1,12}|intollerante al \\p{L}{1,12}|diabetic|pregnant|disabled|blind|deaf|autistic|epileptic|hiv positive|schwanger|behindert|diabetiker(?:in)?|krank|diabétique|enceinte|handicapée?|malade|diabétic[oa]|embarazada|discapacitad[oa]|însărcinată|diabetic[ăa]?';
const ILLNESS =
  'diabete|tumor[ei]|cancro|leucemia|linfoma|melanoma|alzheimer|parkinson|demenza(?: senile)?|sclerosi(?: multipla)?|sla|depressione|ansia|epilessia|schizofrenia|autismo|hiv|aids|epatite(?: [abc])?|tubercolosi|asma|celiachia|infarto|ictus|ischemia|trapianto|handicap(?: grave)?|disabilità(?: grave)?|invalidità(?: civile)?(?: (?:al|del) ?\\d{1,3} ?%)?|104|legge 104|malattia (?:rara|cronica|mentale|degenerativa)|disturb[oi] (?:mentale|psichic[oi]|bipolare|dello spettro autistico|alimentar[ei])|problemi (?:di cuore|cardiaci|psichici|di salute mentale|di salute)|sindrome di \\p{L}{2,15}|pacemaker|cancer|diabetes|depression|epilepsy|dementia|multiple sclerosis|krebs|diabète|dépression|cáncer|diabet|cancer';
const CARE = '(?:faccio|fa|facendo|fatto|seguo|inizi(?:o|ato)|iniziando|devo fare|prendo|prende|sotto|in)';
const TREATMENT =
  'chemio(?:terapia)?|radioterapia|dialisi|psicoterapia|terapia (?:psichiatrica|oncologica|antiretrovirale)|insulina|metadone|psicofarmaci|antidepressivi|metadone';
const BELIEF =
  "musulman[oa]|islamic[oa]|cattolic[oa]|ebre[oa]|ebrea|buddist[oa]|indù|sikh|protestante|evangelic[oa]|ortodoss[oa]|ate[oa]|testimone di geova|muslim|jewish|catholic|moslem|muslimisch|jüdisch|musulmane?|juive?|catholique|musulmán|musulmana|judí[oa]|católic[oa]|gay|lesbica|omosessuale|bisessuale|transgender|trans(?:essuale)?|lesbian|homosexual|schwul|lesbisch|rom|sinti|iscritt[oa] al(?:la|l['’])? ?(?:cgil|cisl|uil|usb|cobas|ugl|sindacato|partito \\p{L}{2,15}|pd|lega|anpi)|(?:stat[oa] )?(?:condannat[oa]|arrestat[oa]|detenut[oa]|pregiudicat[oa])|ex detenut[oa]|agli arresti domiciliari|comunista|fascista";

const said = (lead: string, words: string) => new RegExp(`${B}${lead} ${ARTICLE}(${words})${E}`, 'giu');

export const SPECIAL: Rule[] = [
  { kind: 'health', pattern: said(IS, STATE), accept: tail },
  // With its article, which is part of what was said.
  { kind: 'health', pattern: new RegExp(`${B}${HAS} (${ARTICLE}(?:${ILLNESS}))${E}`, 'giu'), accept: tail },
  { kind: 'health', pattern: new RegExp(`${B}${CARE} (${ARTICLE}(?:${TREATMENT}))${E}`, 'giu'), accept: tail },
  {
    kind: 'health',
    pattern: new RegExp(
      `${B}(?:mi|gli|le|ci) (?:hanno|ha) (?:riconosciuto|diagnosticato|trovato|dato|concesso) (${ARTICLE}(?:${ILLNESS}))${E}`,
      'giu',
    ),
    accept: tail,
  },
  { kind: 'health', pattern: /(?<!\p{L})(?:invalidità|handicap|disabilità)(?: civile)? (?:al|del|dell['’]) ?\d{1,3} ?%/giu },
  { kind: 'special', pattern: said(IS, BELIEF), accept: tail },
  { kind: 'special', pattern: /(?<!\p{L})(?:io )?vot(?:o|ato) ((?:per )?(?:il|la|i) (?:partito )?\p{L}{2,20})(?!\p{L})/giu, accept: tail },
  {
    kind: 'special',
    pattern:
      /(?<!\p{L})(?:condann(?:a|at[oa]) (?:penale|per \p{L}{2,15})|precedenti penali|agli arresti domiciliari|di religione \p{L}{3,15}|di etnia \p{L}{2,15}|orientamento sessuale)(?!\p{L})/giu,
  },
];
