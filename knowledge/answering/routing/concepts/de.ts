import type { Concepts } from './concepts.ts';

export const de: Concepts = {
  asks: '=wie =wo =wann =welche =welcher =welches =welchen =wer =was =warum =wieviel =wohin =womit',
  impersonal: '=man =muss =darf =gilt =gibt =kostet =braucht',
  wants: '=mochte =mocht =will =brauche =kann =wurde =hatte =gern =gerne =wollte =soll =muss',
  requests: '=bitte =konnen =konnten =geben =schicken =mir =sie =tragen =reservieren =machen',
  mine: '=mein =meine =meinen =meines =meinem =meiner =unser',
  did: '=habe =haben =hat =beantragt =eingereicht =geschickt =gestellt =gemeldet =abgegeben =gebucht',
  not: '=nicht =kein =keine =keinen =nie =niemand =nichts =mehr',
  day: '=heute =morgen =ubermorgen montag dienstag mittwoch donnerstag freitag samstag =woche =nachmittag =vormittag =fruh =uhr =tag =nachste =nachsten januar februar marz juni juli oktober dezember',
  now: '=jetzt =gerade =gleich =hier =momentan =aktuell =sofort =schon =draussen',
  appointment: 'termin reservier =buchung',
  book: '=vorbei =platz =eintragen vereinbar =buchen =buche =frei =freie =freier =freien =ausmachen =vorbeikommen =nachster =nachste =platz =eintragen =moglich =kommen reservieren',
  move: 'verschieb verleg umbuch =andern =andere =anderen =anderer =spater =fruher =statt =lieber =vorziehen =tauschen =verspate andern',
  cancel: 'absag stornier losch streich annullier =abmelden =erledigt zuruckzieh =doch =entfernen',
  filed: 'antrag antrags =anfrage =aktenzeichen =akte =unterlagen =vorgang =meldung =bearbeitung gesuch',
  outcome:
    '=brief =durch =geworden =passiert =stand =status =fertig genehmigt bewilligt erhalten neuigkeiten bearbeitet abgelehnt angekommen =warte =weit =da =abholbereit =eingegangen =bekomme =ergebnis =antwort',
  queue: 'aufgerufen warteschlange schlange warten wartez wartenummer =nummer =reihe =voll =dran =leute =anstehen =los =schalter =ziehen',
  pay: '=schulde =zahlen bezahl zahl zahlung uberweis begleich =zahle =guthaben aufladen',
  debt: 'rechnung =strafe strafzettel bescheid gebuhr =schulden =steuer =busse =mahnung knollchen =rate zahlungsaufford',
  broken:
    'kaputt defekt =leck umgefallen =gefallen beschadigt verstopft uberflutet abgeholt =gefahrlich =dreckig =abgeladen =funktioniert =stinkt =voll ausgefallen =lauft =tot =lose',
  thing:
    '=scherben =mulltonne =fahrrad schlagloch schlaglocher laterne strassenla ampel =mull mulltonne mullabfuhr sperrmull gully =baum =ast gehweg schild spielplatz schaukel graffiti =bank ratten =schaden =melden wespen =auto =loch =glas =tonne unkraut',
  place: '=strasse =platz =park =ecke =kreuzung =weg =gasse =viertel =brucke haltestelle hauptstrasse',
  person:
    'mensch mitarbeiter =jemand =jemanden =jemandem anruf =anrufen =angerufen =zuruck zuruckruf sachbearbeiter =person berater personlich =telefon telefonisch kollege beamte =sprechen =reden =chef vorgesetzt',
  machine: '=maschine =roboter =bot =automat =computer =chatbot',
  lost: '=verstehe =verstehen =verstehst =klar =helfen =hilft =hilfe =kompliziert =schwierig erklaren =komme',
  praise: 'zufrieden =super =lob hilfreich freundlich =gut =guter =toll =danke =schnell =nett kompetent ausgezeichnet =netten',
  blame:
    'beschwer unfreundlich unzufrieden =falsch schlecht =langsam unverschamt =schlimm enttausch =katastrophe frech =furchtbar =frechheit',
  rating:
    'bewert =auskunft =formular vorschlag =sterne service webseite =antwort beratung bedienung =erfahrung =seite bewertung =feedback =mitarbeiter =mitarbeiterin =burgerburo',
  danger:
    'eingeklemmt tabletten nachbarhaus pistol verschwunden =angst eingesturzt =brennt =feuer =rauch =gas schlagt atmet krankenwagen herzinfarkt einbr =sterben umbring notarzt polizei feuerwehr =hilfe verletzt bewusstlos bedroht blutet unfall =uberfall =notfall gasgeruch erstick =leben messer ertrink =eingesperrt verfolgt schlaganfall',
  body: '=mann =frau =mutter =vater =kind =sohn =tochter =freund =oma =opa =nachbar =baby',
  courtesy: '=hallo =danke =tschuss =guten =morgen =abend =tag =wiedersehen =gruss =schonen =servus =klar =vielen =ok =test',
  self: '=du =dich =dir =dein =bist =kannst =heisst =hast =weisst',
  municipal:
    'ausweis meldeamt standesamt burgeramt burgerburo gebuhr steuer gemeinde rathaus wohnsitz anmeld bescheinigung urkunde geburt heirat hochzeit kita kindergarten schule mensa fuhrerschein reisepass pass dokument unterlagen =amt amter offnung geoffnet wahl staatsburg parkausweis parken bauantrag genehmigung hund bibliothek bucherei abholen vollmacht wohngeld beihilfe zuschuss personalausweis identitat meldebest mullgebuhr',
  elsewhere:
    'wecker konto =ei eier kocht fernseh aktien ausserird pizza hamlet kaufen himmel gitarre musik =mal schildkrot fisch =nehme regierung systemprompt ratsel =geschenk wetter =witz rezept gedicht aufsatz =spiel film handy bitcoin hauptstadt ubersetz fussball restaurant urlaub flug horoskop lotto anweisung ignorier regen mathe hausaufgabe aktien =krieg geschichte kopfschmerz abnehm lied song empfiehl hoch mond planet schreib witze erzahl =koche kuchen bundesliga weltmeister prasident =hund =katze',
};
