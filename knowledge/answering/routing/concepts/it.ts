import type { Concepts } from './concepts.ts';

export const it: Concepts = {
  asks: '=come =cm =dove =quando =quanno =quanto =quanta =quanti =quante =quale =quali =qual =chi =perche =xke =xche =cosa =cos =che',
  impersonal: '=si =bisogna =occorre =occorrono =serve =servono =vuole =vogliono obbligatori necessari =deve =devono =puo =possono',
  wants:
    '=voglio =vorrei =vorei =volevo =vojo =devo =dovrei =posso =potrei =desidero =desidererei =intendo =servirebbe =dobbiamo =vorremmo =gradirei =chiedo =preferisco =preferirei',
  requests:
    '=prego =puoi =potete =potreste =potresti =dammi =dai =dia =date =fammi =fatemi =mettimi =mettetemi =metti =mi =favore =cortesia =gentilmente =trovi =trovami =trovate',
  mine: '=mio =mia =miei =mie =nostro =nostra =mi',
  did: '=ho =avevo =abbiamo =hanno =avete =fatto =chiesto =presentat =presentato =presentata =mandato =inviato =inoltrato =richiesto =compilato =consegnato =spedito',
  not: '=non =nn =no =mai =niente =nessuno =nulla =piu',
  day: '=oggi =domani =dopodomani =domattina =stasera luned marted mercoled gioved venerd sabato =pomeriggio =mattina =mattino =settimana =mese =ore =gennaio =febbraio =marzo =aprile =maggio =giugno =luglio =agosto settembre ottobre novembre dicembre =prossima =prossimo =giorno',
  now: '=adesso =ora =subito =momento =stamattina =stamane =qui =qua =sotto =fuori =arrivato =davanti =attualmente',
  appointment: '=rito appuntament apuntament apputament prenot prenatoz =incontro =incontri =colloquio =agenda =visita',
  book: '=data =riuscite =infilarmi =mettete =giu prenotare prenotami prenoti prenotate prenoto =prenota =prenot fissar fissami fissate =fissa =fissi =fisso =segna segnami segnatemi =segni riserv =posto =posti =posticino =buco =libero =liberi =libera disponib =venire =veni =passare =venì =presto =primo =prima =utile =trovi trovami =nuovo',
  move: 'spost spostà =postare anticip posticip rimand rinvi riprogramm slitt differ modific =cambi =cambiare =cambia =cambio =cambiamo =cambiarlo rifiss =invece =anziche =altro =altra =tardi =ritardo =meglio =sbagliato =piuttosto =corregge correggere recuper',
  cancel:
    '=levare =levatemi =lassa =niente disd annull annul cancell canc cansell elimin =togli =togliere =togliete =toglietemi =toglietela =toglietelo rinunc revoc =leva =levate =libera =liberate liberat lasciate rimuov =disdetta ripensat',
  filed:
    '=pec =graduatoria =candidatura =modulo =pratica =pratiche =domanda =domande =richiesta =richieste istanz segnalazion protocol graduatori iter istruttoria dossier fascicolo =ricorso',
  outcome:
    '=sapere =rispondete graduatoria =messa =andata spedita =stato =punto =esito =esiti =pronta =pronto =pronti =arrivata =arrivato =arivata =arriva novita aggiornament aggiornamenti notizi accettat approvat respint ricevut lavorazion risult =fine =fase =consegna spedit evas conclus ammess registrat accolt rispost accredit attivat completat sistemat =aspetto =aspettando =attendo =aspettiamo stampat =finito =finita =conferma =ricordo rilasciat',
  queue:
    'numerett =ticket =rallentamenti =coda =code =fila =file numerin numeret =numero =numeri =ticket =biglietto =bigliettino =turno attes aspett =gente affollat affollament =davanti tabellone totem =tocca =pieno =ressa chiamando =servendo =calca =sala =sportelli smaltit =confusione =aspetta',
  pay: '=borsellino =pagare =pagaa =bancomat =pagare =paga =pago =paghi =paghiamo pagament =paga =pagà =paghare pagarl pagarl =versare =verso versament sald ricaric =iuv pagopa =satispay bonifico =carta =regolarizzare =quietanza =ricevuta =rimettermi =link',
  debt: '=devo =debiti =pendenze =sospeso =multa =multe =avviso =avvisi =mora =rata =rate =retta =rette =bollettin bollettino bollettini verbale verbali =cartella =debito =debiti =importo =somma =dovuto =tributo =arretrati =bollo =bolletta =contravvenzione =sanzione =tari =imu',
  broken:
    '=passano =ritirano =svuota =svuotano spaccat sfondat =crepa riparar =storto bruciat imbrattat =scoperto ostru marci =rotto =rotta =rotti =rotte =spento =spenta =spenti =spente guast perd abbandonat divelt vandal allagat dissestat pericolant pericolos intasat caduto caduta sporc =scritte otturat =piena =pieni =puzza danneggiat =funziona =funzionano crepat bloccat scoperchiat fulminat =sporco =rovinato =rovinata =trabocca =traboccano sporgente arrugginit',
  thing:
    '=scivolo =ascensore =pavimento =camion =umido =materasso =ponte =crepa segnaletic =passerella =cane =buca =buche =voragine lampion luce semafor tombin marciapied casson cassonett =albero =alberi =ramo =rami =cartello =cartelli segnaletic panchin altalen giostr =topi =ratti =topo zanzar vespe blatte =nido discaric immondiz spazzatur monnezz rifiut asfalto siepe =erba aiuol fontan fogn =palo =pali =cavo guardrail =strisce graffit ingombrant =auto =macchina =motorino =muro =muri =vetri illuminazion piccion cinghial carcass scarico =perdita =neve =ghiaccio =foglie segnalare segnalo =segnalazione =cestino =cestini =bidoni =bidone',
  place:
    '=via =viale =piazza =piazzale =corso =strada =vicolo =rotonda =parco =parchetto =giardini =giardino incrocio =quartiere =ponte =sottopasso =ciclabile =fermata =angolo =cortile =lungomare =stradina',
  person:
    'person operat uman impiegat addett =qualcuno =quarcuno =nessuno funzionari responsabil consulent =collega cristiano =voce telefon richiam =chiami =chiamare =chiamata =chiamate =chiamatemi ricontatt dirigent =contatto',
  machine: '=bot =robot macchin =macchina chatbot =chat =computer =coso =sistema automat risponditor =tecnologia internet',
  lost: '=capisco =capisci =capite =riesco =riesci =capace =capaci spiegar =aiutami =aiutate =aiuta =aiuto complicat =mano =pratico =pratica =inutile =fido delicat particolare confus difficil =ripeti =solita =girare',
  praise:
    'squisit =brave =comoda piacevol =finalmente =contento =contenta complimenti =bravo =brava =bravi =brave bravissim gentil cortes soddisfatt =ottimo =ottima eccellent =perfetto apprezz ringrazi =utile piaciut =veloce velocissim =velocita preparat disponibilissim competent =grazie =impeccabile efficien comodo comodissim =bello professional',
  blame:
    'scomod complicat =disservizio =reclamo reclam lament vergogn schif maleducat scortes pessim delus scandal incompetent sbagliat errat lento lentissim =male insoddisfatt disappunt assurd scorbut svogliat inefficien incomprens =peggio =indecente =trattato =trattata =pena ridicol disorganizz arrogan disastr =truffa vergogna insopportabil =inaccettabile',
  rating:
    '=personale =chat =chatbot =modulo =portale =moduli burocraz =app =stelle =stella =voto recension suggeriment suggerisco =opinione =servizio =servizi esperienz =sito =app risposta =risposte =migliorare =procedura =feedback =giudizio =attesa =impiegata =impiegato =impiegati =signora =signore =proposta =consiglio valutazion',
  danger:
    'scintill =tensione =bruciando ribaltat stripat straripat =crollando =cedendo sbranando =passanti =passante brucia folgorat =rissa spara =sparano cornicione doglie incastrat soffocand =urla =urlare cuchill annega =frana =pugno sfondato scassin =buttarsi candeggina =crolla incendi fuoc fiamm =fumo =gas ferit sangu svenut respir ambulanz carabinier polizia pompier ladr coltell picchi minacc morir mort suicid uccider ammazz infart aggred violent crollat emergenz soffoc =ictus =paura intrappolat isolat rapina =pistola =armato esplos terremot scompars inseguend =botte =aiuto alluvion =muore svien svenir =pastiglie overdose rubando investit',
  body: '=petto =braccio =testa =cuore =bambino =bambina =nonno =nonna =madre =padre =papa =mamma =marito =moglie =figlio =figlia =compagno =ex =sorella =fratello =vicino =vicina',
  courtesy:
    'ahah haha =ciao =salve buongiorn buonaser =grazie =arrivederci =prego =ok =perfetto =buona =buon =bene =scusa =presto =ehi =auguri =capito =chiaro =posto =giornata =prova =test =pronto',
  self: '=sei =hai =sai =puoi =fai =ti =tu =te =tuo =stai =chiami =vivi',
  municipal:
    '=carta =cie identit residen certificat anagraf tribut =tari =imu =tasi =tefa =irpef =isee =spid =pec =urp =aire comun municip =nido =asilo mensa refezion scuolabus scuol scolast rifiut ingombrant matrimon sposar divorz unioni nascit cittadinanz document passaport =tessera elettoral sportell uffici =multa parchegg =ztl passo =pass edilizi edilizia =scia =cila =suap cimiter =loculo =loculi tomba bibliotec permess contribut bonus stato =civile =bollo domicil =pratica modul tass agevolazion esenzion sconto requisit iscri iscriz =voto votare suolo concession disabil anzian assegn famiglia defunt decess estratto atto delega autocertific patente veicol passi occupazion =dichiarazione affitt popolare canone catast =visura =protocollo bando concors vigil polizia servizi sociali raccolta differenziat plastic vetro umido isola ecologic orari apert apre chius chiude sindac assessor giunta consiglio fototesser =foto sanitari cane microchip canin',
  elsewhere:
    'sveglia musica banca =conto credito =latte notizie motore =olio uovo uova triangolo cerchio matematic =tavolo airbnb idraulic =ikea mobile =tv televis streaming alieni =terra sogno sogni stipendio astronaut compro cielo pesce canarin tartarug cavallo chitarr pianofort musica musicist fiori piante rose fuorigioco bici topolino leopard invent vive lampadin ruggine =natale =sanremo =cantare regal =pc laptop =gomma =alberghi albergo =quiz indovinell =soldi dimagrire =fitness =ricco =giornale oro =serie meteo piov previsioni barzellett battut ricett carbonara poesi calcio partita campionat scudetto =serie film canzon cantant oroscop lotto superenalotto capitale traduc =scrivi =scrivimi riassu vacanz ristorant =volo =voli aere treno =iphone android whatsapp bitcoin investi borsa azion medicin raffreddor dimagr dieta gatto =storia =guerra scacchi gioc =luna pianet universo =dio =prompt istruzion ignora =fingi =finta guadagn compiti matematic filosof tema romanz attor napoleon imperator letteratur pittor dipint scoper batteri malditest alluce pizza torta cucin cuoc pasta vino birra viaggi hotel spiagg netflix youtube instagram facebook tiktok videogioc playstation gol squadra juve milan inter =roma mondiali olimpiad formula =moto tennis ragazza fidanzat innamorat amore =sesso =senso =vita mutuo =casa comprare acquist conviene consigli consigliami migliore offerte supermercat scarpe vestit telefono =pc stampante programma python password presidente trump governo partito guerre abitanti montagna fiume oceano',
};
