import type { Concepts } from './concepts.ts';

export const es: Concepts = {
  asks: '=como =donde =cuando =cuanto =cuanta =cuantos =cuantas =cual =cuales =quien =quienes =que',
  impersonal: '=se =hay =hace =falta =debe =puede =pueden =deben',
  wants: '=quiero =quisiera =necesito =tengo =puedo =gustaria =queria =debo =prefiero =deseo =podria',
  requests: '=deme =ponga =pueden =favor =pongame =dame =envie =mandeme =apunteme =podrian',
  mine: '=mi =mis =nuestro',
  did: '=he =hice =presente =envie =solicite =pedi =mande =entregue =reserve =llevo',
  not: '=no =ya =nunca =nadie =nada =mas =sin',
  day: '=hoy =manana =lunes =martes =miercoles =jueves =viernes =sabado =semana =tarde =dia =fecha =hora =horas =enero =febrero =marzo =abril =mayo =junio =julio =agosto septiembre octubre noviembre diciembre =mes =proxima',
  now: '=ahora =aqui =actualmente =momento =ya =fuera',
  appointment: '=cita =citas =reserva =reservas',
  book: '=pongame =hora =reservar reserveme =pedir =hueco =libre =disponible apunt =primera =primer =agendar =concertar =antes =pasar =cuanto =turno =previa',
  move: '=cambiar adelant aplaz =mover =otro =otra =vez =modificar posponer retras reprogram equivoque =cambio =despues',
  cancel: '=anular anulen cancel borr elimin renunci =quitar =quitenme =anule =libere =dejar',
  filed: 'solicitud expediente tramite peticion =instancia =registro =reclamacion',
  outcome:
    '=paso =llegado =listo =lista =estado aprobad recibi recibido novedades acept rechaz =respuesta esperando =llega =va =resuelto concedid =situacion',
  queue: '=atendiendo =cola =fila =turno =numero =espera =esperar =gente =delante =ventanilla =toca =personas =lleno =van',
  pay: '=debo =pagar =pago =pague abonar recargar ingresar transferencia =saldar =enlace',
  debt: '=multa =recibo =factura =tasa =impuesto =deuda =aviso =cuota =sancion =contribucion',
  broken: '=roto =rota averia fuga caido abandonad atasc inundad peligros suci estropead recogid =funciona tirad =fundida =muerto',
  thing:
    'bache farola semaforo basura acera =arbol =rama senal banco =ratas =rata grafiti alcantaril columpio =coche contenedor alumbrado escombro papelera pintadas =avisar',
  place: '=calle =plaza =avenida =parque =esquina =cruce =carretera =barrio =puente',
  person: '=persona =alguien operador =humano agente llamar llamen llame funcionari emplead =telefono =responsable =hablar',
  machine: '=robot =maquina =ordenador =bot =chatbot',
  lost: 'entiend =aclaro =ayuda =ayudar complicad dificil explicar =inutil =perdido',
  praise: '=gracias amable =bueno =buen =buena content felicit satisfech =excelente =rapido =rapidez =genial =bien encantad =trabajo',
  blame: 'queja maleducad verguenza incorrect =lento =lenta =mal =pesimo =pesima decepcion fatal =peor quejar enfadad horrible inaceptable',
  rating:
    'valorar =formulario =estrellas sugerencia =servicio =web =pagina =atencion =trato =respuesta =experiencia =valoracion =opinion =equipo',
  danger:
    'atrapad pastillas =armado pistola desaparecido =suelo =fuego incendio =humo =gas =pega respira ambulancia morir =robar policia bomberos herido amenaz sangr infarto =auxilio =socorro =ayuda desmay =accidente suicid cuchill matar =caido =mueve violen =miedo ahog atrap golpe',
  body: '=marido =mujer =madre =padre =hijo =hija =novio =abuela =abuelo =bebe =vecino =pareja',
  courtesy: '=hola =gracias =adios =buenas =buenos =dias =tardes =noches =vale =luego =ok =prueba =tal',
  self: '=eres =tu =te =sabes =puedes =llamas =estas',
  municipal:
    'carne padron empadron ayuntamient tributo impuesto registro certificad comedor basura civil document dni pasaporte nacimiento matrimoni casarse residencia domicilio escuela colegio guarderia horario abre abierto cierra oficina requisito tramites aparcamiento licencia ayuda alquiler biblioteca votar tasa papeles fotos alcalde ciudadania',
  elsewhere:
    'alarma saldo =cuenta cuece huevo =tele acciones extraterr pizza quijote =compro comprar =cielo guitarra musica =por regalo =coche adivinanza chiste receta poema =tiempo pelicula partido movil cancion llover lluvia capital traduc futbol bitcoin restaurante vacaciones vuelo horoscopo loteria instrucciones matematicas deberes guerra historia luna planeta adelgazar paella cuentame escrib recomiend olvida gano mundial presidente perro gato madrid',
};
