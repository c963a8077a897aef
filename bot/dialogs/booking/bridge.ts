/** Words of other languages for what Italian counters do → the Italian words, so that the services' own words find them. */
export const BRIDGE: [RegExp, string][] = [
  [
    /\b(?:personal ?ausweis\w*|ausweis\w*|identitatskarte\w*|id[ -]?cards?|identity cards?|carte d.identite|carte nationale d.identite|documento de identidad|carnet de identidad|carte de identitate|buletin\w*|osebna izkaznica)\b/g,
    'carta identità',
  ],
  [
    /\b(?:meldebescheinigung\w*|wohnsitzbescheinigung\w*|certificate of residence|residence certificates?|certificat de residence|certificado de (?:residencia|empadronamiento))\b/g,
    'certificato residenza',
  ],
  [
    /\b(?:wohnsitz\w*|ummeld\w*|anmeld\w*|residen(?:ce|cy)|change of address|changement d.adresse|domicile|empadron\w*|residencia|domiciliu|resedinta|schimbare\w* de adresa)\b/g,
    'residenza',
  ],
  [
    /\b(?:geburtsurkunde\w*|birth certificates?|acte de naissance|certificat de naissance|partida de nacimiento|certificado de nacimiento|certificat de nastere)\b/g,
    'certificato nascita',
  ],
  [/\b(?:geburt\w*|birth|naissance|nacimiento|nastere\w*)\b/g, 'nascita'],
  [/\b(?:heirat\w*|hochzeit|eheschliessung|trauung|marriage|wedding|married|mariage|matrimonio|boda|casatorie|casare)\b/g, 'matrimonio'],
  [/\b(?:todesfall|sterbeurkunde|death|deces|defuncion|fallecimiento)\b/g, 'morte'],
  [/\b(?:standesamt\w*|civil (?:status|registry|registrar)|registry office|etat civil|registro civil|stare civila)\b/g, 'stato civile'],
  [/\b(?:bescheinigung\w*|certificates?|certificats?|certificados?|certificate|adeverinta)\b/g, 'certificato'],
  [
    /\b(?:mull ?(?:gebuhr\w*|abgabe\w*|steuer\w*)|abfallgebuhr\w*|waste tax\w*|rubbish tax|garbage tax|taxe (?:des |d.)?(?:ordures|enlevement)|tasa de basura\w*)\b/g,
    'tari',
  ],
  [/\b(?:steuer\w*|steueramt|tax(?:es|e)?|impots?|impuestos?|tributos|taxe|impozit\w*)\b/g, 'tributi'],
  [/\b(?:einwohnermeldeamt|meldeamt|burgeramt|registry of residents|population register)\b/g, 'anagrafe'],
];
