/** Danger now, in so many words. What is shown: 112, 1522 for violence at home and stalking, or help for those who want to die. */
import { words } from './fold.ts';

export type Danger = '112' | '1522' | 'suicide';

/** Asked about, or said of a paper, a course, an office: no danger. */
const ABOUT = words(
  'certificato|certificati|modulo|moduli|domanda|contributo|bando|corso|corsi|assicurazione|risarcimento|denuncia di morte|permesso|prevenzione|esercitazione|norme|normativa|antincendio|(?:in|con l|con una) ambulanza|tassa|costa|costo|bolletta|bollette|fornitura|allaccio|impianto|caldaia|contatore|esenzione|sussidio|form|certificate|course|grant|kurs|antrag|formulaire|cours|curso',
);

const SUICIDE = words(
  'suicid\\w+|farla finita|facendola finita|togliermi la vita|togliersi la vita|ammazzarmi|uccidermi|mi (?:ammazzo|uccido|impicco|sparo)|mi (?:voglio )?butt(?:o|are) (?:dal|giu|sotto|di sotto)\\w*',
  'non (?:voglio|ho voglia di|ho piu voglia di) (?:piu )?vivere(?: piu)?|voglio (?:solo )?morire|vorrei (?:solo )?(?:essere morto|essere morta|morire)|non ha piu senso vivere|vuole (?:morire|uccidersi|ammazzarsi)',
  'kill(?:ing)? myself|end my life|(?:want|going) to die|take my own life|hurt myself|no reason to live|don t want to live',
  'umbringen|nicht mehr leben|(?:will|mochte) sterben|das leben nehmen|selbstmord',
  'me tuer|me suicider|en finir avec la vie|veux mourir|plus envie de vivre|mettre fin a mes jours',
  'matarme|quitarme la vida|quiero morir(?:me)?|no quiero (?:seguir )?vivi(?:r|endo)',
  'ubil se bom|nocem vec ziveti|vreau sa mor|sa ma sinucid',
);
const SUICIDE_ELSEWHERE =
  /自杀|自殺|不想活|想死|انتحار|أقتل نفسي|اريد ان اموت|أريد أن أموت|самогубств|покінчити з життям|не хочу жити|хочу померти/;

const HE =
  '(?:mio|il mio|mia|l|il) (?:marito|compagno|ex|ex marito|fidanzato|ragazzo|padre|papa|figlio|fratello|moglie|compagna|convivente|patrigno)';
const VIOLENCE = words(
  `${HE} (?:mi |ci )?(?:ha )?(?:picchia\\w*|mena\\w*|fa (?:del )?male|fatto (?:del )?male|malmena\\w*|alza le mani|mette le mani addosso|messo le mani addosso|violent\\w*|minaccia\\w*|perseguita\\w*|segue|aggredi\\w*|strattona\\w*)`,
  '(?:mi|ci) (?:picchia(?:no|to|ta)?|mena(?:no)?|perseguita|massacra|riempie di botte|ha (?:picchiat[oa]|menat[oa]|violentat[oa]|messo le mani addosso)|hanno violentat[oa])|(?:mi )?mette le mani addosso|(?:mi )?alza le mani',
  '(?:mi|ci) (?:prende|ha pres[oa]|riempie) (?:a|di) (?:calci|pugni|schiaffi|botte)|(?:mi )?(?:mette|ha messo) le mani al collo|mi ha rotto (?:il|un) (?:braccio|naso|dito)',
  'mi (?:chiude|tiene chiusa|tiene segregata) in casa|ho paura (?:di|che) (?:mio|mi) (?:marito|compagno|ex|padre|ammazzi)\\w*|vittima di (?:violenza|stalking|abusi)|violenza (?:domestica|in casa)|subisco (?:violenz\\w+|abusi)|stalker|stalking|sono stata (?:violentata|stuprata)',
  'domestic violence|(?:husband|boyfriend|partner|ex|father|wife) (?:is |keeps |has been )?(?:hit\\w*|beat\\w*|threaten\\w*|abus\\w+|hurt\\w*) me|i (?:have been|was|got) raped|being abused at home',
  'hausliche gewalt|(?:mann|freund|ex|vater|partner) (?:hat )?(?:mich )?(?:schlagt|bedroht|geschlagen|verfolgt|misshandelt)(?: mich)?|vergewaltigt',
  'violences? conjugales?|(?:mari|copain|ex|pere|compagnon|conjoint) (?:me|m a) (?:frappe\\w*|bat\\w*|menace\\w*|viol\\w+|suit)',
  'violencia (?:domestica|de genero)|(?:marido|novio|ex|padre|pareja) me (?:ha )?(?:peg\\w+|maltrat\\w+|amenaz\\w+|golpe\\w+|persigue|sigue)|me (?:pega|maltrata)\\w*',
  'moz me (?:tepe|pretepa)|sotul ma bate|ma bate',
);
const VIOLENCE_ELSEWHERE = /(?:丈夫|老公|男朋友).{0,3}打我|家暴|زوجي يضربني|чоловік.{0,4}б.є|б.є мене/;

const DANGER = words(
  '(?:un|c e un|scoppiato un) incendio (?:in|al|nel|a|adesso|qui|dentro)|c e (?:un |stato un )?incendio|incendio|va a fuoco|andando a fuoco|preso fuoco|prende fuoco|in fiamme|(?:sta|stanno) bruciando|(?:vedo|ci sono) (?:le )?fiamme|al fuoco|c e (?:del |tanto |molto )?fumo|esce (?:del )?fumo|esplosione|esplos[oa]',
  '(?:fuga|perdita|odore|puzza) (?:forte )?(?:di|del) gas|(?:sento|c e) (?:\\w+ ){0,3}gas\\b|intossicat[oi] dal',
  'infarto|ictus|non respir\\w+|(?:sta|stanno|sto) (?:morendo|soffocando|svenendo|per svenire|male,? aiuto)|soffoca|svenut[oa]|privo di sensi|priva di sensi|perde (?:molto |tanto |i )?(?:sangue|sensi)|sanguina\\w*|ferit[oaie] grav\\w+|ci sono (?:dei )?feriti|perso (?:i sensi|conoscenza)|non (?:ci )?risponde piu|riesc\\w+ (?:piu )?a respirare|annega\\w*|annegando|convulsioni|overdose|dolore (?:forte )?al petto|non si (?:sveglia|muove)(?: piu)?|non reagisce|(?:incidente|scontro) (?:grave|adesso|con feriti)|(?:hanno|e stato|e stata) investit[oa]|travolt[oa]|avvelenat[oa]',
  '(?:mi|ci) sta(?:nno)? (?:aggredendo|picchiando|seguendo|inseguendo|minacciando|rapinando|derubando)|(?:mi|ci) (?:hanno|ha) (?:aggredit\\w+|accoltellat\\w+|rapinat\\w+|minacciat\\w+)|ladr[io] in casa|c e (?:un |il )?ladro|(?:stanno|sta|cercano di|cerca di|cercando di|provando a) (?:entrando|entrare|forzando|forzare)(?: in casa| la porta| di notte)?|uomo armato|col coltello|con (?:un|il) coltello|con (?:una|la) (?:pistola|arma)|spari|sparano|sparatoria',
  '(?:inghiottit[oa]|ingoiat[oa]|ingerit[oa]|bevuto|mandat[oa] giu) (?:\\w+ ){0,3}(?:candeggina|varechina|acido|ammoniaca|detersivo|pasticche|pastiglie|pillole|medicin\\w+|veleno|pila)|(?:labbra|faccia) (?:blu|viola|cianotic\\w+)|gola (?:\\w+ ){0,2}(?:chiu\\w+|gonfi\\w+)|rotte le acque|(?:mi|ci|la|lo|si) (?:vuole|vogliono) (?:ammazzare|uccidere)|accoltell\\w+|puntat[oa] (?:addosso )?(?:\\w+ )?(?:coltello|pistola)',
  '(?:chiam\\w+|mand\\w+|serve|bisogno di|subito) (?:\\w+ ){0,2}(?:ambulanza|soccors[oi]|pompieri|vigili del fuoco|carabinieri|polizia(?! locale| municipale))(?: subito| presto| per favore)?|ambulanza|e un emergenza|emergenza medica|aiuto sto male|sto male aiuto|aiuto aiuto|^aiuto$|^emergenza$|sto molto male|sto malissimo|si sente male|si e sentit[oa] male',
  '(?:e )?crollat[oa] (?:il|la|un|una|parte)|(?:sta|stanno) crollando|(?:siamo|sono|e|rimast[oaie]) (?:bloccat[oaie]|intrappolat[oaie]) (?!(?:in|nel|nella|al|alla) (?:autostrada|traffico|coda|fila|treno|tangenziale|metro|aeroporto|stazione|ufficio|riunione|ospedale|lavoro|strada)\\b)(?:in|nell|nel|nella|dentro|al piano|sul tetto|sott\\w*) \\w+|acqua (?:sta |mi sta )?(?:entrando|in casa|entra in casa)|(?:bambin[oa]|figli[oa]|nonn[oa]|madre|padre|mamma) (?:\\w+ ){0,2}(?:scompars[oa]|spari(?:to|ta)|non si trova|non lo trov\\w+|non la trov\\w+)|(?:scompars[oa]|persa|perso|sparito|sparita) (?:mia|mio|un|una) (?:bambin[oa]|figli[oa]|nonn[oa]|madre|padre|mamma)',
  '(?:house|flat|building|kitchen|apartment|home|car|roof|school|fire) (?:\\w+ )?(?:is )?on fire|(?:there s|there is|a) (?:a )?fire (?:in|at|on)|fire in|gas leak|smell(?:s)? (?:of )?gas|smoke (?:is )?(?:coming|everywhere|in)|heart attack|stroke|(?:not|can t|cannot|isn t|stopped) breath\\w*|unconscious|fainted|passed out|collapsed|bleeding|choking|overdose|(?:call|need|send) (?:an? |the )?(?:ambulance|police|firefighters|fire brigade)|break(?:ing)? (?:in|into)|following me|attacked me|being attacked|(?:people|someone) (?:are |is )?(?:hurt|injured)|with a (?:knife|gun)|this is an emergency|^help$|^help help$|help me please i',
  'es brennt|brennt|feuer in|gasgeruch|riecht nach gas|herzinfarkt|schlaganfall|atmet nicht(?: mehr)?|bewusstlos|ohnmachtig|blutet|(?:kranken|rettungs)wagen|notarzt|(?:rufen|holen) sie (?:\\w+ )?(?:polizei|feuerwehr)|polizei rufen|bricht (?:\\w+ ){0,3}ein|einbrecher|verletzte\\w*|werde (?:bedroht|verfolgt|angegriffen)|erstickt|notfall|mit (?:einem messer|einer (?:pistole|waffe))|bewaffnet\\w*|^hilfe$|^hilfe hilfe$',
  'au feu|(?:il y a )le feu|le feu (?:chez|dans|a la)|incendie|prend feu|ca sent le gaz|odeur de gaz|fuite de gaz|crise cardiaque|avc|ne respire (?:plus|pas)|inconscient\\w*|evanoui\\w*|saigne|(?:une |l )?ambulance|(?:appelez|appeler) (?:la |les )?(?:police|pompiers|secours)|cambriol\\w+|(?:me|m a) (?:menace|suit|agresse)\\w*|des blesses|etouffe|^au secours|^a l aide$|avec (?:un couteau|une arme|un pistolet)|homme arme|urgence vitale',
  'incendio en|fuego en|hay fuego|esta ardiendo|se quema|huele a gas|olor a gas|fuga de gas|ataque al corazon|infarto|no respira|no se mueve|inconsciente|desmayad\\w*|desmayo|sangrando|ambulancia|(?:llamen|llame) (?:a )?(?:la )?(?:policia|bomberos)|(?:entrando|entrar) (?:a robar )?en mi casa|con (?:un cuchillo|una pistola|un arma)|armado|ladrones|me (?:estan|esta) (?:siguiendo|amenazando|atacando)|heridos|se ahoga|^socorro|^auxilio',
  'na pomoc|pozar|gori|resilc\\w*|resevalc\\w*|ne diha|srcni infarkt|ajutor|incendiu|arde (?:casa|blocul)|arde|ambulanta|salvarea|nu respira|atac de cord|politia',
);
const DANGER_ELSEWHERE =
  /النجدة|حريق|الإسعاف|إسعاف|اسعاف|لا يتنفس|نوبة قلبية|أنقذوني|الشرطة|救命|着火|起火|失火|火灾|救护车|报警|不能呼吸|没有呼吸|心脏病发|допоможіть|рятуйте|пожежа|горить|швидку|не дихає|інфаркт|поліцію/;

/** `said`: folded; `text`: as written, for scripts without word boundaries. Null when nobody is in danger. */
export function dangerIn(said: string, text: string): Danger | null {
  if (SUICIDE.test(said) || SUICIDE_ELSEWHERE.test(text)) return ABOUT.test(said) ? null : 'suicide';
  if (VIOLENCE.test(said) || VIOLENCE_ELSEWHERE.test(text)) return '1522';
  if (DANGER_ELSEWHERE.test(text)) return '112';
  return DANGER.test(said) && !ABOUT.test(said) ? '112' : null;
}
