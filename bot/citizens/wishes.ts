/** What a citizen wants of what is theirs, in words; all languages at once. Whole messages only: in the middle of a sentence they mean other things. */
import { unasked } from '../conversation/filling/control.ts';
import { type Sieved, sieved, together } from '../../knowledge/languages/reading/sieve.ts';
import type { Wish } from './sessions.ts';

export type Wanted = Wish | 'sign-in' | 'sign-out';

const LEAD =
  '(?:(?:ciao|buongiorno|salve|per favore|scusi) )*(?:(?:vorrei|voglio|posso|potrei|fammi|mi fai|devo|i want to|i would like to|can i|show me|show|ich mochte|zeig(?:en)?(?: sie)?(?: mir)?|kann ich|je veux|je voudrais|puis je|montrez moi|quiero|puedo|muestrame) )?(?:(?:vedere|vedi|veda|mostra(?:mi)?|mostrare|mostrarmi|dimmi|elenca(?:mi)?|leggere|controllare|quali sono|quante sono|ci sono|see|list|what are|voir|quels sont|quelles sont|sehen|ver|cuales son) )?(?:tutt[ei] |all |alle |toutes |tous |todas |todos )?';
const END = '(?: sehen| ansehen| anzeigen| please| bitte| per favore| grazie)*$';
const whole = (what: string) => sieved(new RegExp(`^${LEAD}(?:${what})${END}`));

const WANTED: [Wanted, Sieved][] = [
  [
    'bookings',
    whole(
      '(?:le mie|le nostre) prenotazion[ei]|i (?:miei|nostri) appuntament[oi]|che appuntamenti ho|quali appuntamenti ho|my (?:bookings|appointments|reservations)|meine (?:termine|buchungen)|mes (?:rendez vous|reservations|rdv)|mis (?:citas|reservas)',
    ),
  ],
  [
    'cases',
    whole(
      'le (?:mie|nostre) (?:pratiche|domande|istanze|richieste)|my (?:cases|applications|files)|meine (?:vorgange|antrage|akten)|mes (?:dossiers|demandes)|mis (?:expedientes|solicitudes|tramites)',
    ),
  ],
  [
    'all',
    whole(
      'le mie cose|la mia pagina|il mio profilo|i miei dati|area personale|la mia area personale|my things|my page|my profile|my data|meine (?:sachen|daten|seite)|mein profil|mes affaires|mon profil|mes donnees|mis cosas|mi perfil|mis datos',
    ),
  ],
  [
    'sign-in',
    sieved(
      /^(?:(?:vorrei|voglio|posso|come|fammi) )?(?:accedi|accedere|accesso|faccio (?:l )?accesso|fare (?:l )?accesso|entra(?:re)? con (?:lo )?spid|accedere con (?:lo spid|la cie|spid|cie)|accedi con (?:spid|cie|spid o cie)|login|log in|sign in|anmelden|einloggen|se connecter|connexion|iniciar sesion|acceder)$/,
    ),
  ],
  [
    'sign-out',
    sieved(
      /^(?:esci|uscire|vorrei uscire|voglio uscire|logout|log out|sign out|scollegati|disconnetti(?:mi)?|chiudi (?:l accesso|la sessione)|abmelden|ausloggen|deconnexion|se deconnecter|deconnecter|salir|cerrar sesion)$/,
    ),
  ],
];

const wantedBy = together(WANTED.map(([, words]) => words));

/** Null = something else. */
export function wantedIn(text: string): Wanted | null {
  if (text.length > 80 || text.includes('\n')) return null;
  const said = unasked(text).trim();
  return WANTED[wantedBy.first(said) ?? -1]?.[0] ?? null;
}

/** Six figures, perhaps in two threes. */
export const figuresIn = (text: string): string | null => {
  const found = /^\D{0,20}?(\d{3})[\s.-]?(\d{3})\D{0,3}$/.exec(text.trim());
  return found ? `${found[1]}${found[2]}` : null;
};
