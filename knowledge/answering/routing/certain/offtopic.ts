/** Nothing of a town hall, in so many words: jokes, weather, verses, recipes, tales, and attempts to turn the assistant into something else. */
import { sieved } from '../../../languages/reading/sieve.ts';
import { words } from './fold.ts';

const ELSEWHERE = words(
  '(?:raccont\\w+|dimmi|dici|sai|conosci|tell me|know) (?:\\w+ ){0,3}(?:barzellett\\w+|battuta|joke|indovinello)|barzellett[ae]|chiste|blague|witz(?:e)?',
  '(?:scriv\\w+|componi|inventa|write|schreib\\w*|ecris|ecrivez|escrib\\w+) (?:\\w+ ){0,2}(?:poesi[ae]|tema|racconto|storia|canzone|romanzo|poem|haiku|story|song|essay|gedicht|aufsatz|geschichte|poeme|histoire|poema|cuento|cancion|programma|codice (?:in|python|java|di un)|code)',
  '(?:che tempo (?:fa|fara)|previsioni (?:del tempo|meteo)|meteo|piovera|pioggia domani|weather|wetter|quel temps|meteo|que tiempo (?:hace|hara)|va a llover)',
  '(?:recipe|rezept|recette|receta) (?:\\w+ ){0,2}(?:for|of|fur|de|du|des|d|pour|para)\\b(?! medic)|ricetta (?:della|del|dei|per fare|per la|per il|per i|per le|carbonara|tiramisu|pizza)(?! (?:medic|dottor|farmac))\\b',
  'oroscopo|superenalotto|lotto di|serie a|scudetto|champions league|world cup|bundesliga|la liga|campionato di calcio|fantacalcio',
  '(?:ignora|dimentica|ignore|forget|disregard|ignoriere|vergiss|oublie\\w*|ignore[rz]?|olvida|ignora) (?:\\w+ ){0,3}(?:istruzion\\w+|regole|instructions|rules|anweisungen|regeln|consignes|instrucciones|reglas)',
  'chi (?:ha vinto|vince|vincera) (?:\\w+ ){0,2}(?:partita|campionato|scudetto|coppa|derby|finale|gara|tappa|giro|sanremo|oscar|mondial\\w*|europe\\w*)',
  '(?:system prompt|prompt di sistema|tuo prompt|your prompt|jailbreak|fai finta di essere|fingi di essere|pretend (?:to be|you are|you re)|act as (?:a|an)|tu es maintenant un|da ora in poi sei|you are now)',
);

/** A prescription is a recipe too. */
const MEDICAL = sieved(/\b(?:medic\w*|dottor\w*|farmac\w*|sanitari\w*|esenzion\w*)\b/);
/** Sums. */
const SUM = /\b\d+ (?:per|diviso|piu|meno|times|plus|minus|divided by|mal|geteilt durch|fois|moins|por|entre|mas|menos|x) \d+$/;

const endsInDigit = (said: string): boolean => said.charCodeAt(said.length - 1) <= NINE;
const NINE = 57;

/** `said`: folded text. */
export function isElsewhere(said: string): boolean {
  return (ELSEWHERE.test(said) && !MEDICAL.test(said)) || (endsInDigit(said) && SUM.test(said));
}
