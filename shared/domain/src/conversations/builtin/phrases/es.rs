//! Spanish, usted.

use super::{MoneyStyle, Phrases, comma, hours_and_minutes, language_name, twelve_hours};

pub(super) static PHRASES: Phrases = Phrases {
    code: "es",
    money: MoneyStyle { group: '.', decimal: ',', leading: None },

    short_days: ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
    on_days: ["el lunes", "el martes", "el miércoles", "el jueves", "el viernes", "el sábado", "el domingo"],
    today: "hoy",
    tomorrow: "mañana",
    clock: |time, twelve| {
        if twelve {
            twelve_hours(time, "a. m.", "p. m.", true)
        } else {
            format!("{}:{:02}", time.hour(), time.minute())
        }
    },
    at: |day, time, clock| {
        let article = if clock.starts_with("1:") || time.hour() == 1 { "a la" } else { "a las" };
        format!("{day} {article} {clock}")
    },
    range: |open, close| format!("{open} a {close}"),
    within: |range| format!("de {range}"),
    all_day: "24 horas",
    closed: "cerrado",
    and: "y",
    or: "o",
    and_more: "más",

    hello: |name, business| format!("Hola{}, gracias por comunicarse con {business}.", comma(name)),
    hello_again: |name| format!("Hola{}, qué gusto saludarle.", comma(name)),
    form_received: |name, business| format!("Gracias por su solicitud{}. Le escribe {business}.", comma(name)),
    missed_call: |name, business| {
        format!(
            "Hola{}, le escribe {business}. Disculpe que no pudimos atender su llamada. ¿En qué podemos ayudarle?",
            comma(name)
        )
    },
    got_photo: "Gracias por la foto.",
    got_video: "Gracias por el video.",
    got_audio: "Gracias por su mensaje de voz.",
    got_document: "Gracias por el documento.",
    got_location: "Gracias por la ubicación.",
    got_contact: "Gracias por el contacto.",
    say_what_it_shows: "Cuéntenos en pocas palabras de qué se trata para poder ayudarle.",
    say_in_writing: "No podemos escucharlo en este chat. ¿Podría escribirnos en pocas palabras en qué podemos ayudarle?",
    unsupported: "Disculpe, aquí no podemos abrir este tipo de mensaje. ¿Podría escribirlo como texto?",
    how_can_we_help: "¿En qué podemos ayudarle?",

    open_now: "Ahora mismo estamos abiertos.",
    open_until: |time| format!("Estamos abiertos ahora, hasta las {time}").replace("las 1:", "la 1:") + ending(time),
    closed_until: |at| format!("Ahora mismo estamos cerrados; abrimos de nuevo {at}{}", ending(at)),
    open_on: |day, spans| format!("Abrimos {day} de {spans}{}", ending(spans)),
    open_all_on: |day| format!("Abrimos {day} las 24 horas."),
    closed_on: |day| format!("Estamos cerrados {day}."),
    holiday_not_noted: |day| {
        format!("Todavía no tenemos anotado si abrimos {day}. Nuestro equipo se lo dirá con mucho gusto.")
    },
    weekly: |table| format!("Nuestro horario: {table}{}", ending(table)),
    by_appointment: "No tenemos un horario fijo y atendemos con cita.",
    address: |address| format!("Nos encuentra en {address}."),
    phone: |number| format!("Puede llamarnos al {number}."),
    website: |site| format!("Nuestro sitio web es {site}"),
    reach_us_here: "La mejor forma de comunicarse con nosotros es por aquí.",
    services: |list| format!("Ofrecemos: {list}."),
    we_do: |service| format!("Con gusto le ayudamos con: {service}."),
    price_none: |service| format!("{service}: sin costo."),
    free: "sin costo",
    price_exact: |service, price| format!("{service} cuesta {price}."),
    price_from: |service, price| format!("{service} cuesta desde {price}."),
    price_between: |service, low, high| format!("{service} cuesta normalmente entre {low} y {high}."),
    total: |low, high| match high {
        Some(high) if high == low => format!("En total cuesta {low}."),
        Some(high) => format!("En total suele costar entre {low} y {high}."),
        None => format!("En total, desde {low}."),
    },
    price_on_request: |service| {
        format!("{service}: el precio depende del trabajo. Nuestro equipo le preparará con gusto un presupuesto.")
    },
    prices: |list| format!("Algunos de nuestros precios: {list}."),
    from: |price| format!("desde {price}"),
    quote_by_team: "Nuestros precios dependen del trabajo. Nuestro equipo le preparará con gusto un presupuesto.",
    takes: |service, time| format!("{service} dura normalmente {time}."),
    duration: |hours, minutes| hours_and_minutes(hours, minutes, ["hora", "horas", "minutos"]),
    deposit: |service, sum| format!("Para {service} pedimos un anticipo de {sum} al reservar."),
    from_prices: "De nuestra lista de precios",
    from_answers: "De nuestras preguntas y respuestas",
    from_terms: "De nuestras condiciones",
    from_document: |name| match name {
        Some(name) => format!("De nuestro documento '{name}'"),
        None => "De nuestros documentos".to_owned(),
    },
    on_page: |page| format!(", página {page}"),
    quote: |source, words| format!("{source}: \"{words}\""),
    quote_is_in: |code| {
        let language = language_name(code, ["inglés", "español", "francés", "alemán", "portugués"], "otro idioma");
        format!("Está escrito en {language}.")
    },
    not_listed: "Eso no está entre los servicios de nuestra lista. Hemos preguntado a nuestro equipo si puede ayudarle.",
    not_listed_too: |list| {
        format!("No está en nuestra lista de servicios: {list}. Hemos preguntado a nuestro equipo si puede ayudarle.")
    },
    which_of: |list| format!("¿A cuál de estos se refiere: {list}?"),

    thank_you: |name| format!("Gracias{}.", comma(name)),
    noted: |name| format!("Gracias{}, ya lo anotamos.", comma(name)),
    ask_service: "¿Qué servicio le interesa?",
    ask_location: "¿En qué ciudad o código postal se encuentra?",
    ask_place: |list| format!("¿Cuál de nuestras sedes le conviene: {list}?"),
    again_place: |list| format!("¿A qué sede prefiere venir: {list}?"),
    offer_booking: "Con gusto le damos una cita. ¿Qué día y a qué hora le conviene?",
    gladly_book: "Con gusto le damos una cita.",
    offer_stay: "Con gusto organizamos su estancia. ¿Qué día llegaría y cuántas noches se quedaría?",
    gladly_stay: "Con gusto organizamos su estancia.",
    ask_arrival: "¿Qué día llegaría?",
    ask_nights: "¿Cuántas noches se quedaría?",
    again_nights: "¿Y hasta qué día?",
    stay: |arrival, departure| format!("con llegada {arrival} y salida {departure}"),
    arriving: |arrival| format!("con llegada {arrival}"),
    stay_noted: |when| format!("Gracias, anotamos su solicitud de estancia, {when}."),
    name_a_time: "Perfecto. Escríbanos el día y la hora que le convengan y nuestro equipo se los confirmará.",
    time_noted: "Gracias, anotamos la hora que desea.",
    soonest: "lo antes posible",
    second_told: |when| format!("También avisamos a nuestro equipo del otro momento: {when}."),
    all_right: |when| format!("De acuerdo, {when}."),
    request_noted: |when| format!("Gracias, anotamos su solicitud de cita {when}."),
    needs_contact: "Para confirmarla, nuestro equipo necesita su nombre y un teléfono o correo electrónico; puede enviarlos en cualquier momento.",
    companion_told: "Nuestro equipo acordará con usted la visita de la otra persona; ya se lo hemos pasado.",
    team_confirms: "Nuestro equipo revisará la agenda y se la confirmará.",
    offer_times: |times, several| {
        let question = if several { "¿Qué le viene bien?" } else { "¿Le viene bien?" };
        format!("Tenemos disponibilidad {times}. {question}")
    },
    again_times: |times, several| {
        let question = if several { "¿Cuál de estas le vendría bien?" } else { "¿Le vendría bien?" };
        format!("Tenemos disponibilidad {times}. {question}")
    },
    not_free: |when| format!("Lo sentimos, no tenemos disponibilidad {when}."),
    last_start: |time| format!("Tendría que empezar a las {time} como muy tarde."),
    kept: |when| format!("Tenemos disponibilidad {when} y le reservamos ese horario."),
    booked: |when, service| format!("Su cita está reservada {when}: {service}."),
    moved: |when| format!("Hemos cambiado su cita: ahora es {when}."),
    cancelled: |when| format!("Hemos cancelado su cita {when}."),
    stands: |when| format!("Su cita es {when}."),
    ask_cancel_this: "¿Es esa la que desea cancelar?",
    ask_move_this: "¿Es esa la que desea cambiar?",
    ask_waitlist: "¿Le escribimos cuando se libere una hora? Diga sí para la lista de espera, o díganos otro día.",
    on_waitlist: "Está en la lista de espera. Le escribiremos en cuanto se libere una hora que le convenga.",
    kept_with: |when| format!("Gracias, lo hemos anotado para su cita {when}."),
    ask_day: "¿Qué día le conviene?",
    ask_hour: "¿A qué hora le conviene?",
    ask_contact: "¿Me da su nombre y un teléfono o correo electrónico donde podamos localizarle?",
    ask_name: "¿Cuál es su nombre?",
    ask_reach: "¿A qué teléfono o correo electrónico podemos escribirle?",
    ask_country: "Ese número no parece completo. ¿Falta alguna cifra? Si es de otro país, escríbalo con el prefijo del país, por ejemplo +34.",
    ask_other_time: "¿Qué otro día u hora le conviene?",
    has_been: "Esa hora ya pasó.",
    no_such_day: "Ese día de la semana y esa fecha no coinciden.",
    again_service: "¿Qué servicio necesita: uno de estos u otro?",
    again_location: "¿A qué dirección o código postal tendríamos que ir?",
    again_time: "¿Cuándo le vendría bien?",
    again_day: "¿Qué día le vendría bien?",
    again_hour: "¿Y a qué hora?",
    again_contact: "Para que nuestro equipo pueda confirmárselo: ¿cómo se llama y dónde podemos localizarle?",
    again_name: "¿A qué nombre lo anotamos?",
    again_reach: "¿Qué teléfono o correo debe usar nuestro equipo?",
    again_own: |question| format!("Una cosa más que ayudaría a nuestro equipo: {question}"),
    languages: ["inglés", "español", "francés", "alemán", "portugués"],
    speaks: |languages| format!("Puede escribirnos en {languages}."),
    without_contact: "No hay problema. Nuestro equipo solo puede confirmar una cita con un teléfono o un correo electrónico; puede enviarlo en cualquier momento.",
    it_is_for: |list| format!("Es para: {list}."),
    ask_the_team: "Esa pregunta es para nuestro equipo; ya se la hemos pasado.",
    wants_cancel: "Hemos avisado a nuestro equipo de que desea cancelar; se lo confirmará.",
    wants_move: "Hemos avisado a nuestro equipo de que desea otra hora para su cita; se la confirmará.",
    wants_confirm: "Hemos pedido a nuestro equipo que revise su cita; se la confirmará.",
    wants_erasure: "Hemos avisado a nuestro equipo de que desea que se borren sus datos; se lo confirmará.",
    passed_to_team: "Gracias, hemos pasado su mensaje a nuestro equipo.",
    team_looks: "Nuestro equipo lo revisará.",
    never_mind: "No se preocupe. Que tenga un buen día.",

    automatic: |business| format!("Le responde el asistente automático de {business}."),
    person_on_request: "Si prefiere hablar con una persona, díganoslo.",
    of_course: "Por supuesto.",
    sorry: "Lamentamos mucho lo ocurrido y le agradecemos que nos lo diga.",
    urgent: "Lamentamos lo ocurrido y lo tratamos como urgente.",
    danger: "Si alguien está en peligro, llame primero al número de emergencias de su zona.",
    or_call: |number| format!("También puede llamarnos al {number}."),
    rather_a_person: "Preferimos que lo revise un colega.",
    passed_on: "Gracias, lo añadimos a su solicitud.",
    asked_too: "También hemos pasado esta pregunta a nuestro equipo.",
    wonderful: "Excelente, nuestro equipo ya sabe que usted quiere empezar.",
    thanks_for_message: "Gracias por su mensaje.",
    contact_shortly: "Una persona de nuestro equipo le responderá en breve.",
    contact_when_open: |at| format!("Una persona de nuestro equipo le responderá cuando abramos, {at}{}", ending(at)),
    contact_soon: "Una persona de nuestro equipo le responderá lo antes posible.",

    anything_else: "Muy bien. Escríbanos si necesita algo más.",
    welcome: "Con mucho gusto.",
    goodbye: "Gracias por comunicarse con nosotros. Hasta pronto.",
    no_problem: "Por supuesto, sin problema. Aquí estamos cuando nos necesite.",
    take_your_time: "Por supuesto, tómese su tiempo.",
    not_understood: "Disculpe, no le entendimos bien. Podemos informarle sobre servicios, precios, horarios y citas. ¿En qué podemos ayudarle?",
};

/// The full stop after `text`, unless it ends in one, as `5:00 p. m.` does.
fn ending(text: &str) -> &'static str {
    if text.ends_with('.') { "" } else { "." }
}
