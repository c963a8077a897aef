/** Words that stand where a name could, and name nobody: what people are, offices and papers, greetings. Compared in small letters without the last vowel, so that one entry serves "cittadino" and "cittadine". */
const ORDINARY = new Set(
  `abitant addett adult agent agenzi ambasciator american anagraf anzian appuntament architett artigian assesor assessor assistent associazion assunt aul autorità avvis avvocatur azienda
band bibliotec bonus buon buongiorn buonaser buonanott car cart casell cas cert certificat cittadin ciao client codic colleg comand comitat commercial commerciant commercialist comun comunal comunitari conducent condomini confermat consiglier consigli consolat contribuent coordinator cordial cortes cos cristian croc
dat delegat destinatari detentor direttor direzion dirigent disabil disoccupat disponibil distint docent document domand domicili donn dottor
ecco egregi elettor elettronic entrat ent erede esempi esercent estern extracomunitari europe
famigli farmaci femmin festiv fidanzat figl firm francesc frances funzionari
geometr genitor gent gentil giovan giudic giunt giovedì grat grazi grec
ident impiegat impres indeterminat indirizz infermier informazion ingegner insegnant interessat interess intestatari inquilin istitut istruttor italian
lavorator legal lettor liber lunedì
madr maestr maggiorenn mam mandat mart martedì maschil maggior medic membr mercoledì minister ministr minor minorenn modul molt mont municipi municipal
nazional nat nessun nient nuov numer
occupat operai operator oper ordin ospedal
padr papà pad parlament part partit pension pensionat person piazz poliz polizi post prefett president prim presid privat procedur professor proprietari prossim protocoll provinci pubblic
qualcun quartier quest question
refe region registr rappresentant referent residenz resident responsabil richiedent richiest ringraziament riscossion roman romen rumen
sabat salut sal sappiat scuol second segretari segreteri seren serviz settor sicur signor sindac sindacat singol societ soci sol sottoscritt sportell spos spett spettabil stabiliment stat stranier student studi social
tant tasse tecnic tedesc telefon temporane tesser titolar tribut tribunal tutor turist
uff uffici umanitari unic univers urgent utent
vedov vener venerdì verbal vigil vic volontari votant volt
zon
feste feast giornat serat pomerigg mattin settiman natal pasqu auguri
agentur amt arzt bürger bürgermeister beamter beamt best deutsch deutscher direktor doktor dank ehefrau eltern frag frau freundlich grüß grüße grüßen herr hallo hausmeister kunde lehrer lehrerin leiter mann mieter mutter rentner rentnerin richter schüler student studentin stadt vater verwaltung vielen
am and are best citizen council councillor dear disabled doctor european english from french german hello happy here italian judge kind landlord looking manager many mayor mister mother father new not office officer owner parent pensioner please regards resident retired single sorry staff student sure team tenant thank thanks the trying unable very warm wishes writing your
bonjour citoyen cordialement directeur docteur étudiant étudiante européen européenne français française habitant italien italienne juge maire mairie maître merci ministre monsieur madame préfet professeur propriétaire retraité retraitée
alcalde alcaldesa alumno ayuntamiento buenas buenos ciudadano ciudadana director directora doctor doctora español española estudiante extranjero extranjera gracias italiano italiana jefe juez jubilado jubilada maestro muchas ministro padre madre profesor residente saludos vecino vecina
bianca rosa verde gialla blu rossa nera anagrafica digitale civile militare comunale statale regionale nazionale europea infinite mille`
    .split(/\s+/)
    .flatMap((word) => [word, bare(word)]),
);

function bare(word: string): string {
  return word.replace(/[aeiou]{1,2}$/u, '');
}

/** For one word, however it is written. */
export function isOrdinary(word: string): boolean {
  const small = word.toLowerCase();
  return ORDINARY.has(small) || (small.length > 4 && ORDINARY.has(bare(small)));
}
