import type { Concepts } from './concepts.ts';

export const fr: Concepts = {
  asks: '=comment =ou =quand =combien =quel =quelle =quels =quelles =qui =pourquoi =quoi',
  impersonal: '=on =faut =il =doit =peut =peuvent',
  wants: '=veux =voudrais =dois =puis =peux =besoin =aimerais =souhaite =souhaiterais =prefere =prefererais =voulais',
  requests: '=donnez =mettez =pouvez =svp =plait =prenez =envoyez =faites =moi =pourriez =trouvez =inscrivez',
  mine: '=mon =ma =mes =notre',
  did: '=ai =avez =depose =envoye =demande =fait =transmis =pris =reserve',
  not: '=pas =plus =ne =jamais =personne =rien =aucun',
  day: '=demain =lundi =mardi =mercredi =jeudi =vendredi =samedi =semaine =matin =midi =apres =aujourd =jour =date =heure =heures =prochaine =janvier =fevrier =mars =avril =juin =juillet =aout =septembre =octobre =novembre =decembre =mois',
  now: '=maintenant =actuellement =ici =moment =place =deja =dehors =tout',
  appointment: 'rendez =rdv reservation =creneau =creneaux =entretien',
  book: '=rencontrer =voir =reserver reservez =prendre =creneau =libre =libres =disponible =disponibilite =premier =fixer =place =venir =passer =inscrivez =tot =possible',
  move: 'deplac decal =reporter =reporte =reportez =reporterais =changer =avancer =modifier =autre =plutot =lieu =tard repouss echang trompe',
  cancel: 'annul supprim effac renonc =liberez =enlevez =retirez desist',
  filed: 'dossier =demande requete =inscription =signalement =courrier',
  outcome:
    '=devenue =ou =etat =prete =pret =recu =recue =nouvelles accept valid refus trait =suivi =avancement attends avance =reponse =suite =arrive =delivre =termine',
  queue: '=appele =queue =file =attente =monde =devant =tour =numero =ticket =guichet =personnes =attendre =affluence =passage',
  pay: '=dois =reste =payer paie paye paiement =regler =reglement recharg verser =acquitter =lien',
  debt: 'facture =amende =taxe =avis =dette =impot =contravention =pv =cantine =redevance =loyer =echeance',
  broken:
    'casse panne =fuite bouch tombe abandon inond dangereu =sale =trou ramass traine =marche abime =eteint cassee fonctionne deborde =mort',
  thing:
    'lampadaire poubelle ordure dechet trottoir =arbre =branche signal =feu panneau =banc =rats =rat graffiti egout chaussee =nid balancoire tag dechets =depot voiture =vitre eclairage encombrant verglas',
  place: '=rue =avenue =place =parc =boulevard =carrefour =coin =quartier =chemin =pont =ecole',
  person:
    '=personne =quelqu conseill =agent employe =humain =appeler =rappeler =rappelez =telephone operateur responsable =vive =voix =appelle fonctionnaire =parler',
  machine: '=robot =machine =ordinateur =bot =automatique',
  lost: '=comprends =comprenez =comprend =aide =aider =complique =difficile expliquer =arrive =perdu =inutile',
  praise:
    '=bravo =merci satisfait =aimable =content felicit =excellent =rapide =gentil =efficace =agreable =super =tres =parfait =accueillant',
  blame:
    'mecontent =decu =decue desagreable reclamation plaindre plainte =fausse =honte scandal =lent =lente =nul =pire incompet inadmissible =faux =mal impoli =catastroph',
  rating: '=noter =guichet =etoiles =etoile =service suggestion =site =accueil =reponse =experience =avis =note =agent =employee',
  danger:
    'coince medicament =arme pistolet =disparu coince =feu incendie fumee =gaz frappe respire mourir suicid =secours ambulance police pompiers =samu blesse accident cambriol menace =couteau inconscient saigne tuer =urgence noie agress infarctus =peur coince etouff =viol',
  body: '=mari =femme =mere =pere =fils =fille =copain =bebe =enfant =voisin =grand =ex',
  courtesy: '=bonjour =bonsoir =salut =merci =revoir =journee =soiree =accord =ok =coucou =ca =va =test',
  self: '=tu =toi =es =ton =vous =etes =appelles',
  municipal:
    'mairie =carte identite =etat =civil =impots =impot cantine ecole creche =acte naissance mariage deces residen certificat permis passeport domicil adresse papiers pieces document electoral vote bibliotheque horaire ouvert ferme bureau =taxe dechets logement allocation parking stationne cimetiere nationalite inscri =attestation =maire procuration',
  elsewhere:
    'reveil =musique =solde =compte cuire =oeuf =tele actions extraterr pizza acheter =ciel guitare musique =fois cadeau devinette =film meteo blague recette poeme =temps =match film capitale tradui foot bitcoin restaurant vacances =vol horoscope loto consignes instructions pluie maths devoirs guerre histoire chanson iphone telephone lune planete regime maigrir gateau crepes ecris raconte conseille gagne champion politique president chat chien',
};
