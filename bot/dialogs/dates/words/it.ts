/** Italian words of dates and times; typos of the long ones are found by likeness. */
import type { WordTable } from './lexicon.ts';

const UNITS =
  'zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove'.split(
    ' ',
  );
const TENS: [string, number][] = [
  ['venti', 20],
  ['trenta', 30],
  ['quaranta', 40],
  ['cinquanta', 50],
];

/** "ventuno" and "ventotto" lose the vowel. */
function numbers(): Map<string, number> {
  const all = new Map(UNITS.map((word, value) => [word, value]));
  for (const [ten, value] of TENS) {
    all.set(ten, value);
    for (let unit = 1; unit < 10; unit++) all.set((unit === 1 || unit === 8 ? ten.slice(0, -1) : ten) + UNITS[unit], value + unit);
  }
  all.set('ventun', 21).set('trentun', 31);
  // As said in the South and in the North-East.
  all
    .set('unnece', 11)
    .set('unnici', 11)
    .set('durece', 12)
    .set('dudici', 12)
    .set('diece', 10)
    .set('dieghe', 10)
    .set('undese', 11)
    .set('diese', 10);
  return all;
}

const table: WordTable = {
  code: 'it',
  numbers: numbers(),
  words: {
    'WD=1': 'lunedi|lun|lune',
    'WD=2': 'martedi|mar|mart',
    'WD=3': 'mercoledi|mer|merc|mercol',
    'WD=4': 'giovedi|gio|giov',
    'WD=5': 'venerdi|ven|vener',
    'WD=6': 'sabato|sab',
    'WD=7': 'domenica|dom',
    'M=1': 'gennaio|gen|genn',
    'M=2': 'febbraio|feb|febb',
    'M=3': 'marzo',
    'M=4': 'aprile|apr',
    'M=5': 'maggio|mag|magg',
    'M=6': 'giugno|giu',
    'M=7': 'luglio|lug',
    'M=8': 'agosto|ago',
    'M=9': 'settembre',
    'M=10': 'ottobre|ott',
    'M=11': 'novembre|nov',
    'M=12': 'dicembre|dic',
    'REL=0': 'oggi|in giornata|quest oggi',
    'REL=0 PMORN': 'stamattina|stamani|stamane|questa mattina|sta mattina',
    'REL=0 PAFT': 'questo pomeriggio|sto pomeriggio',
    'REL=0 PEVE': 'stasera|questa sera|sta sera',
    'REL=1': 'domani|dmn|dom ani|indomani di oggi|dimane|dimani|dumani|dumane|duman|rumani',
    'REL=1 PMORN': 'domattina|domani mattina|domani matt',
    'REL=2':
      'dopodomani|dopodimane|doppodimane|pusdumani|passannumani|doman l altro|domani l altro|domanlaltro|dopo domani|dopo dmn|dopodmn|posdomani',
    'REL=-1': 'ieri',
    'REL=-1 PEVE': 'ieri sera',
    'REL=-2': 'altro ieri|altroieri|ieri l altro',
    NEXT: 'prossimo|prossima|prossimi|prossime|prox|pross|entrante|che viene|che arriva|venturo|ventura|prossimo venturo|prossima ventura|che verra|in arrivo|p v',
    THIS: 'questo|questa|corrente|presente|in corso|di adesso',
    'THIS MONTH': 'corrente mese|c m',
    LAST: 'scorso|scorsa|passato|passata|fa',
    'NEXT MONTH': 'mese prossimo|mese entrante|mese che viene|prossimo mese|mese venturo|mese dopo|mese successivo|mese seguente',
    OVERNEXT: 'dopo la prossima|dopo il prossimo|dopo quella prossima|dopo quello prossimo|successivo al prossimo|successiva alla prossima',
    LASTORD: 'ultimo|ultima',
    'ORD=1': 'primo',
    'NTH=2': 'secondo|seconda',
    'NTH=3': 'terzo|terza',
    'NTH=4': 'quarto giorno del',
    'NTH=5': 'quinto|quinta',
    DAY: 'giorno|giorni|giornata|gg',
    WEEK: 'settimana|settimane|sett',
    MONTH: 'mese|mesi',
    YEAR: 'anno|anni',
    HOUR: 'ora',
    MIN: 'minuti|minuto|min',
    WEEKEND: 'fine settimana|weekend|week end|finesettimana',
    WORKDAY: 'giorno lavorativo|giorno feriale|giorni lavorativi|giorni feriali|giorno di lavoro|giorno non festivo',
    HALFHOUR: 'mezz ora|mezzora|mezza ora',
    QUARTERHOUR: 'un quarto d ora|quarto d ora',
    'N=45 MIN': 'tre quarti d ora',
    'N=2': 'un paio di|paio di|un paio',
    FEW: 'una decina di|una quindicina di|una ventina di|qualche|alcuni|alcune|pochi|poche|diversi|vari',
    IN: 'tra|fra|di oggi a|entro tra|di qui a|da qui a|di qua a|da oggi a|da qui|nel giro di',
    'WEEKON=7': 'a otto|a 8|a sette|a una settimana|in otto|in 8',
    'WEEKON=14': 'a quindici|a 15|a quindici giorni|in quindici|in 15',
    FROMNOW: 'da oggi|da adesso|da ora|a partire da oggi',
    A: 'un|una',
    THE: 'il|lo|l|la|al|all|allo|alla|nel|nell|nella|nello|per il|per l|sul|quel|quello|quella',
    OF: 'di|d|dei|degli',
    'OF THE': 'del|dell|della|dello',
    AT: 'alle|ore|h|le|delle|per le|x le|ale|agli|alle ore|delle ore|h e',
    'AT N=1': 'alle una|le una|all una|l una|dell una|per l una|all 1|l 1 di pomeriggio|una e',
    'NOON AND HALF': 'mezzogiorno e mezzo|mezzogiorno e mezza|mezzodi e mezzo|mezzogiorno mezzo',
    NOON: 'mezzogiorno|mezzodi|mezzo giorno',
    MIDNIGHT: 'mezzanotte',
    HALF: 'mezza|mezzo',
    QUART: 'un quarto|1 quarto|quarto',
    THREEQ: 'tre quarti|3 quarti',
    AND: 'e|ed',
    MINUS: 'meno',
    PMORN:
      'mattina|mattino|mattinata|di mattina|la mattina|in mattinata|al mattino|matt|mattutino|mattutina|del mattino|prima di pranzo|prima di mezzogiorno|mattutini|matina|matino',
    PAFT: 'pomeriggio|di pomeriggio|nel pomeriggio|pom|pome|pomer|pomeridiano|pomeridiana|dopo mezzogiorno|dopo pranzo|dopopranzo|dopo mangiato|il dopo pranzo|p m|pomeridiane',
    PEVE: 'sera|serata|di sera|in serata|dopo cena|serale|serali|ora di cena',
    PNIGHT: 'notte|stanotte',
    FROM: 'dal|dallo|dall|dalla|da|a partire dal|a partire da|a cominciare da|a decorrere dal|non prima di|non prima del|non prima dell',
    'FROM AT':
      'dalle|dalle ore|non prima delle|a partire dalle|passate le|subito dopo le|dopo le ore|non prima delle ore|da dopo le|dall ora delle',
    UNTIL:
      'entro|entro il|entro la|entro l|fino a|fino al|fino alle|non oltre|non dopo|non oltre il|massimo il|al piu tardi|entro e non oltre',
    'BEFORE AT': 'prima delle|prima delle ore',
    'BEFORE AT N=1': 'prima dell una',
    'UNTIL AT': 'entro le|entro le ore|non oltre le|non dopo le|non piu tardi delle',
    BEFORE: 'prima di|prima del|prima dell|prima della|prima|precedente|precedente a|prima che|antecedente',
    AFTER:
      'dopo|successivo a|successivo al|successivo all|seguente a|che segue|dopo di|subito dopo|successiva a|successiva al|successiva alla',
    'DAY AFTER': 'indomani di|indomani del|indomani dell|indomani della',
    FOLLOWING:
      'seguente|successivo|successiva|quello dopo|quella dopo|quello successivo|quella successiva|quell altro|quello seguente|l altro|quell altra|dopo ancora|quello dopo ancora',
    BETWEEN: 'compreso tra|compreso fra',
    TO: 'a',
    OR: 'o|oppure|ovvero|altrimenti|se no|sennò|senno|in alternativa|al limite|al massimo|eventualmente|se non c e posto|se non si puo|o anche|o al massimo|se e pieno',
    CORR: 'anzi|scusa|scusi|scusate|mi scusi|volevo dire|intendevo|cioe|correggo|ops|pardon|facciamo|faccio|facciamo invece|mettiamo|diciamo|meglio|e meglio|sarebbe meglio|piuttosto|invece|preferisco|preferirei|ho sbagliato|mi sono sbagliato|mi sono sbagliata|mi sbaglio|mi sono confuso|mi sono confusa|mi correggo|ripensandoci|aspetta|aspe|aspetti|voglio dire|ma|bensi|semmai|casomai|allora|si invece|no no',
    INSTEADOF:
      'invece di|invece che|invece del|invece dell|al posto di|al posto del|al posto dell|anziche|piuttosto che|in luogo di|piu che',
    'INSTEADOF AT': 'invece delle|al posto delle|anziche le|anziche alle|invece che alle|piuttosto che alle',
    NOT: 'non|ne|tranne|escluso|eccetto|salvo|fuorche|a parte|meno che|esclusi|tutto tranne|basta che non sia|niente',
    NO: 'no',
    CANT: 'non posso|non riesco|non mi va|non mi va bene|non va|non va bene|non ce la faccio|non ci sono|non sono libero|non sono libera|non potrei|non e possibile|mi e impossibile|e impossibile|lavoro|sono occupato|sono occupata|ho impegni|ho un impegno|sono fuori|non mi e possibile|non mi viene bene|non si puo|mi viene male|non mi e comodo|sono impegnato|sono impegnata|ho da fare|non vengo|non ce la farei|e troppo presto|e troppo tardi|e tardi|e presto|non se ne parla',
    ABOUT:
      'scade|scadeva|scadra|scaduta|scaduto|scadono|scadenza il|nato|nata|nati|nascita|rilasciata|rilasciato|emessa|emesso|mi sposo|ci sposiamo|residente dal|ricevuta il|ricevuto il|arrivata il',
    MOVE: 'spostare|spostarlo|spostarla|spostate|sposta|spostiamo|anticipare|rimandare|rinviare|posticipare|cambiare|spostiamolo|spostamento|rimandiamo',
    ANY: 'qualsiasi|qualunque|ogni|tutti|tutte|qualcuno|qualcuna|uno dei|uno qualsiasi|a caso',
    VAGUE:
      'primavera|estate|autunno|inverno|quest estate|quest inverno|prossimamente|piu avanti|in settimana|nei prossimi giorni|nei giorni seguenti|uno di questi giorni|un giorno di questi|un altro giorno|altro giorno|prima o poi',
    ASAP: 'tra poco|fra poco|a breve|appena potete|appena possibile|prima possibile|il prima possibile|quanto prima|al piu presto|appena puo|appena si puo|appena c e posto|appena si libera|subito|il prima che potete|primo posto libero|prima data utile|prima data disponibile|primo giorno utile|prima disponibilita|primo appuntamento disponibile|primo giorno disponibile|primo posto disponibile|primo giorno libero|urgentemente|adesso|prima data libera|primo buco|primo che avete|il piu presto possibile|prima che si puo',
    YOUSAY:
      'indifferente|giorno indifferente|il giorno e uguale|il giorno e indifferente|giorno a scelta|a vostra scelta|a scelta vostra|vedete voi|il giorno lo scegliete voi|quale giorno volete|qualunque data|qualsiasi data|data indifferente|ditemelo voi|ditemi voi|decidete voi|scegliete voi|fate voi|faccia lei|decida lei|scelga lei|mi dica lei|quando volete|quando potete|quando vi pare|quando preferite|quando preferisce|quando vuole|quando puo|quando c e posto|quando capita|non ho preferenze|nessuna preferenza|mi va bene tutto|va bene tutto|qualsiasi giorno|un giorno qualsiasi|qualunque giorno|un giorno qualunque|non importa quando|non importa il giorno|il giorno non importa|che giorno volete|quando avete posto|non lo so|non saprei|non so',
    HOLS: 'feste|ferie|vacanze|festivita|ponte|festivi|vacanze di natale|feste di natale|ferie estive|feste natalizie|vacanze natalizie|ponte dell immacolata|vacanze di pasqua|feste di pasqua|vacanze pasquali|periodo natalizio|sotto natale|sotto le feste',
    START:
      'inizio|inizi|ai primi|primi|i primi|ai primi giorni|primi giorni|prima settimana|l inizio|prima meta|principio|seconda settimana|terza settimana',
    MID: 'meta|la meta',
    END: 'fine|la fine|ultimi giorni|agli ultimi|ultima settimana|seconda meta|fine fine|quarta settimana',
    'DAY BEFORE': 'vigilia di|vigilia della|vigilia dell|vigilia del',
    'FE=12-23': 'antivigilia|antivigilia di natale',
    'FE=12-24': 'vigilia|vigilia di natale',
    'FE=12-25': 'natale|giorno di natale|festa di natale',
    'FE=12-26': 'santo stefano|s stefano|san stefano',
    'FE=12-31': 'san silvestro|s silvestro|ultimo dell anno|ultimo giorno dell anno|vigilia di capodanno|notte di capodanno',
    'FE=01-01': 'capodanno|capo d anno|primo dell anno|primo giorno dell anno|primo dell anno nuovo',
    'FE=01-06': 'epifania|befana',
    'FE=02-14': 'san valentino|s valentino',
    'FE=03-08': 'festa della donna|festa delle donne',
    'FE=03-19': 'san giuseppe|festa del papa|s giuseppe',
    'FE=04-25': 'festa della liberazione|liberazione|san marco',
    'FE=05-01': 'festa dei lavoratori|festa del lavoro|primo maggio',
    'FE=06-02': 'festa della repubblica|festa repubblica',
    'FE=06-24': 'san giovanni|s giovanni',
    'FE=06-29': 'santi pietro e paolo|san pietro e paolo|san pietro',
    'FE=08-15': 'ferragosto|assunta|assunzione',
    'FE=10-04': 'san francesco|s francesco',
    'FE=10-31': 'halloween',
    'FE=11-01': 'ognissanti|tutti i santi|festa dei santi|tutti santi',
    'FE=11-02': 'giorno dei morti|commemorazione dei defunti|i morti|giorno dei defunti',
    'FE=12-06': 'san nicola|san nicolo',
    'FE=12-07': 'sant ambrogio|s ambrogio|sant ambroeus',
    'FE=12-08': 'immacolata|immacolata concezione|festa dell immacolata',
    'FE=12-13': 'santa lucia|s lucia',
    'FE=E-52': 'giovedi grasso',
    'FE=E-47': 'martedi grasso|carnevale',
    'FE=E-46': 'le ceneri|mercoledi delle ceneri|ceneri',
    'FE=E-7': 'domenica delle palme|le palme',
    'FE=E-2': 'venerdi santo',
    'FE=E-1': 'sabato santo|vigilia di pasqua',
    'FE=E+0': 'pasqua|domenica di pasqua',
    'FE=E+1': 'pasquetta|lunedi dell angelo|lunedi di pasqua',
    'FE=E+39': 'ascensione',
    'FE=E+49': 'pentecoste',
    'FE=E+60': 'corpus domini',
    x: 'dopo il lavoro|dopo lavoro|buongiorno|buon giorno|buonasera|buona sera|buon pomeriggio|buona giornata|buona serata|buona mattina|a che ora|che ora|che ore|a qualsiasi ora|a qualunque ora|qualsiasi ora|qualunque ora|che giorno|secondo me|secondo voi|prima volta|una volta|per prima cosa|non importa l ora|non importa|un attimo|un momento|per favore|se no va bene|va bene|andrebbe bene|mi andrebbe|non c e problema|nessun problema|non troppo|non molto presto|non tanto|non proprio|se non sbaglio|se non erro|se non e un problema|se non disturbo|se non le dispiace|per me e uguale|e uguale|meglio se|di solito|ora di pranzo|un appuntamento|una visita|un posto|uno slot|una prenotazione|il prima appuntamento|quando posso|non vedo l ora|fine lavori|appena dopo|poco dopo|un po dopo|se ci sono|non piu tardi|ma se|alle prime ore|le prime ore|nelle prime ore|prime ore|alle ultime|un certo|non vorrei|non mi dispiacerebbe|alla fine',
  },
};
export default table;
