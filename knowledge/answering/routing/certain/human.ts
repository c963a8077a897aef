/** A person asked for in so many words. Never missed, so the rules are wide; what they must not take is listed as well. */
import { sieved, together } from '../../../languages/reading/sieve.ts';
import { words } from './fold.ts';

const SOMEBODY =
  '(?:person[ae]|operat+or[ei]|operatrice|uman[oia]|essere umano|impiegat[oaie]|addett[oai]|qualcuno|qualcun altro|quarcuno|quarcheduno|nessuno|cristiano|funzionari[oa]|consulente|responsabile|dirigente|collega|dipendente|tecnico del comune|assistente (?:umano|sociale|reale)|agente|voi a voce|un vero essere)';
const IT = words(
  `(?:parl\\w*|palare|spieg\\w+|discut\\w+|chiacchier\\w+) (?:\\w+ ){0,5}${SOMEBODY}`,
  `(?:passa\\w*|passi|metti\\w*|chied\\w+ di|contatt\\w+|comunic\\w+|trasferi\\w+|colleg\\w+|dare|datemi|dammi|mand\\w+) (?:\\w+ ){0,4}${SOMEBODY}`,
  `(?:voglio|vorrei|preferi\\w+|serve|servirebbe|bisogno di|c e|ce|esiste|cerco|chiedo) (?:\\w+ ){0,3}${SOMEBODY}`,
  '(?:interven\\w+|scriver\\w*|rispond\\w+|assist\\w+) (?:\\w+ ){0,2}(?:un operatore|operatrice|un impiegat[oa]|un addett[oa]|una persona|un umano)|(?:sportellista|funzionari[oa]|addett[oa]) ver[oa]',
  `(?:una|un) (?:persona|operatore|operatrice|impiegat[oa]|essere umano) (?:vera?|reale|fisica|in carne)`,
  '(?:con chi|a chi) (?:altro |altri )?(?:posso|potrei|dovrei|devo) (?:parlare|parlarne|rivolgermi per parlare)|parl\\w+ (?:\\w+ )?(?:a voce|al telefono|di persona)|(?:a voce|al telefono) (?:con|a) (?:qualcuno|una persona|voi)|numero (?:\\w+ ){0,2}(?:dove|a cui|per) (?:\\w+ )?(?:risponde|parlare|risponda)\\w*',
  '(?:mi |ci |lo |la )?(?:richiamat\\w+|richiam(?:a|i|ino|are|armi|ate|erete|erebbe)|ricontatt\\w+|telefonat(?:e|emi)|telefonarmi|chiamatemi|chiamarmi|chiamateci)|(?:fatemi|fammi|farmi|fare) (?:ri)?chiamare|mi (?:chiamate|chiama qualcuno|chiami qualcuno|puo chiamare|potete chiamare|potreste chiamare|fate chiamare|fa chiamare)',
  '(?:non (?:voglio|vorrei|mi va di|intendo) (?:parlare |chattare |avere a che fare )?(?:con )?(?:un |il |la |una |sto |questo |questa |le )?(?:bot|robot|macchin[ae]|chatbot|computer|risponditore|automa))',
  '(?:assisten\\w+|supporto|contatto|operatore|aiuto) (?:uman[oa]|da una persona|di una persona)|parla con una persona|in carne e ossa|persona vera|qualcuno di vero',
  '(?:passami|passatemi|mi passi|mi passa|mi passate|passi) (?:l |il |lo |la )?(?:signora|signorina|signore|dottoressa|dottore|ragioniere|ufficio|anagrafe|tributi|urp|sportello|centralino|vigili|comune|sindaco)|(?:avere|trovo|trovare|cerco) (?:\\w+ ){0,2}(?:operator[ei]|persona con cui|qualcuno con cui)|centralino|(?:collegami|collegatemi|mettimi in contatto|mettetemi in contatto|mi metta in (?:contatto|linea)|mettermi in contatto) con|(?:posso|vorrei|voglio|devo|come (?:faccio a|si fa a|posso)) parlare (?:con|coll|col) (?:voi|l ufficio|ufficio|un ufficio|lo sportello|l anagrafe|i vigili|il comune|il sindaco|l assessore|i servizi sociali)',
);
const EN = words(
  '(?:speak|talk|chat|connect\\w*|transfer\\w*|put me|pass me|get me|reach|contact|help from) (?:\\w+ ){0,4}(?:human|person|agent|operator|someone|somebody|anyone|representative|staff|employee|officer|clerk|advisor|supervisor|manager|people)',
  '(?:i want|i need|i d like|i would like|i prefer|is there|are there|can i have|give me|do you have|any) (?:\\w+ ){0,3}(?:human|real person|live person|agent|operator|representative|real people|actual person|someone real)',
  '(?:call|ring|phone) me(?: back)?|(?:call|ring|phone) (?:you|back)|callback|(?:someone|somebody|anyone) (?:\\w+ ){0,2}(?:call|ring|phone|contact|help) (?:me|us)|not (?:to )?(?:talk|speak)\\w* to (?:a |this )?(?:bot|robot|machine|computer)|(?:don t|do not) want (?:to (?:talk|speak|chat) (?:to|with) )?(?:a |this )?(?:bot|robot|machine|computer|chatbot)',
  '(?:real|actual|live) (?:human|person|people)(?: being)?|(?:somebody|anybody|anyone|someone) (?:real|i can (?:talk|speak)|there i can)|person s (?:phone|number)|human being|human (?:help|support|agent|please)|(?:speak|talk) (?:to|with) (?:the|your) (?:office|staff|department)',
);
const DE = words(
  '(?:sprechen|reden|verbinden|verbinde|mochte|mocht|will|brauche|geben sie mir|bitte) (?:\\w+ ){0,4}(?:mensch\\w*|person|mitarbeiter\\w*|berater\\w*|jemand\\w*|sachbearbeiter\\w*|beamt\\w+|angestellt\\w+|kolleg\\w+|echten\\w*)',
  '(?:mensch\\w*|person|mitarbeiter\\w*|berater\\w*|jemand\\w*|sachbearbeiter\\w*|beamt\\w+|angestellt\\w+) (?:\\w+ ){0,4}(?:sprechen|reden|verbinden|telefonieren|anruf\\w+|zuruckruf\\w+|erreichen|bitte|helfen)',
  '(?:rufen|ruft|rufe) (?:sie )?mich (?:\\w+ )?(?:an|zuruck)|(?:zuruckrufen|zuruckgerufen|ruckruf|mich anrufen)|nicht mit (?:einer|dem|einem|der) (?:maschine|bot|roboter|computer|automaten)|echte[rn]? mensch\\w*|echte person|(?:konnen|konnt) (?:sie|ihr) mich anrufen|mit (?:einer|einem) (?:person|menschen|mitarbeiter\\w*) (?:chatten|schreiben)|gibt es (?:hier |da |bei ihnen )?(?:jemand\\w*|einen (?:echten )?(?:menschen|mitarbeiter)|eine (?:echte )?person)|verbinden sie mich|ansprechpartner\\w*|mich (?:\\w+ )?verbinden',
);
const FR = words(
  '(?:parler|joindre|passez|passer|veux|voudrais|besoin|discuter|contacter|aimerais|prefere|transferez|y a t il|il y a|mettez moi) (?:\\w+ ){0,5}(?:personne|quelqu un|conseiller|conseillere|operateur|operatrice|employee?|agent|humain|etre humain|responsable|fonctionnaire)',
  '(?:me |nous )?(?:rappelez|rappeler|rappelle|rappeliez)(?: moi)?|(?:appelez|telephonez) moi|(?:qu on|que quelqu un|quelqu un|un employe|une personne) (?:\\w+ ){0,2}(?:m appelle|me rappelle|peut m appeler|m aide)|pouvez vous (?:m appeler|me telephoner)|(?:souhaite|voudrais|veux|aimerais|demande a) etre rappelee?|parler (?:a|avec) (?:le|votre|un) service|pas (?:parler )?(?:a|avec) (?:un|une|cette|ce) (?:robot|machine|bot|ordinateur)|(?:vraie|veritable) personne|etre humain',
);
const ES = words(
  '(?:hablar|comunic\\w+|pas[ae]\\w*|quiero|necesito|quisiera|prefiero|hay|contactar|pongame|transfier\\w+|atienda) (?:\\w+ ){0,4}(?:persona|alguien|operador\\w*|agente|humano|empleado|empleada|funcionari[oa]|responsable|encargado)',
  '(?:me )?(?:puede|pueden|podria|podrian) (?:\\w+ )?(?:llamar\\w*|telefonear\\w*)(?: alguien)?|llamenme|llameme|que me llame\\w*|me llaman ustedes|(?:devolver|devuelvan)\\w* (?:me )?la llamada|no (?:quiero )?(?:hablar )?con (?:un|una|este|esta) (?:robot|maquina|bot)|no quiero (?:un|una|ningun|este) (?:robot|maquina|bot)|(?:paseme|pasame|pongame|ponme) con|persona (?:real|de verdad)|ser humano',
);
const OTHERS = words(
  '(?:govoril?\\w*|pogovor\\w*|zelim|hocem|rad bi|rada bi|lahko) (?:\\w+ ){0,4}(?:osebo|clovekom|usluzbenc\\w+|uradnik\\w*|operaterj\\w*|nekom)|poklicite me|usluzbenec prosim|clovek(?:om)? prosim|operater prosim',
  '(?:vorbesc|vorbi|vreau|pot|doresc|am nevoie de) (?:\\w+ ){0,4}(?:persoana|operator\\w*|om|cineva|functionar\\w*|angajat\\w*)|sunati ma|sa ma sun\\w+|ma suna cineva|operator va rog',
);
const WISHED = together([IT, EN, DE, FR, ES, OTHERS]);
const ELSEWHERE =
  /(?:التحدث|أتحدث|اتحدث|التكلم|أتكلم|اتكلم|أريد|اريد|احتاج|أحتاج).{0,15}(?:شخص|موظف|إنسان|انسان|أحد|بشري)|(?:موظف|شخص حقيقي)|اتصلوا بي|人工|真人|(?:找|和|跟|与).{0,6}(?:工作人员|客服|人说话|人聊|人谈)|(?:给我|回我|打)(?:打|回)?(?:个)?电话|(?:людин|оператор|працівник|співробітник|живою)|передзвон|зателефонуйте мені|подзвоніть/;

const ALONE = sieved(
  /^(?:(?:un|una|l|prego|per favore|please|bitte|operatore|a|an|ein|eine|einen|une) )*(?:operatore|operatrice|persona|umano|assistente umano|persona vera|human|agent|operator|real person|representative|mitarbeiter|mensch|conseiller|operateur|agent humain|humain|operador|persona real|humano|agente|usluzbenec|operater)(?: (?:per favore|per cortesia|grazie|subito|adesso|please|now|bitte|s il vous plait|svp|por favor|prosim|va rog))*$/,
);

/** "Who may speak for a person", "an appointment for two persons": the word alone asks for nobody. */
const NOBODY = words(
  'altra persona|un altra persona|persona (?:anziana|disabile|delegata|defunta|morta|straniera|invalida|giuridica|fisica)|person[ae] (?:in(?! carne)|che|con(?! cui)|senza|anziane|disabili|fragili)|operator[ei] (?:sanitari\\w*|ecologic\\w*|economic\\w*|del mercato)|per (?:una|due|tre|quattro|\\d+|un altra) person[ae]|quante persone|how many people|wie viele personen|combien de personnes|cuantas personas|for another person|fur eine andere|se la persona|quale (?:operatore|impiegato)|chi e|(?:allo|agli) sportell[oi]|carta d identita|appuntamento per (?:una|due) person[ae]',
  '(?:quando|se) (?:\\w+ ){0,4}(?:mi )?(?:chiamate|chiamano|chiamerete)|a person (?:who|with)|people who|per person|pro person|par personne|por persona|a persona',
  '(?:contro|contre|contra|against|gegen|uber) (?:\\w+ ){0,2}(?:agente?|employee?|employe|impiegat\\w+|operator\\w+|mitarbeiter\\w*|funzionari\\w+|dipendente|empleado|clerk)',
  '(?:venire|vengo|passare|passo|presentar\\w+|ritirar\\w+|consegnar\\w+|firmare|portar\\w+) (?:\\w+ ){0,2}di persona|(?:dopo|due|tre|quattro|cinque|dieci|mille|molte|tante|troppe|le|mie|delle|\\d+) telefonate|se (?:qualcuno|nessuno) (?:\\w+ )?(?:rinuncia|disdice|cancella|annulla|libera)|(?:tra|fra) quant\\w+ (?:\\w+ ){0,2}(?:mi )?chiam\\w+|(?:qualcuno|nessuno) (?:in|dentro|fuori|sotto) (?:la |le )?(?:mia |mie )?(?:casa|scale|cantina|porta|giardino)|quelqu un (?:chez|derriere|dehors)|alguien (?:dentro|en la|fuera)|rotte le acque',
  'registro delle persone|assegno|agente immobiliare|agente di commercio|tax agent|impiegat[oa] (?:\\w+ )?(?:e stat[oa]|mi ha|scortese|maleducat\\w+|gentil\\w+)|operat\\w+ (?:e stat[oa]|mi ha|scortese|maleducat\\w+|gentil\\w+)|mitarbeiter(?:in)? war|agent (?:was|etait)|dato retta|(?:quelqu un|alguien) (?:dans ma|en mi|atrapad[oa]|coince|inconsciente)',
);
/** Things that stand in the street and people who are sent there. */
const SENT = words(
  'mandat\\w+ (?:\\w+ )?(?:qualcuno|una persona|un tecnico|un operaio)|send (?:someone|somebody)|schicken sie jemand\\w*|envoyez quelqu un|manden a alguien',
);
/** Somebody at the counter is an appointment. */
const COUNTER = words('(?:allo|agli) sportell[oi]');
/** By wish they are stronger than the list of what asks for nobody. */
const STRONG = words(
  'parl\\w* (?:con|co) (?:\\w+ )?(?:operat+ore|operatrice|essere umano|umano|qualcuno)|passa(?:mi|temi)|(?:mi )?pass(?:a|i|ate|ami) (?:un|una|l) (?:operat\\w+|persona|impiegat[oa]|collega)',
);

/** `said`: folded; `text`: as written, for scripts without word boundaries. O(letters). */
export function asksForPerson(said: string, text: string): boolean {
  if (ALONE.test(said) || ELSEWHERE.test(text)) return true;
  if (WISHED.first(said) === null) return false;
  if (STRONG.test(said) && !COUNTER.test(said)) return true;
  return !NOBODY.test(said) && !SENT.test(said);
}
