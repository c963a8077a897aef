import type { Concepts } from './concepts.ts';

export const en: Concepts = {
  asks: '=how =where =when =which =who =what =why =whose',
  impersonal: '=one =does =is =are =do',
  wants: '=want =need =like =must =have =would =should =can =may =wish =prefer',
  requests: '=please =could =get =give =let =send =put =make =me',
  mine: '=my =mine =our',
  did: '=applied =submitted =sent =requested =ordered =handed =filed =ve =did =have =had =booked',
  not: '=not =no =don =t =can =won =never =cannot =nobody =nothing',
  day: '=today =tomorrow monday tuesday wednesday thursday friday saturday =week =morning =afternoon =month =day =date =next january february march april june july august september october november december',
  now: '=now =right =here =currently =moment =already =outside',
  appointment: 'appointment =booking =bookings reserv =slot =slots =meeting',
  book: '=fit =spot =visit =book schedul available availability =free =reserve =earliest =arrange =set =come =down =spot =appointment =first',
  move: 'reschedul postpon =move =switch =change =earlier =later =instead =another =different =push =bring =swap =delay =rebook =rather',
  cancel: 'cancel delet remov =drop =longer =off withdraw =free =anymore =scrap',
  filed: 'application =request =case =file =form =claim =ticket =submission',
  outcome:
    '=through =heard =reply =back =status =ready approved accepted =received =news update =progress =heard =rejected =granted =processed =happening =happened =arrive =arrived =yet =still waiting =fixed =issued =far',
  queue: '=called =crowd =queue =line =wait =waiting =turn =number =ticket =crowded =busy =ahead =serving =front =people',
  pay: '=owe =meals =pay =paying =payment =payments =settle =owe =topup =top =transfer =paid',
  debt: '=owe =bill =bills =fine =fines =fee =fees =debt =notice =invoice =ticket =tax =penalty =instalment =amount',
  broken:
    '=picked =burnt broken leak overflow =out dumping damaged =blocked flooded =fallen =fell abandoned dangerous =dirty =dead collected =missing cracked =working smell =stuck vandal',
  thing:
    'mattress =rubbish =pothole =bridge =lift elevator pothole lamp =light =lights streetlight lamppost pavement sidewalk =bin =bins rubbish trash garbage =tree =branch =sign bench =rats =rat graffiti manhole drain playground =swing =report =reporting =car =wall litter =hole =sewage =wasps',
  place: '=street =road =park =corner =avenue =square =junction =lane =house =bridge',
  person:
    'human =person =agent =operator =someone =somebody =anyone =staff =call =phone supervisor =representative =manager =people =employee =clerk =member =voice',
  machine: '=bot =robot =machine =computer =chatbot =computers =automated',
  lost: 'understand =useless =help helping =explain =stuck =confused complicated =hard =difficult',
  praise:
    '=great excellent =lovely helpful =happy satisfied =kind =polite =thank =thanks =friendly amazing =good =quick =easy =brilliant =well',
  blame:
    'complain =rude terrible =wrong =slow disgrace awful disappoint unhappy dissatisf =bad =worst =poor =unacceptable =treated ridiculous =useless =horrible',
  rating:
    '=rate =review =form =complaint =suggestion =stars =star =service feedback suggest =website =site =answer =experience =review =lady =clerk =staff =rate =rating',
  danger:
    '=crash =trapped =pills =fight =choking =missing =scared =river =rising =fire =smoke =gas bleed breath ambulance police =kill =die =dying hitting =beats =beating attack =help emergency collapsed unconscious chok suicid =knife =gun burglar breaking following heart =attack drown trapped stabbed overdose =hurt injured',
  body: '=husband =wife =mother =father =son =daughter =boyfriend =baby =child =grandmother =neighbour =mum =dad',
  courtesy: 'haha =haha ahah =hello =hi =hey =thanks =thank =bye =good =morning =evening =ok =great =goodbye =nice =sorry =test',
  self: '=you =your =yourself =are',
  municipal:
    'registry council =town =hall =id =card residen =tax =taxes school certificat permit passport =identity address marri wedding birth death citizenship nursery canteen =waste recycl library office =opening =open =hours =register registration document paper licence parking =electronic =fee benefit housing =rent =vote electoral =wifi =mayor kindergarten allowance',
  elsewhere:
    'alarm music =bank balance credit =airport exchange =oil japanese ingredient boil =egg =eggs microwave dream smoking chess yacht exercise lawyer circle =news stars =earth =word pizza stain shirt =eggs flu calories aliens stocks sofa beach lasagna hamlet banana =tv economy countries nations science physics chemistry =history =team =player =actor celebrity =buy =sky guitar turtle music fish =bird plant =times =laptop =meaning =life =math =lyrics =gift =travel quiz riddle weather =joke recipe =poem movie film =game =won =cup bitcoin =moon essay haiku eiffel =song lyrics capital translat invest =stock football soccer restaurant holiday =flight =flights =iphone homework =math =weight diet prompt instructions ignore pretend president war planet =story =rain =best =president python =code recommend =world hotel medicine headache horoscope lottery =tall =dog =cat =girlfriend',
};
