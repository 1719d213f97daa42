//! French, vous.

use super::{MoneyStyle, Phrases, spaced};

pub(super) static PHRASES: Phrases = Phrases {
    code: "fr",
    money: MoneyStyle { group: '\u{a0}', decimal: ',', leading: None },

    short_days: ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"],
    on_days: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    today: "aujourd'hui",
    tomorrow: "demain",
    clock: |time, _| match time.minute() {
        0 => format!("{} h", time.hour()),
        minute => format!("{} h {minute:02}", time.hour()),
    },
    at: |day, _, clock| format!("{day} à {clock}"),
    range: |open, close| format!("{open} à {close}"),
    all_day: "24 h/24",
    closed: "fermé",
    and: "et",
    and_more: "d'autres",

    hello: |name, business| format!("Bonjour{}, merci d'avoir contacté {business}.", spaced(name)),
    hello_again: |name| format!("Bonjour{}, ravis de vous lire.", spaced(name)),
    form_received: |name, business| match name {
        Some(name) => format!("Bonjour {name}, merci pour votre demande. Ici {business}."),
        None => format!("Merci pour votre demande. Ici {business}."),
    },
    missed_call: |name, business| {
        format!(
            "Bonjour{}, ici {business}. Nous sommes désolés d'avoir manqué votre appel. Comment pouvons-nous vous aider ?",
            spaced(name)
        )
    },
    got_photo: "Merci pour la photo.",
    got_video: "Merci pour la vidéo.",
    got_audio: "Merci pour votre message vocal.",
    got_document: "Merci pour le document.",
    got_location: "Merci pour la localisation.",
    got_contact: "Merci pour le contact.",
    say_what_it_shows: "Dites-nous en quelques mots de quoi il s'agit, afin que nous puissions vous aider.",
    say_in_writing: "Nous ne pouvons pas l'écouter ici. Pourriez-vous nous écrire en quelques mots comment vous aider ?",
    unsupported: "Désolés, nous ne pouvons pas ouvrir ce type de message ici. Pourriez-vous l'écrire sous forme de texte ?",
    how_can_we_help: "Comment pouvons-nous vous aider ?",

    open_now: "Nous sommes ouverts en ce moment.",
    open_until: |time| format!("Nous sommes ouverts en ce moment, jusqu'à {time}."),
    closed_until: |at| format!("Nous sommes fermés en ce moment et rouvrons {at}."),
    open_on: |day, spans| format!("Nous sommes ouverts {day} de {spans}."),
    closed_on: |day| format!("Nous sommes fermés {day}."),
    holiday_not_noted: |day| {
        format!("Nous n'avons pas encore noté si nous sommes ouverts {day}. Notre équipe vous le dira volontiers.")
    },
    weekly: |table| format!("Nos horaires : {table}."),
    by_appointment: "Nous n'avons pas d'horaires fixes et travaillons sur rendez-vous.",
    address: |address| format!("Vous nous trouverez à cette adresse : {address}."),
    phone: |number| format!("Vous pouvez nous appeler au {number}."),
    website: |site| format!("Notre site : {site}"),
    reach_us_here: "Le plus simple est de nous écrire ici.",
    services: |list| format!("Nous proposons : {list}."),
    we_do: |service| format!("Nous vous aiderons volontiers pour : {service}."),
    price_none: |service| format!("{service} : gratuit."),
    free: "gratuit",
    price_exact: |service, price| format!("{service} : {price}."),
    price_from: |service, price| format!("{service} : à partir de {price}."),
    price_between: |service, low, high| format!("{service} : en général entre {low} et {high}."),
    price_on_request: |service| {
        format!("{service} : le prix dépend des travaux. Notre équipe vous préparera volontiers un devis.")
    },
    prices: |list| format!("Quelques-uns de nos prix : {list}."),
    from: |price| format!("à partir de {price}"),
    quote_by_team: "Nos prix dépendent de votre demande. Notre équipe vous préparera volontiers un devis.",

    thank_you: |name| format!("Merci{}.", spaced(name)),
    noted: |name| match name {
        Some(name) => format!("Merci {name}, c'est noté."),
        None => "Merci, c'est noté.".to_owned(),
    },
    ask_service: "Quel service vous intéresse ?",
    ask_location: "Dans quelle ville êtes-vous, ou quel est votre code postal ?",
    offer_booking: "Nous pouvons vous proposer un rendez-vous. Quel jour et à quelle heure cela vous conviendrait-il ?",
    gladly_book: "Nous vous donnerons volontiers un rendez-vous.",
    ask_again: "Désolés, nous n'avons pas bien compris votre réponse.",
    name_a_time: "Parfait. Écrivez-nous le jour et l'heure qui vous conviennent, et notre équipe vous confirmera.",
    time_noted: "Merci, nous avons noté le moment que vous souhaitez.",
    all_right: |when| format!("Entendu, {when}."),
    request_noted: |when| format!("Merci, nous avons noté votre demande de rendez-vous {when}."),
    team_confirms: "Notre équipe vérifiera l'agenda et vous le confirmera.",
    ask_day: "Quel jour vous conviendrait ?",
    ask_hour: "À quelle heure cela vous conviendrait-il ?",
    ask_contact: "Puis-je avoir votre nom, et un numéro de téléphone ou une adresse e-mail où vous joindre ?",
    ask_name: "Puis-je avoir votre nom ?",
    ask_reach: "À quel numéro ou à quelle adresse e-mail pouvons-nous vous joindre ?",
    ask_other_time: "Quel autre jour ou quelle autre heure vous conviendrait ?",
    has_been: "Cette heure est déjà passée.",
    no_such_day: "Ce jour de la semaine et cette date ne correspondent pas.",
    ask_the_team: "C'est une question pour notre équipe ; nous la lui avons transmise.",

    of_course: "Bien sûr.",
    sorry: "Nous sommes vraiment désolés, et nous vous remercions de nous le signaler.",
    urgent: "Nous sommes désolés de l'apprendre et traitons votre demande en urgence.",
    danger: "Si quelqu'un est en danger, appelez d'abord le numéro d'urgence local.",
    or_call: |number| format!("Vous pouvez aussi nous appeler au {number}."),
    rather_a_person: "Nous préférons confier cela à un collègue.",
    passed_on: "Merci, nous l'avons ajouté à votre demande.",
    wonderful: "Parfait, notre équipe sait que vous voulez commencer.",
    thanks_for_message: "Merci pour votre message.",
    contact_shortly: "Une personne de notre équipe vous répondra très bientôt.",
    contact_when_open: |at| format!("Une personne de notre équipe vous répondra dès l'ouverture, {at}."),
    contact_soon: "Une personne de notre équipe vous répondra dès que possible.",

    anything_else: "Très bien. Écrivez-nous si vous avez besoin d'autre chose.",
    welcome: "Avec plaisir.",
    goodbye: "Merci de nous avoir contactés, et à bientôt.",
    no_problem: "Bien sûr, aucun problème. Nous sommes là quand vous aurez besoin de nous.",
    not_understood: "Désolés, nous n'avons pas bien compris. Nous pouvons vous renseigner sur les services, les prix, les horaires et les rendez-vous. Comment pouvons-nous vous aider ?",
};
