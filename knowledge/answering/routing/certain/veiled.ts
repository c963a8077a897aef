/** A person wished for between the lines: the machine does not help, writing is too hard, the telephone would be easier. Likely, not certain. */
import { words } from './fold.ts';

const MACHINE =
  '(?:bot|robot|macchin[ae]|macchinetta|chat|chatbot|chat bot|computer|coso|cosi automatici|aggeggio|risponditore|automa\\w*|preconfezionat\\w+|machine|thing|maschine|roboter|automaten?|ordinateur|maquina|ordenador)';
const VEILED = words(
  'non ci (?:sto |si )?(?:cap\\w+|raccapezzo) (?:piu )?(?:niente|nulla|un tubo|un cavolo|una mazza)|(?:non|nun) (?:ci|ce|ne) (?:capisco|sto a capi) (?:piu )?(?:niente|nulla)',
  `(?:non|nun) (?:\\w+ ){0,3}(?:capisc\\w+|capit\\w+|capendo|aiuta\\w*|aiutando|serv\\w+|trovo|fido|piace|sopporto|posso piu|reggo|parlo|ragiona) (?:\\w+ ){0,4}${MACHINE}|${MACHINE} (?:\\w+ ){0,3}(?:non|nun) (?:\\w+ ){0,2}(?:capisc\\w+|aiuta\\w*|serv\\w+|funziona|sa)|(?:basta|lasci\\w*|stuf[oa]|stanc[oa]) (?:\\w+ ){0,4}${MACHINE}|solo ${MACHINE}|(?:solo )?risposte (?:automatiche|preconfezionate)`,
  'non (?:mi )?(?:sembra|pare|credo|penso) che (?:tu|lei|questo coso) (?:\\w+ ){0,3}(?:aiut\\w+|capi\\w+|rispond\\w+|serv\\w+)|non (?:sei|e) (?:\\w+ )?(?:in grado|capace) di (?:risponder\\w*|aiutar\\w*|capir\\w*)|(?:ma )?(?:leggi|senti|ascolti|capisci) (?:quello|quel|cosa) che (?:ti )?(?:scrivo|dico|chiedo)|cosi non (?:ne usciamo|andiamo da nessuna parte|risolviamo)|(?:due|tre|quattro|cinque|dieci|mille|0) volte che (?:te lo |ti |lo )?(?:chiedo|scrivo|ripeto|dico)',
  'non (?:mi )?hai (?:\\w+ )?(?:capito|risposto)|lei non (?:mi )?(?:ha capito|capisce)|non (?:ha|avete) capito (?:la (?:mia )?domanda|cosa|quello|quel|niente|nulla)|nessuna (?:di queste|di quelle|delle|delle tue) (?:\\w+ )?(?:opzioni|risposte|voci|scelte)|la (?:seconda|terza|quarta|quinta|decima|ennesima) volta che (?:\\w+ ){0,2}(?:chiedo|scrivo|ripeto|dico|spiego)|(?:la|alla|le|con la) (?:solit[ae]|stess[ae]) (?:pagina|pappa|solfa|minestra|tiritera|frase|frasi)|(?:troppo )?(?:personale|delicat[oa]|privat[oa]|lung[oa]) (?:\\w+ ){0,2}per (?:una |la |questa |sta )?(?:chat|macchina|computer)',
  'non mi (?:stai|sta) (?:capendo|aiutando|ascoltando)|tu non (?:mi )?capisci|non mi (?:capisci|capisce)|(?:sempre )?(?:la stessa|le stesse) (?:risposta|cosa|cose|risposte)',
  '(?:fatica|difficolta|fatico) (?:\\w+ ){0,2}(?:a|nello) scrivere|(?:a|nello) scrivere (?:\\w+ ){0,2}(?:fatica|difficolta|fatico)|(?:qui|qua|con queste cose|con internet) mi perdo|(?:preferi\\w+|meglio) (?:telefonare|chiamare|chiamarvi|telefonarvi|parlarne|parlarvi|una telefonata)|a chi (?:altro )?(?:posso|mi posso|devo|dovrei) (?:rivolger\\w+|chiedere) se (?:tu|lei) non|(?:situazione|caso|faccenda) (?:\\w+ ){0,3}a (?:chi|qualcuno che) (?:se ne intende|ne capisce|capisce|sa)|' +
    '(?:spieg\\w+|dir\\w*|parl\\w+|raccont\\w+) (?:\\w+ ){0,2}a voce|a voce (?:sarebbe|e|faccio|mi spiego|riesco)|(?:possiamo|potremmo|vorrei|preferi\\w+) (?:\\w+ ){0,3}(?:sentirci|sentirvi|sentirlo|sentirla|telefonicamente|al telefono)|(?:meglio|facile|semplice) (?:\\w+ ){0,2}(?:al telefono|per telefono|a voce|di persona)',
  '(?:troppo )?(?:vecchi[oa]|anzian[oa]) (?:\\w+ ){0,2}per (?:queste cose|questa roba|queste chat|internet)|non (?:so|sono capace a|sono capace di|sono pratic[oa] (?:a|di|con)) (?:\\w+ ){0,2}(?:usare|computer|scrivere|internet|chat)|(?:complicat[oa]|lung[oa]|difficile) (?:\\w+ ){0,3}(?:da scrivere|da spiegare|scriverl[oa]|spiegarl[oa])|non so (?:come|neanche come) (?:scriver|spiegar)\\w+',
  `(?:don t|doesn t|does not|not|can t) (?:\\w+ ){0,2}(?:get|understand\\w*|help\\w*|trust|like) (?:\\w+ ){0,3}${MACHINE}|${MACHINE} (?:\\w+ ){0,2}(?:doesn t|isn t|not|useless)|(?:easier|rather|prefer|better) (?:\\w+ ){0,5}(?:on|over|by) (?:the )?phone|too old for|you don t understand|you re not (?:helping|getting|listening|understanding)|same answer|easier to (?:talk|explain)|(?:asked|told) you (?:\\w+ ){0,2}(?:twice|(?:three|four|five|many|0) times)`,
  `(?:mit|von) (?:diesem|dieser|dem|der|einem|einer) ${MACHINE}|(?:am|ubers) telefon (?:ware|geht|ist)|lieber (?:\\w+ ){0,2}(?:am telefon|telefonisch|personlich)|(?:immer )?(?:die gleiche|dieselbe)n? antwort\\w*|sie verstehen mich nicht|du verstehst (?:mich )?nicht`,
  `(?:comprends?|arrive) (?:\\w+ ){0,4}${MACHINE}|(?:plus simple|plus facile|prefere\\w*) (?:\\w+ ){0,3}(?:par telephone|au telephone|de vive voix)|de vive voix|vous (?:ne )?(?:me )?comprenez (?:pas|rien)|toujours la meme reponse`,
  `(?:entiend\\w+|aclaro) (?:\\w+ ){0,4}${MACHINE}|${MACHINE} (?:\\w+ ){0,2}no (?:me )?entiende|(?:mas facil|mejor|prefiero) (?:\\w+ ){0,2}(?:por telefono|en persona|hablarlo)|no me (?:entiende|estas? entendiendo)|(?:complicado|largo|dificil) (?:\\w+ ){0,2}(?:para|de) (?:escribir|explicar)\\w*|siempre la misma respuesta`,
);
/** Where the machine is the office's: a payment terminal, a ticket machine, a car. */
const OTHER = words(
  'macchinetta (?:del|dei|per)|machine a|geldautomat\\w*|parcheggiat\\w+|abbandonat\\w+|(?:mia|la) macchina e|parkautomat\\w*|computer (?:di casa|portatile)|mio computer|my computer',
);

/** `said`: folded text. */
export function wishesForPerson(said: string): boolean {
  return VEILED.test(said) && !OTHER.test(said);
}
