/** Turns of phrase that tell more than their words, on folded text, all languages together. Each is a feature of the scorer, which weighs them. */
import { type Sieved, sieved, together } from '../../languages/reading/sieve.ts';

const APPOINTMENT =
  '(?:appuntament\\w*|apuntament\\w*|prenotazion\\w*|appointment\\w*|booking\\w*|reservation|termin\\w*|rendez vous|rdv|citas?|reservas?|creneau|slot)';
const GAP = '(?:\\w+ ){0,5}';
const has = (...sources: string[]) => sieved(new RegExp(sources.map((source) => `(?<![a-z0-9])(?:${source})(?![a-z0-9])`).join('|')));

export const PATTERNS: [string, Sieved][] = [
  [
    'appointment dropped',
    has(
      `(?:disd\\w+|annull\\w+|cancell\\w+|elimin\\w+|togli\\w*|lev(?:a|o|are|ate|atemi|ami)|rinunc\\w+|cancel\\w*|delete|absagen|stornier\\w+|losch\\w+|annul\\w+|supprim\\w+|anul\\w+|borr\\w+) ${GAP}${APPOINTMENT}`,
      `${APPOINTMENT} ${GAP}(?:disd\\w+|annull\\w+|cancell\\w+|elimin\\w+|togli\\w*|absagen|stornieren|loschen|streichen|annuler)`,
    ),
  ],
  [
    'appointment moved',
    has(
      `(?:spost\\w+|anticip\\w+|posticip\\w+|rimand\\w+|rinvi\\w+|slitt\\w+|modific\\w+|cambi\\w+|reschedul\\w+|move|change|postpone|deplac\\w+|decal\\w+|report\\w+|avancer|modifier|changer|adelant\\w+|aplaz\\w+|mover) ${GAP}${APPOINTMENT}`,
      `${APPOINTMENT} ${GAP}(?:spost\\w+|anticip\\w+|posticip\\w+|rimand\\w+|rinvi\\w+|verschieb\\w+|verleg\\w+|andern|vorziehen|umbuchen)`,
    ),
  ],
  [
    'instead',
    has(
      'invece (?:di|che|del|dell)|anziche|al posto di|piuttosto che|statt|au lieu|plutot|instead|rather|en vez|un altro (?:giorno|orario)|altro giorno|altra (?:data|ora)|altro orario|another (?:day|time)|different (?:day|time)|ander\\w+ (?:tag|termin|zeit)|autre (?:jour|heure|date)|otr[oa] (?:dia|hora|fecha)|piu tardi|later|spater|plus tard|mas tarde|troppo (?:tardi|presto)|piu vicina',
    ),
  ],
  [
    'not coming',
    has(
      'non (?:vengo|verro|ci saro|potro venire|posso (?:piu )?venire|riesco a venire|mi presento|mi presentero|potro presentarmi)|won t be|not coming|can t come|can t make it|komme(?:n)? (?:\\w+ )?nicht|nicht kommen|ne (?:viens|viendrai|pourrai|peux) (?:pas|plus)|no (?:voy a|ire|podre)',
    ),
  ],
  [
    'no more needed',
    has(
      'non (?:mi |ci )?(?:serve|occorre|ho) (?:piu|bisogno)|non (?:\\w+ ){1,3}piu|no longer|not needed|nicht mehr|kein\\w* \\w+ mehr|plus besoin|plus necessaire|ya no',
    ),
  ],
  [
    'appointment wanted',
    has(
      `(?:voglio|vorrei|volevo|devo|dovrei|serve|servirebbe|bisogno di|chiedo|desider\\w+|dammi|dai|prendere|avere|fissare|fissami|fissi|want|need|like|mochte|brauche|vereinbaren|buchen|veux|voudrais|besoin|prendre|donnez|quiero|necesito|quisiera|pedir|deme) ${GAP}${APPOINTMENT}`,
      `^(?:un )?${APPOINTMENT}`,
    ),
  ],
  [
    'appointment held',
    has(
      `(?:ho|avevo|avrei|abbiamo|tengo|i have|i had|ich habe|wir haben|j ai|j avais) (?:gia |already |schon |deja |ya )?(?:un |l |il |una |la |an |a |my |einen |meinen |um \\d+ einen )?${APPOINTMENT}|(?:ho|avevo) (?:gia )?(?:prenotato|fissato|preso appuntamento)|i (?:have )?booked|schon (?:einen termin|gebucht)|j ai reserve|(?:mio|mia|my|mein\\w*|mon|ma|mi) ${APPOINTMENT}`,
    ),
  ],
  [
    'appointment asked after',
    has(
      `(?:a che ora|quando|che giorno|quand|what time|when|wann|a quelle heure|a que hora|cuando) (?:\\w+ ){0,2}(?:e|era|ho|avevo|avrei|is|was|ist|war|est|es|tengo) ${GAP}${APPOINTMENT}|${APPOINTMENT} (?:\\w+ ){0,2}(?:confermat\\w+|confirmed|bestatigt|confirme|confirmada)`,
    ),
  ],
  [
    'room',
    has(
      '(?:c e|ci sono|avete|ci sarebbe|c avete|trova\\w*|quando c e) (?:\\w+ ){0,3}(?:posto|posti|liber[oi]|buco|disponibil\\w+)|(?:quando|quanno) (?:posso|potrei|si puo|possiamo) (?:venire|passare|veni)|(?:any|free|have) (?:\\w+ ){0,3}(?:slots?|available|free|appointments?)|when can i come|wann kann ich|noch (?:\\w+ ){0,2}frei\\w*|(?:y a t il|vous avez|avez vous|reste t il) (?:\\w+ ){0,3}(?:places?|creneaux?|libres?|disponib\\w+)|(?:hay|tienen) (?:\\w+ ){0,2}(?:sitio|hueco|libre)|quand (?:puis je|est ce que je peux) venir|cuando puedo ir|primo (?:posto|giorno|buco|appuntamento)|prima data',
    ),
  ],
  [
    'own case',
    has(
      '(?:mia|mio|mie|nostra) (?:\\w+ )?(?:pratica|domanda|richiesta|istanza|segnalazione|carta|tessera|residenza|certificato|document\\w+|permesso|passaporto|contributo|rimborso|pagamento)|(?:ho|abbiamo|avevo) (?:fatto|presentat\\w+|inviat\\w+|mandat\\w+|chiest\\w+|richiest\\w+|consegnat\\w+|inoltrat\\w+|segnalat\\w+|compilato)|my (?:\\w+ )?(?:application|request|case|file|card|certificate|documents?|paperwork|report|residence|id)|mein\\w* (?:antrag\\w*|ausweis|bescheinigung|unterlagen|karte|meldung|akte|anmeldung)|m(?:a|on|es) (?:demande|dossier|carte|passeport|certificat|inscription)|mi (?:solicitud|expediente|carne|tarjeta|tramite|documento|peticion)',
    ),
  ],
  [
    'outcome',
    has(
      'a che punto|che fine|che fase|com e (?:finita|andata)|dov e finit\\w+|(?:e|sono|hanno|avete|ho|stata|stato|gia) (?:\\w+ ){0,2}(?:pront\\w+|arrivat\\w+|approvat\\w+|accettat\\w+|accolt\\w+|ricevut\\w+|registrat\\w+|spedit\\w+|finit\\w+|rispost\\w+|evas\\w+|conclus\\w+)|risulta|andat\\w+ a buon fine|esito|quando (?:mi )?arriva|ancora niente|where is my|what happened|is (?:\\w+ ){1,4}ready|how far|wie weit|wo ist mein\\w*|schon (?:fertig|da)|ou en est|est (?:elle|il) (?:pret\\w*|arrive\\w*)|esta list[oa]|como va|ya (?:esta|llego|tramit\\w+)',
    ),
  ],
  [
    'live queue',
    has(
      '(?:quanta|quanti|quante|tanta|molta|c e|che) (?:\\w+ )?(?:gente|coda|fila|attesa|ressa|persone)|(?:quanto|quanti minuti) (?:\\w+ ){0,3}(?:aspett\\w+|attes[ae])|a che numero|a quanto sta|quale numero|che numero (?:state|stanno|e|siamo|chiamano)|(?:quanto|quanti|tanto) (?:\\w+ )?manca\\w*|tocca a me|how (?:long|many|busy) (?:\\w+ ){0,4}(?:queue|wait|line|waiting|ahead|turn|front)|wie (?:lange?|voll|viele) (?:\\w+ ){0,4}(?:schlange|warten|leute|es jetzt|dran)|combien (?:\\w+ ){0,4}(?:attente|devant|attendre)|cuant[ao]s? (?:\\w+ ){0,4}(?:cola|esperar|delante|gente|falta)',
    ),
  ],
  [
    'own number',
    has(
      '(?:ho|sono|sono il|tengo|i have|i ve got|habe|j ai) (?:il |la |el |le |ticket |numero |nummer |number |turno |biglietto |numerino |number )*[a-z]?0',
    ),
  ],
  [
    'number wanted',
    has(
      '(?:prend\\w*|dammi|dai|da|dia|date|voglio|vorrei|serve|ritir\\w+|avere|get|take|give|want|need|ziehe\\w*|brauche|geben|mochte|hatte|veux|voudrais|donnez|prenez|deme|sacar|quiero|necesito) (?:\\w+ ){0,3}(?:numer\\w*|ticket|biglietto|turno|number|nummer|wartenummer|numero)|(?:mett\\w+|put|join|stellen|mettez|pongame) (?:\\w+ ){0,3}(?:coda|fila|lista|queue|line|schlange|warteschlange|file|cola|fila)',
    ),
  ],
  [
    'pay own',
    has(
      '(?:voglio|vorrei|volevo|devo|dovrei|posso|potrei|vojo|intendo|fammi|faccio a|mi fai|want to|need to|d like to|can i|could i|let me|mochte|will|kann ich|muss|veux|voudrais|dois|puis je|peux|quiero|quisiera|necesito|puedo|tengo que) (?:\\w+ ){0,4}(?:pagare|paga|saldare|versare|regolarizzare|ricaricare|rateizzare|pay|settle|bezahlen|zahlen|uberweisen|begleichen|payer|regler|recharger|pagar|abonar|saldar)|(?:dove|come|ora|subito|lo|la|li|le) (?:lo |la |li |le )?(?:pago|saldo|verso)|(?:how|where) (?:do|can) i pay|(?:wo|wie) (?:zahle|bezahle|kann) ich|(?:ou|comment) (?:est ce que )?(?:je|puis je) (?:paie|paye|payer|le)|(?:donde|como) (?:lo |la )?(?:pago|puedo)|^(?:pag\\w+|saldo|versamento|pay|payer|bezahlen|zahlung|pagar|paiement)',
    ),
  ],
  [
    'debt come',
    has(
      '(?:ricevut\\w+|arrivat\\w+|preso|ho|in mano|scadut\\w+|got|received|bekommen|erhalten|recu|recibido) (?:\\w+ ){0,4}(?:avviso|multa|bollettin\\w+|cartella|verbale|notice|fine|bill|bescheid|rechnung|strafe|avis|amende|facture|aviso|recibo)|0 cifre|codice avviso|iuv',
    ),
  ],
  [
    'impersonal payment',
    has(
      '(?:si|bisogna|occorre) (?:\\w+ )?pag\\w+|chi (?:\\w+ )?(?:paga|deve pagare)|da pagare se|bezahlt man|zahlt man|on paie|se paga|who pays|has to pay',
    ),
  ],
  ['wants to report', has('segnal\\w+|report (?:a|an|the|illegal|some)|melden|signaler|avisar de|reportar')],
  [
    'how it was',
    has(
      '(?:e|sono|siete|sei|siamo|mi sono|mi avete|mi hanno|mi ha) (?:stat[oaie]|trovat\\w+|trattat\\w+|rispost\\w+)|was (?:very |so |really )?(?:\\w+)$|war (?:sehr|so)|a ete|ont ete|fue (?:muy)?|voto|stelle|stars|sterne|etoiles|estrellas|che (?:schifo|vergogna|servizio|bravi|bello)',
    ),
  ],
  [
    'cannot follow',
    has(
      '(?:non|nn) (?:ci |mi |so |ti |vi |lo |la |ne |stai |sto |riesco (?:a )?|hai |sei |sono )*(?:capi\\w+|capendo|capace|capire|riesco|spiegarmi|aiutando|usare|vengo fuori|fido|servi|risolv\\w+|ragiona)|(?:don t|do not|can t) (?:understand|figure|get)|verstehe\\w* (?:\\w+ ){0,3}nicht|komme (?:\\w+ ){0,5}(?:nicht|klar)|comprend\\w* (?:rien|pas|plus)|no (?:me )?(?:entiend\\w+|aclaro)|sempre (?:la stessa|le stesse)|stesse cose|immer (?:das|die) gleiche\\w*|toujours (?:la|les) meme\\w*|siempre (?:la|lo) mismo',
    ),
  ],
  [
    'by voice',
    has(
      '(?:a voce|al telefono|per telefono|parlar\\w*|telefonic\\w+|telefonata|chiamata|on the phone|over the phone|telefonisch|am telefon|de vive voix|au telephone|por telefono)',
    ),
  ],
  [
    'who is there',
    has(
      'chi (?:mi )?(?:puo|mi)? ?aiuta\\w*|chi c e|c e (?:qualcuno|nessuno)|anyone (?:there|real)|anybody|is there (?:someone|anyone)|ist da jemand|il y a quelqu un|hay alguien',
    ),
  ],
  [
    'general',
    has(
      '(?:come|dove|quando|quanto) si \\w+|(?:bisogna|occorre|serve|servono|ci vuole|ci vogliono) \\w+|si (?:puo|deve) \\w+|che differenza|(?:vuol dire|significa|si intende)|what does|bedeutet|veut dire|signifie|cosa (?:e|sono|serve|succede)|quanto (?:costa|costano|dura|vale|tempo)|how (?:much|long does|does)|do (?:i|you) need|what (?:is|are) the|wie viel|wie lange (?:gilt|dauert)|muss (?:man|ich)|was (?:kostet|ist|sind)|faut il|combien (?:coute|de temps faut)|quels? (?:sont|documents|papiers)|cuanto (?:cuesta|vale|tarda)|hay que|hace falta|se puede',
    ),
  ],
  [
    'tell me',
    has(
      '(?:raccont\\w+|spiega\\w*|parlami|scriv\\w+|dimmi|consigli\\w+|traduc\\w+|tell me|explain|write|recommend|translate|erzahl\\w*|erklar\\w*|schreib\\w*|empfiehl|raconte\\w*|explique\\w*|ecris|conseille\\w*|cuent\\w+|explic\\w+|escrib\\w+|recomiend\\w+)',
    ),
  ],
];

/** Places in PATTERNS of those that a folded text fits. */
export const patternsIn: (said: string) => number[] = together(PATTERNS.map(([, pattern]) => pattern)).all;
