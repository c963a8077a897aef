/** Common given names, of Italy and of those who came to live here. Words that are as often something else (Rosa, Chiara, Domenica, Viola, Franca, Grazia …) count only beside a surname, as all of them do. */
export const GIVEN_NAMES = new Set(
  `adele adriana adriano agnese agostino alberto alessandra alessandro alessia alessio alex alfonso alfredo alice amedeo amelia ana andrea andrei angela angelica angelo anita anna annalisa annamaria antonella antonia antonino antonio
arianna armando arturo asia aurora barbara bartolomeo beatrice benedetta bianca bruno camilla carla carlo carlotta carmela carmelo carmen carolina caterina cecilia celeste cesare chiara ciro clara claudia claudio corrado cosimo cristian
cristiano cristina damiano daniela daniele danilo dario davide debora denis diego dino domenica domenico donatella donato edoardo elena eleonora elia elisa elisabetta elvira emanuela emanuele emilia emilio emma enrica enrico enzo erica
ernesto ettore eugenio eva fabiana fabio fabrizio fatima fausto federica federico felice ferdinando filippo fiorella flavia flavio franca francesca francesco franco gabriele gabriella gaetano gaia gennaro gerardo giacomo giada gianluca
gianni gianpaolo gilberto ginevra gino giorgia giorgio giovanna giovanni giulia giuliana giuliano giulio giuseppe giuseppina gloria graziella grazia greta guglielmo guido hassan ibrahim ida ignazio ilaria irene irma isabella ivan ivana
ivo jacopo karim katia laura leonardo letizia licia lidia liliana linda lino lisa livia livio loredana lorena lorenzo luca lucia luciana luciano lucrezia ludovica luigi luigia luisa maddalena manuela manuel mara marcella marcello marco
margherita maria mariangela mariano marika marina mario marisa marta martina martino massimiliano massimo matilde matteo mattia maurizio mauro melissa michela michele milena mirella mirko mohamed mohammed monica nadia natalia nicola
nicole nicolò noemi omar ornella orazio oscar ottavio paola paolo pasquale patrizia piero pietro pino raffaele raffaella raimondo rebecca renata renato riccardo rita roberta roberto rocco romano romina rosa rosanna rosario rossana rossella
ruggero sabrina salvatore samuele sandra sandro sara saverio sebastiano serena sergio silvana silvano silvia silvio simona simone sofia sonia stefania stefano susanna tamara teresa tiziana tiziano tommaso tony ugo umberto valentina valeria
valerio vanessa vera veronica viola vincenza vincenzo virginia vito vittoria vittorio viviana walter yasmine youssef ahmed ali amina aisha khadija said rachid
john james mary jane grace william elizabeth thomas sarah david michael peter paul robert susan emily hans jürgen klaus wolfgang sabine ursula petra heike jean pierre jacques claire marie philippe françoise juan josé carlos pilar lucía
ion gheorghe mihai elena ioana alexandru cristian maria olga svetlana natalya oksana liliya ivan wei li ming fatou mamadou kwame`
    .split(/\s+/)
    .filter(Boolean),
);
