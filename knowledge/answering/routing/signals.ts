/** Groups of words that tell what is wanted, all languages together: a concept is a feature of the scorer beside the words themselves. Stems, folded. */

/** Beginnings of words; `=word` is the whole word. */
const CONCEPTS: Record<string, string> = {
  // What the sentence is.
  asks: '=come =cm =dove =quando =quanto =quanta =quanti =quante =quale =quali =qual =chi =perche =xke =cosa =cos =how =where =when =which =who =what =why =wie =wo =wann =welch =wer =was =warum =comment =ou =quand =combien =quel =quelle =quels =quelles =qui =pourquoi =como =donde =cuando =cuanto =cuanta =cuantos =cuantas =cual =quien =que',
  impersonal: '=si =bisogna =occorre =serve =servono =vuole =obbligatori =man =on =faut =se =hay =one',
  wants:
    '=voglio =vorrei =volevo =vojo =devo =dovrei =posso =potrei =desider =intendo =want =need =like =must =mochte =will =muss =brauche =kann =wurde =veux =voudrais =dois =puis =peux =besoin =quiero =quisiera =necesit =tengo =puedo =gustaria',
  request:
    'prego =puo =puoi =potete =potreste =dammi =dai =fammi =fatemi =mettimi =mett =mandat =please =can =could =get =give =bitte =konnen =geben =donnez =mettez =pouvez =svp =plait =deme =ponga =pueden =favor',
  mine: '=mio =mia =miei =mie =mi =my =mine =me =mein =meine =meinen =meines =meinem =meiner =mon =ma =mes =moi',
  did: '=ho =avevo =avete =hanno =abbiamo =sono =have =has =ve =applied =habe =haben =hat =wurde =ai =avez =ete =he =han =hemos',
  not: '=non =nn =not =no =dont =t =nicht =kein =keine =keinen =pas =plus =ne =ya',
  // When.
  day: '=oggi =domani =dopodomani =domattina =stamattina lunedi martedi mercoledi giovedi venerdi sabato =pomeriggio =mattina =settimana =today =tomorrow monday tuesday wednesday thursday friday =week =heute =morgen =montag =dienstag =mittwoch =donnerstag =freitag =woche =demain =lundi =mardi =mercredi =jeudi =vendredi =semaine =hoy =manana =lunes =martes =miercoles =jueves =viernes =semana =ore =alle =uhr',
  now: '=adesso =ora =subito =momento =stamattina =qui =sotto =now =right =here =jetzt =gerade =gleich =hier =maintenant =actuellement =ici =ahora =aqui',
  // Acts.
  appointment:
    'appuntament apuntament prenot appointment booking bookings reserv termin rendez =rdv =cita =citas =incontro =colloquio =slot =creneau =agenda =visita programare',
  book: 'prenot fiss =segn =segnami =segnatemi =segni riserv =posto =posti =buco =libero =liberi disponib =book =schedule =available =reserve vereinbar buchen =frei =freie =freien reserv =creneau =pedir =hueco =apunt =primo =erste =premier',
  move: 'spost anticip posticip rimand rinvi riprogramm slitt differ modific =cambi =cambiare =cambia =cambio =change reschedul postpon =move =switch =earlier =later =instead verschieb verleg umbuch andern vorzieh =anderer =anderen =spater =statt deplac decal report changer avancer modifier =autre adelant aplaz mover =cambiar =otro =otra =vez =invece =anziche =altro =altra =prima =tardi',
  cancel:
    'disd annull cancell canc elimin =togli =togliete =toglietemi =toglietela rinunc revoc =leva =libera =liberate cancel delet remove =drop absag stornier losch streich annul supprim effac renonc liber anul borr quit renunc',
  status:
    '=stato =punto =esito =pronta =pronto =arrivat =arrivata =arrivato =novita aggiornament accettat approvat ricevut lavorazion graduatori risult protocol =pratica =pratiche =domanda =richiesta =istanza =aspetto =fine =status =ready application =request =approved =received =news =stand antrag =fertig genehmigt erhalten aktenzeichen =dossier =demande =prete =recu =nouvelles solicitud =listo =lista expediente tramite aprobad recib =fase iter =consegna spedi presentat',
  queue:
    '=coda =fila =file numerin numeret =numero =ticket =biglietto =turno =attesa =aspett aspetta =gente affollat =davanti =tabellone =totem =queue =line =wait waiting =busy =turn schlange warten wartez =nummer =reihe =attente =monde =devant =tour =cola =turno =esper =delante =pieno =ressa chiamando',
  pay: '=pag =paga =pago paga pagh vers =versare =versamento sald =bollettin bollettin =avviso =avvisi =mora =rata =rate =rata ricaric =debit =iuv =pagopa =multa =verbale =retta =pay =paying =payment =bill =fine =settle =owe bezahl zahl =rechnung =strafe bescheid =payer =paie paiement regler =facture =amende recharg pagar =pago abon recibo =multa =deuda',
  fault:
    '=buca =buche lampion semafor tombin marciapied cassonett =rotto =rotta =rotti =rotte =spento =spenta =guasto =perdita =perde abbandonat =albero =ramo =cartello =panchin altalen =topi =ratti =nido segnal segnalo =sporco discaric immondiz spazzatur =scritte vandal allagat dissestat pericolant pericolos fogna puzza =asfalto =siepe =erba pothole lamp light broken dumping graffiti leak rubbish =trash =tree =rats report schlagloch laterne kaputt ampel =mull gully schaden melden lampadaire =trou poubelle ordures =panne trottoir =arbre =fuite signaler bache farola semaforo =roto =rota basura acera averia columpio',
  place:
    '=via =viale =piazza =corso =strada =vicolo =rotonda =parco =giardin =incrocio =quartiere =street =road =park =corner =strasse =platz =rue =avenue =place =parc =calle =plaza =avenida =parque',
  person:
    'person operat umano umana impiegat addett =qualcuno =quarcuno =nessuno funzionari responsabil consulent collega cristiano =voce =telefon telefon richiam =chiamat =chiamate =chiami ricontatt human =agent =someone =somebody =anyone staff =call =phone supervisor mensch mitarbeiter =jemand =jemanden =jemandem anrufen sachbearbeiter =zuruck conseiller =quelqu =quelquun rappel etre employe =alguien funcionari llam',
  machine: '=bot =robot macchin chatbot =chat =computer =coso =sistema =machine =maschine =automat =maquina',
  lost: '=capisco =capisci =riesco =capace =spiegar =spiegarmi =aiut aiut =complicat =mano =pratico =pratica =help understand =useless =klar verstehen comprend =arrive =aclaro entiend',
  praise:
    'complimenti =bravo =brava =bravi bravissim gentil cortes soddisfatt =ottimo =ottima eccellent =perfetto apprezza ringrazi =utile =piaciut =great =excellent =lovely =helpful =happy =satisfied =zufrieden =super =lob =hilfreich satisfait =bravo =aimable content felicit amable =bueno =buen',
  blame:
    'recl lament vergogn schif maleducat scortes pessim delus scandal incompetent =sbagliata =sbagliato errata =lento =lentissimo =male =complaint complain =rude terrible =wrong =slow disgrace beschwer unfreundlich unzufrieden =falsch =schlecht mecontent =decu desagreable reclamation =fausse =honte =queja maleducad verguenza incorrecta =lenta insoddisfatt disappunto assurdo',
  rating:
    '=stelle =stella =voto =recensione suggeriment =opinione =servizio =esperienza =stars =service =feedback =suggestion =vorschlag =sterne =etoiles =estrellas =sugerencia =sito =app =website =webseite =risposta',
  danger:
    'incendi fuoc fiamm =fumo =gas =ferit feriti sangue svenut respir ambulanz carabinier polizia pompier ladri coltell picchi minacc =morire =morto suicid uccider ammazz =infarto aggred violent crollat =emergenza soffoc =fire smoke =gas bleeding breath ambulance police kill =die hitting beats attack brennt =feuer schlagt atmet krankenwagen herzinfarkt einbr sterben umbring =feu =gaz frappe respire mourir suicid secours =fuego incendio pega respira ambulancia morir =robar =paura =bloccat =hilfe =auxilio =socorro',
  greeting:
    '=ciao =salve =buongiorno =buonasera =grazie =prego =arrivederci =hello =hi =hey =thanks =thank =bye =hallo =danke =tschuss =guten =bonjour =bonsoir =salut =merci =revoir =hola =gracias =adios =buenas =buenos =ok =sei =chiami =buona',
  // Nouns of a municipality.
  municipal:
    '=carta identit =cie residenz certificat anagraf tribut =tari =imu =tasi =isee =spid =comune comunal municip =nido =asilo =mensa scuol scolast rifiut ingombrant matrimoni nascit cittadinanz document passaport =tessera elettoral sportell uffici =multa parchegg =ztl passo =pass edilizi =scia cimiter =loculo biblioteca permess contribut bonus =pec =urp stato =civile =bollo domicilio =pratica =modulo =tassa =tasse registry =council =town =hall =id =card residence =tax school certificate permit ausweis meldeamt standesamt burgerburo gebuhr steuer gemeinde rathaus =mairie =carte etat =impots impot cantine ecole dechets acte =carne padron ayuntamient tributo impuesto registro empadron certificad comedor refezion scuolabus',
  // What no town hall knows of.
  elsewhere:
    'meteo piov previsioni barzellett battuta ricett carbonara poesia calcio partita campionato scudetto serie film canzone oroscop lotto superenalotto capitale traduci scrivi scriv riassu vacanz ristorant =volo =voli =treno telefonino iphone android whatsapp bitcoin invest =borsa medicin raffreddor dimagr dieta gatto storia guerra =scacchi gioco giochi =luna =dio =prompt istruzion ignora fingi =finta weather joke recipe poem movie =game won =cup bitcoin =moon essay wetter witz rezept gedicht aufsatz =spiel =film blague recette poeme meteo =temps match chiste receta poema =tiempo pelicula partido movil cancion llover lluvia haiku eiffel song lyrics guadagn compit matematic filosof pianet',
};

const whole = new Map<string, string[]>();
const starts = new Map<string, string[]>();
let longest = 0;
for (const [concept, list] of Object.entries(CONCEPTS)) {
  for (const entry of list.split(' ')) {
    const [table, word] = entry.startsWith('=') ? [whole, entry.slice(1)] : [starts, entry];
    table.set(word, [...(table.get(word) ?? []), concept]);
    if (table === starts) longest = Math.max(longest, word.length);
  }
}
const SHORTEST = 4;

/** Concepts of one folded word. */
export function conceptsOf(word: string): string[] {
  const found = [...(whole.get(word) ?? [])];
  for (let length = Math.min(word.length, longest); length >= SHORTEST; length--) {
    const concepts = starts.get(word.slice(0, length));
    if (concepts) found.push(...concepts);
  }
  return found;
}
