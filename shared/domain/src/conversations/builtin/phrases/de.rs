//! German, Sie.

use super::{MoneyStyle, Phrases, comma, spaced};

pub(super) static PHRASES: Phrases = Phrases {
    code: "de",
    money: MoneyStyle { group: '.', decimal: ',', leading: None },

    short_days: ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
    on_days: ["am Montag", "am Dienstag", "am Mittwoch", "am Donnerstag", "am Freitag", "am Samstag", "am Sonntag"],
    today: "heute",
    tomorrow: "morgen",
    clock: |time, _| match time.minute() {
        0 => format!("{} Uhr", time.hour()),
        minute => format!("{}:{minute:02} Uhr", time.hour()),
    },
    at: |day, _, clock| format!("{day} um {clock}"),
    range: |open, close| format!("{} bis {close}", open.trim_end_matches(" Uhr")),
    all_day: "rund um die Uhr",
    closed: "geschlossen",
    and: "und",
    and_more: "weitere",

    hello: |name, business| format!("Guten Tag{}, vielen Dank für Ihre Nachricht an {business}.", spaced(name)),
    hello_again: |name| format!("Guten Tag{}, schön, von Ihnen zu hören.", spaced(name)),
    form_received: |name, business| match name {
        Some(name) => format!("Guten Tag {name}, vielen Dank für Ihre Anfrage bei {business}."),
        None => format!("Vielen Dank für Ihre Anfrage bei {business}."),
    },
    missed_call: |name, business| {
        format!(
            "Guten Tag{}, hier ist {business}. Leider haben wir Ihren Anruf verpasst. Wie können wir Ihnen helfen?",
            spaced(name)
        )
    },
    got_photo: "Vielen Dank für das Foto.",
    got_video: "Vielen Dank für das Video.",
    got_audio: "Vielen Dank für Ihre Sprachnachricht.",
    got_document: "Vielen Dank für das Dokument.",
    got_location: "Vielen Dank für den Standort.",
    got_contact: "Vielen Dank für den Kontakt.",
    say_what_it_shows: "Bitte schreiben Sie uns kurz, worum es geht, damit wir Ihnen helfen können.",
    say_in_writing: "Wir können sie hier nicht anhören. Könnten Sie uns kurz schreiben, wie wir Ihnen helfen können?",
    unsupported: "Leider können wir diese Art von Nachricht hier nicht öffnen. Könnten Sie uns bitte als Text schreiben?",
    how_can_we_help: "Wie können wir Ihnen helfen?",

    open_now: "Wir haben gerade geöffnet.",
    open_until: |time| format!("Wir haben gerade geöffnet, bis {time}."),
    closed_until: |at| format!("Wir haben gerade geschlossen und öffnen wieder {at}."),
    open_on: |day, spans| format!("Wir haben {day} von {spans} geöffnet."),
    closed_on: |day| format!("Wir haben {day} geschlossen."),
    holiday_not_noted: |day| {
        format!("Ob wir {day} geöffnet haben, ist noch nicht vermerkt. Unser Team sagt es Ihnen gern.")
    },
    weekly: |table| format!("Unsere Öffnungszeiten: {table}."),
    by_appointment: "Wir haben keine festen Öffnungszeiten und arbeiten nach Vereinbarung.",
    address: |address| format!("Sie finden uns hier: {address}."),
    phone: |number| format!("Sie erreichen uns telefonisch unter {number}."),
    website: |site| format!("Unsere Website: {site}"),
    reach_us_here: "Am besten erreichen Sie uns gleich hier.",
    services: |list| format!("Wir bieten an: {list}."),
    we_do: |service| format!("Gerne helfen wir Ihnen weiter: {service}."),
    price_none: |service| format!("{service}: kostenlos."),
    free: "kostenlos",
    price_exact: |service, price| format!("{service} kostet {price}."),
    price_from: |service, price| format!("{service}: ab {price}."),
    price_between: |service, low, high| format!("{service} kostet in der Regel zwischen {low} und {high}."),
    price_on_request: |service| {
        format!("{service}: Der Preis hängt vom Aufwand ab. Unser Team erstellt Ihnen gerne ein Angebot.")
    },
    prices: |list| format!("Einige unserer Preise: {list}."),
    from: |price| format!("ab {price}"),
    quote_by_team: "Unsere Preise hängen vom Aufwand ab. Unser Team erstellt Ihnen gerne ein Angebot.",

    thank_you: |name| format!("Vielen Dank{}.", comma(name)),
    noted: |name| format!("Vielen Dank{}, das haben wir notiert.", comma(name)),
    ask_service: "Für welche Leistung interessieren Sie sich?",
    ask_location: "In welchem Ort oder welcher Postleitzahl sind Sie?",
    ask_timeline: "Wann wäre es Ihnen recht?",
    offer_booking: "Gerne vereinbaren wir einen Termin. Welcher Tag und welche Uhrzeit passen Ihnen?",
    gladly_book: "Gerne vereinbaren wir einen Termin.",
    ask_again: "Entschuldigung, wir haben Ihre Antwort nicht ganz verstanden.",
    name_a_time: "Sehr gut. Schreiben Sie uns einfach Tag und Uhrzeit, die Ihnen passen; unser Team bestätigt sie Ihnen.",
    time_noted: "Vielen Dank, wir haben Ihre Wunschzeit notiert. Unser Team prüft den Kalender und gibt Ihnen Bescheid.",

    of_course: "Selbstverständlich.",
    sorry: "Das tut uns sehr leid, und danke, dass Sie es uns sagen.",
    urgent: "Das tut uns leid; wir behandeln Ihre Nachricht als dringend.",
    danger: "Falls jemand in Gefahr ist, wählen Sie bitte zuerst den Notruf.",
    or_call: |number| format!("Sie können uns auch unter {number} anrufen."),
    rather_a_person: "Das geben wir lieber persönlich weiter.",
    passed_on: "Vielen Dank, wir haben es zu Ihrer Anfrage hinzugefügt.",
    wonderful: "Wunderbar, unser Team weiß, dass Sie beginnen möchten.",
    thanks_for_message: "Vielen Dank für Ihre Nachricht.",
    contact_shortly: "Jemand aus unserem Team meldet sich in Kürze bei Ihnen.",
    contact_when_open: |at| format!("Jemand aus unserem Team meldet sich bei Ihnen, wenn wir {at} öffnen."),
    contact_soon: "Jemand aus unserem Team meldet sich so bald wie möglich bei Ihnen.",

    anything_else: "Sehr gut. Schreiben Sie uns gerne, wenn Sie noch etwas brauchen.",
    welcome: "Sehr gerne.",
    goodbye: "Vielen Dank und auf Wiedersehen.",
    no_problem: "Selbstverständlich, kein Problem. Wir sind da, wenn Sie uns brauchen.",
    not_understood: "Entschuldigung, das haben wir nicht ganz verstanden. Wir informieren Sie gerne über Leistungen, Preise, Öffnungszeiten und Termine. Wie können wir Ihnen helfen?",
};
