/** Pages written against the demo's own: 20 that say another fee, deadline or opening of the same service, and 12 that only look so. Written before the finder was measured on them. */

export interface PlantedPage {
  title: string;
  heading: string;
  text: string;
  /** Page it contradicts; null = it contradicts none. */
  against: string | null;
}

const page = (title: string, heading: string, text: string, against: string | null): PlantedPage => ({ title, heading, text, against });

export const PLANTED: PlantedPage[] = [
  page('Iscrizione AIRE', 'Tempi e scadenze', 'L’iscrizione va chiesta entro 60 giorni dall’espatrio.', 'aire-italiani-estero'),
  page('Assegno di maternità dei Comuni', 'Importo', 'Nel 2026 l’assegno vale 380,00 € al mese.', 'assegno-maternita'),
  page('Assegno di maternità', 'Quando', 'La lettera del Comune arriva entro 45 giorni.', 'assegno-maternita'),
  page('Autentica di firme e copie', 'Costi', 'La copia in bianco e nero costa 0,50 € a facciata.', 'autentica-firme-copie'),
  page('Biotestamento (DAT)', 'Tempi', 'L’appuntamento è in genere entro 40 giorni.', 'biotestamento-dat'),
  page('Cambio di residenza', 'Tempi e scadenze', 'La polizia locale può controllare che abiti lì entro 60 giorni.', 'cambio-residenza'),
  page(
    'Residenza: cambio di casa',
    'Permesso di soggiorno',
    'Porta copia del nuovo permesso entro 90 giorni dal rinnovo.',
    'cambio-residenza',
  ),
  page('Carta d’identità elettronica (CIE)', 'Tempi e scadenze', 'La carta arriva a casa entro 10 giorni lavorativi.', 'carta-identita'),
  page('Carta d’identità elettronica', 'Carta rotta', 'Se la carta è rotta o il chip non funziona paghi 25,00 €.', 'carta-identita'),
  page('Certificati anagrafici', 'Validità', 'I certificati anagrafici valgono 6 mesi dal rilascio.', 'certificati-anagrafici'),
  page('Certificati di anagrafe', 'Tempi', 'I certificati storici sono pronti entro 60 giorni.', 'certificati-anagrafici'),
  page('Cimiteri e concessioni', 'Orari', 'I cimiteri aprono dalle 7:00 alle 19:00.', 'cimiteri-concessioni'),
  page('Concessioni cimiteriali', 'Contratto', 'Il contratto si firma entro 15 giorni.', 'cimiteri-concessioni'),
  page('Contrassegno disabili (CUDE)', 'Restituzione', 'I familiari lo restituiscono entro 60 giorni.', 'cude-contrassegno-disabili'),
  page('CUDE, contrassegno per disabili', 'Cambio auto', 'Comunica la nuova targa per la ZTL entro 24 ore.', 'cude-contrassegno-disabili'),
  page('Imposta di soggiorno', 'Quanto si paga', 'L’imposta è 2,00 € a notte per persona.', 'imposta-soggiorno'),
  page(
    'Imposta di soggiorno per gli alberghi',
    'Dichiarazione',
    'La dichiarazione annuale scade il 31 maggio dell’anno dopo.',
    'imposta-soggiorno',
  ),
  page(
    'Matrimonio civile',
    'Pubblicazioni',
    'Le pubblicazioni restano affisse sul sito del Comune per 15 giorni.',
    'matrimonio-civile-sale',
  ),
  page('Sale per matrimonio civile', 'Pagamento', 'Paga con PagoPA almeno 30 giorni prima.', 'matrimonio-civile-sale'),
  page('Separazione e divorzio davanti al sindaco', 'Costi', 'Il diritto fisso è di 20,00 € per accordo.', 'separazione-divorzio-sindaco'),
  page('Iscrizione AIRE dei figli', 'Nascita', 'La nascita all’estero si comunica al consolato entro 120 giorni.', null),
  page('Carta d’identità elettronica', 'Duplicato', 'Il duplicato per furto costa 27,35 €.', null),
  page('Carta d’identità elettronica', 'Tempi e scadenze', 'La carta arriva a casa entro 6 giorni lavorativi.', null),
  page('Passaporto', 'Costi', 'Il passaporto costa 116,00 €.', null),
  page('Certificati anagrafici', 'Per posta', 'Se chiedi il certificato per posta aggiungi 1,30 € per il francobollo.', null),
  page('Cimiteri', 'Servizi', 'La pulizia di una lapide costa 35,00 € all’anno.', null),
  page('Contrassegno disabili', 'Zona a traffico limitato', 'Puoi registrare la targa di un accompagnatore per 12 ore.', null),
  page('Imposta di soggiorno', 'Sanzioni', 'Chi non versa l’imposta rischia una sanzione di 150,00 €.', null),
  page('Matrimonio civile', 'Fotografie', 'Per le fotografie nel cortile prenota 3 giorni prima.', null),
  page('Cambio di residenza', 'Auto', 'I dati della patente si aggiornano entro 180 giorni.', null),
  page('Biblioteca', 'Prestito', 'Il prestito di un film dura 7 giorni.', null),
  page('Centri sportivi', 'Orari', 'Il campo da tennis apre dalle 9:00 alle 22:00.', null),
];
