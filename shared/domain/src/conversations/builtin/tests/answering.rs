//! Questions of their own, appointments that were made before, and people who are no customers, in five languages.

use super::*;
use crate::conversations::Intent;
use crate::tenancy::{Deposit, Faq};

/// A dentist with a whitening of an hour and a half, for which $50 are paid ahead, and two answers.
fn clinic(code: &str) -> Desk {
    let faq = |question: &str, answer: &str| Faq {
        question: question.to_owned(),
        answer: answer.to_owned(),
        keywords: Vec::new(),
    };
    let mut tenant = samples::dentist();
    for service in &mut tenant.services {
        service.duration_minutes = Some(90);
        service.deposit = Some(Deposit::Cents(5_000));
    }
    tenant.faqs = vec![
        faq("Where can I park?", "Behind the house."),
        faq("Which insurance do you take?", "Delta and Cigna."),
        faq("Are pets allowed?", "Small dogs."),
    ];
    let mut desk = Desk::new(tenant, code);
    desk.source = Source::LiveChat;
    desk
}

/// What is answered to `text`, as its first message.
fn first(code: &str, text: &str) -> Answer {
    clinic(code).say(text)
}

#[test]
fn an_appointment_of_before_goes_to_the_team_and_no_service_is_asked() {
    for (code, texts) in [
        (
            "en",
            [
                "I need to cancel my appointment tomorrow",
                "can we move my appt to Thursday?",
                "are we still on for Monday?",
            ],
        ),
        (
            "es",
            [
                "tengo que anular la cita de mañana",
                "¿podemos cambiar mi cita al jueves?",
                "quería confirmar mi cita del lunes",
            ],
        ),
        (
            "fr",
            [
                "je dois annuler mon rdv de demain",
                "on peut décaler mon rdv à jeudi ?",
                "mon rdv de lundi est toujours prévu ?",
            ],
        ),
        (
            "de",
            [
                "ich muss meinen Termin morgen absagen",
                "können wir den Termin auf Donnerstag verschieben?",
                "steht unser Termin am Montag noch?",
            ],
        ),
        (
            "pt",
            [
                "preciso cancelar a consulta de amanhã",
                "quero remarcar para quinta",
                "queria confirmar a minha consulta de segunda",
            ],
        ),
    ] {
        for text in texts {
            let answer = first(code, text);
            assert_eq!((answer.action, answer.intent), (Action::AskTeam, Intent::Booking), "{text}: {}", answer.reply);
            assert!(matches!(answer.asked, Some(Question::Contact)), "{text}: {:?}", answer.asked);
            assert_eq!((answer.requested_time, answer.qualification.service_interest), (None, None), "{text}");
        }
    }
}

#[test]
fn who_moves_an_appointment_without_saying_when_is_asked_when() {
    for (code, text) in [
        ("en", "I'd like to reschedule my appointment"),
        ("es", "quisiera reprogramar mi cita"),
        ("fr", "je voudrais décaler mon rendez-vous"),
        ("de", "ich möchte meinen Termin verschieben"),
        ("pt", "queria remarcar a minha consulta"),
    ] {
        let mut desk = clinic(code);
        desk.source = Source::Sms;
        desk.name = Some("Ana Vale");
        let answer = desk.say(text);
        assert_eq!((answer.action, answer.asked), (Action::AskTeam, Some(Question::BookingTime)), "{text}");
        let day = desk.say("10:00, 2026-11-24");
        assert_ne!(day.asked, Some(Question::Service), "{}", day.reply);
    }
}

#[test]
fn what_is_being_arranged_is_corrected_and_not_handed_over() {
    let mut desk = clinic("en");
    desk.say("a cleaning on Tuesday at 10, please");
    let moved = desk.say("sorry, can we make it Wednesday?");
    assert!(moved.reply.contains("Wednesday"), "{}", moved.reply);
    assert_ne!(moved.action, Action::AskTeam);
    assert_eq!(moved.asked, Some(Question::Contact), "asked again, in other words: nothing is promised before");
    assert!(!moved.reply.contains("confirm it with you"), "{}", moved.reply);
    assert_eq!(desk.say("please cancel it after all").action, Action::AskTeam);
    let mut undecided = clinic("en");
    undecided.conversation.asked = Some(Question::BookingTime);
    assert_eq!(undecided.say("no, cancel that").action, Action::Nurture);
}

#[test]
fn how_long_and_how_much_ahead_are_told_of_the_service_that_is_spoken_of() {
    for (code, service, how_long, deposit, time) in [
        ("en", "do you do cleanings?", "how long does it take?", "is there a deposit?", "1 hour 30 minutes"),
        ("es", "¿hacen limpiezas?", "¿cuánto dura?", "¿hay que dejar un anticipo?", "1 hora 30 minutos"),
        (
            "fr",
            "vous faites des nettoyages ?",
            "ça dure combien de temps ?",
            "il faut un acompte ?",
            "1 heure 30 minutes",
        ),
        (
            "de",
            "machen Sie eine Zahnreinigung?",
            "wie lange dauert das?",
            "muss ich etwas anzahlen?",
            "1 Stunde 30 Minuten",
        ),
        ("pt", "fazem limpeza?", "quanto tempo demora?", "tem que pagar sinal?", "1 hora 30 minutos"),
    ] {
        let mut desk = clinic(code);
        desk.say(service);
        for (question, told) in [(how_long, time), (deposit, "50")] {
            let answer = desk.say(question);
            assert!(answer.reply.contains(told), "{question}: {}", answer.reply);
            assert_ne!(answer.action, Action::AskTeam, "{question}");
        }
    }
}

#[test]
fn a_price_is_that_of_the_service_before() {
    for (code, service, price) in [
        ("en", "do you do cleanings?", "and how much would that be"),
        ("es", "¿hacen limpiezas?", "y cuánto me costaría"),
        ("fr", "vous faites des nettoyages ?", "et ça coûterait combien"),
        ("de", "machen Sie eine Zahnreinigung?", "und was kostet das so"),
        ("pt", "fazem limpeza?", "e quanto fica"),
    ] {
        let mut desk = clinic(code);
        desk.say(service);
        let answer = desk.say(price);
        assert_eq!(answer.intent, Intent::Price, "{price}: {}", answer.reply);
    }
}

#[test]
fn a_frequent_question_answers_in_any_language_and_no_other_question() {
    for text in [
        "is there parking?",
        "¿hay estacionamiento?",
        "il y a un parking ?",
        "wo kann ich parken?",
        "onde posso estacionar?",
    ] {
        assert!(first("en", text).reply.contains("Behind the house."), "{text}");
    }
    for text in [
        "can I bring my dog?",
        "¿aceptan mascotas?",
        "je peux venir avec mon chien ?",
        "darf mein Hund mit?",
        "aceitam animais?",
    ] {
        assert!(first("en", text).reply.contains("Small dogs."), "{text}");
    }
    for text in ["are you insured?", "does Summit have insurance?", "¿ustedes tienen seguro de responsabilidad?"] {
        let answer = first("en", text);
        assert!(!answer.reply.contains("Delta"), "{text}: {}", answer.reply);
        assert_eq!(answer.action, Action::AskTeam, "{text}");
    }
    for text in [
        "Hi, this is John Park, I need a cleaning next Tuesday at 10",
        "is Dr Park in today?",
        "we live on Park Avenue",
    ] {
        assert!(!first("en", text).reply.contains("Behind"), "{text}");
    }
}

#[test]
fn what_the_data_does_not_say_goes_to_the_team_and_the_talk_goes_on() {
    for (code, text) in [
        ("en", "is the work guaranteed?"),
        ("en", "does it hurt?"),
        ("en", "what is the strongest whitening that is legal"),
        ("es", "¿dan garantía?"),
        ("es", "¿aceptan tarjeta?"),
        ("fr", "vous prenez la carte ?"),
        ("fr", "vous avez des avis ?"),
        ("de", "kann ich mit Karte zahlen?"),
        ("de", "bieten Sie Akupunktur an?"),
        ("pt", "tem garantia?"),
        ("pt", "têm piscina?"),
    ] {
        let answer = first(code, text);
        assert_eq!(answer.action, Action::AskTeam, "{text}: {}", answer.reply);
    }
    let mut desk = clinic("en");
    desk.say("a cleaning on Tuesday at 10, please");
    let between = desk.say("do you take credit cards?");
    assert_eq!(between.action, Action::AskTeam, "{}", between.reply);
    assert!(!between.reply.contains("confirm it with you"), "nobody is known yet: {}", between.reply);
    let who = desk.say("Dana Whitfield, dana@example.com");
    assert!(who.reply.contains("confirm it"), "{}", who.reply);
}

#[test]
fn what_is_not_on_the_list_is_said_and_not_stored() {
    for (code, text) in [
        ("en", "do you do implants?"),
        ("es", "¿ponéis implantes?"),
        ("fr", "vous faites des implants ?"),
        ("de", "machen Sie Implantate?"),
        ("pt", "fazem implantes?"),
    ] {
        let answer = first(code, text);
        assert_eq!(answer.action, Action::AskTeam, "{text}: {}", answer.reply);
        assert_eq!(answer.qualification.service_interest, None, "{text}");
        assert!(!answer.reply.contains(" A, "), "{}", answer.reply);
    }
    let mut desk = clinic("en");
    desk.conversation.remember(Role::Assistant, "…");
    desk.conversation.asked = Some(Question::Service);
    assert_eq!(desk.say("implants, please").qualification.service_interest, None);
}

#[test]
fn who_is_no_customer_is_asked_nothing_and_leaves_nothing() {
    for (text, action) in [
        ("oops wrong number, see you Friday", Action::Reply),
        ("perdón, me equivoqué de número", Action::Reply),
        ("mauvais numéro, désolé", Action::Reply),
        ("falsch verbunden", Action::Reply),
        ("foi engano", Action::Reply),
        ("we guarantee page 1 on google in 30 days", Action::Reply),
        ("are you hiring? I can start Monday", Action::AskTeam),
        ("busco trabajo de higienista", Action::AskTeam),
        ("je cherche un stage en janvier", Action::AskTeam),
        ("wir vertreten einen Hersteller von Liegen", Action::AskTeam),
        ("somos fornecedores de material", Action::AskTeam),
    ] {
        let mut desk = clinic("en");
        desk.conversation.remember(Role::Assistant, "…");
        desk.conversation.asked = Some(Question::Service);
        let answer = desk.say(text);
        assert_eq!((answer.action, answer.asked), (action, None), "{text}: {}", answer.reply);
        assert_eq!(answer.qualification, Qualification::default(), "{text}");
        assert_eq!(desk.conversation.wish, None, "{text}");
    }
}

#[test]
fn who_they_are_stays_asked_while_a_question_is_answered() {
    let mut desk = clinic("en");
    let asked = desk.say("a cleaning on Tuesday at 10, please").asked;
    assert_eq!(asked, Some(Question::Contact));
    desk.say("is there parking?");
    let who = desk.say("Dana Price, dana@example.com");
    assert_eq!(who.given.email.as_ref().map(crate::messaging::Email::as_str), Some("dana@example.com"));
    assert!(!who.reply.contains("costs"), "Dana Price asks for no price: {}", who.reply);
}

#[test]
fn a_picture_without_a_wish_is_looked_at_by_people() {
    let shown = |caption: &str| Content::Media {
        kind: crate::messaging::MediaKind::Image,
        references: vec!["media-1".to_owned()],
        caption: caption.to_owned(),
    };
    for caption in ["this fell off", "se me cayó esto", "voilà ce qui s'est passé", "so sieht es aus", "olha isto"] {
        let answer = clinic("en").hear(&shown(caption));
        assert_eq!(answer.action, Action::AskTeam, "{caption}: {}", answer.reply);
    }
}

#[test]
fn nothing_is_promised_before_it_is_known_who_they_are() {
    for (code, lines) in [
        ("en", ["a cleaning on Saturday morning", "around 10:30", "Marcus Hale"]),
        ("de", ["eine Reinigung am Mittwoch nach 14 Uhr", "halb vier passt", "Thomas Brandt"]),
        ("es", ["una limpieza el lunes por la tarde", "a las tres", "Pilar Otero"]),
        ("fr", ["un nettoyage lundi après-midi", "vers 15h", "Inès Roche"]),
        ("pt", ["uma limpeza na segunda à tarde", "às três", "Rui Tavares"]),
    ] {
        let mut desk = clinic(code);
        desk.source = Source::LiveChat;
        for line in lines {
            let answer = desk.say(line);
            assert!(answer.asked.is_some(), "{line}: {}", answer.reply);
            assert!(!desk.conversation.recent.iter().any(|said| said.text.contains("It is for")), "{line}");
        }
    }
}

#[test]
fn what_is_said_again_is_not_promised_again() {
    let mut desk = clinic("en");
    (desk.source, desk.name) = (Source::Sms, Some("Ana Vale"));
    let noted = desk.say("a cleaning on Tuesday at 10, please");
    assert!(noted.reply.contains("confirm it with you"), "{}", noted.reply);
    for line in ["thanks, see you Tuesday", "Tuesday at 10, great"] {
        let answer = desk.say(line);
        assert!(!answer.reply.contains("confirm it with you"), "{line}: {}", answer.reply);
    }
}

#[test]
fn more_about_what_is_wanted_is_noted_and_not_misunderstood() {
    let mut desk = clinic("en");
    desk.say("I need a cleaning");
    let more = desk.say("my gums bleed a little on the left side where the crown sits");
    assert!(!more.reply.contains("did not quite understand"), "{}", more.reply);
    assert!(more.asked.is_some(), "{}", more.reply);
}

#[test]
fn a_name_that_comes_late_is_no_service_and_the_number_of_an_order_no_place() {
    let mut desk = Desk::new(samples::roofer(), "en");
    desk.conversation.questions = vec![Question::Name, Question::Service];
    desk.conversation.asked = Some(Question::Service);
    let answer = desk.say("Greg Hanley");
    assert_eq!((answer.given.name.as_deref(), answer.qualification.service_interest), (Some("Greg Hanley"), None));
    let answer = Desk::new(samples::roofer(), "en").say("Order 48812, the gutter leaks");
    assert_eq!(answer.qualification.location, None);
}

#[test]
fn name_number_and_postal_code_are_read_together() {
    let mut desk = Desk::new(samples::roofer(), "en");
    desk.source = Source::LiveChat;
    desk.say("roof repair on Friday at 2");
    let answer = desk.say("Maria Lopez 303-555-0147 80211");
    assert_eq!(answer.given.name.as_deref(), Some("Maria Lopez"));
    assert_eq!(answer.given.phone.as_ref().map(Phone::as_str), Some("+13035550147"));
    assert_eq!(answer.qualification.location.as_deref(), Some("80211"));
}

#[test]
fn a_promise_is_told_to_the_team_however_loose_the_time_is() {
    let mut desk = clinic("en");
    (desk.source, desk.name) = (Source::Sms, Some("Ana Vale"));
    desk.say("a cleaning, please");
    let mut all = Vec::new();
    for line in ["sometime next week, mornings are best", "no preference", "whenever you have an opening", "ok"] {
        let answer = desk.say(line);
        all.push((answer.action, answer.reply.contains("confirm it with you")));
    }
    let promised = all.iter().any(|(_, promised)| *promised);
    let told = all.iter().any(|(action, _)| *action == Action::RequestBooking);
    assert_eq!((promised, told), (true, true), "{all:?}");
}

#[test]
fn a_customer_is_not_taken_for_somebody_else() {
    for (code, text) in [
        ("en", "sorry, wrong date, I meant Friday"),
        ("pt", "desculpe, data errada, queria sexta"),
        ("de", "falscher Tag, ich meinte Freitag"),
    ] {
        let mut desk = clinic(code);
        (desk.source, desk.name) = (Source::Sms, Some("Ana Vale"));
        desk.say("a cleaning on Tuesday at 10, please");
        let answer = desk.say(text);
        let friday = jiff::civil::date(2026, 11, 27);
        assert_eq!(
            desk.conversation.wish.as_ref().and_then(dates::Wish::date),
            Some(friday),
            "{text}: {}",
            answer.reply
        );
        assert!(!answer.reply.contains(phrases::of(&language(code)).unwrap().never_mind), "{text}: {}", answer.reply);
    }
    for (code, text) in [
        ("pt", "Tem vaga para sexta às 10?"),
        ("pt", "Tem vagas para amanhã?"),
        ("fr", "Je cherche une place pour demain"),
        ("pt", "Qual é o investimento para uma limpeza?"),
        ("en", "I think you have the wrong address for my appointment"),
        ("fr", "ça dépend de mon emploi du temps"),
    ] {
        let answer = clinic(code).say(text);
        let never_mind = phrases::of(&language(code)).unwrap().never_mind;
        assert!(!answer.reply.contains(never_mind), "{text}: {}", answer.reply);
    }
    let gift = clinic("en").say("Do you sell gift cards?");
    assert_eq!(gift.action, Action::AskTeam, "{}", gift.reply);
}

#[test]
fn the_words_of_the_customer_are_not_said_in_the_businesss_name() {
    let mut desk = clinic("en");
    (desk.source, desk.name) = (Source::Sms, Some("Ana Vale"));
    desk.conversation.asked = Some(Question::Service);
    desk.say("evil.example.com/pay");
    let answer = desk.say("Tuesday at 10");
    assert!(!answer.reply.contains("evil"), "{}", answer.reply);
}

#[test]
fn what_is_being_arranged_is_corrected_by_all_that_is_said() {
    let mut desk = clinic("en");
    desk.source = Source::LiveChat;
    desk.say("a cleaning on Tuesday at 10");
    let answer = desk.say("Oh no, I need to go on Wednesday. Actually can you make it at half past 2?");
    assert!(answer.reply.contains("Wednesday") && answer.reply.contains("2:30"), "{}", answer.reply);
    let yes = desk.say("Yes, that's correct.");
    assert_eq!(yes.given.name, None, "{}", yes.reply);
}

#[test]
fn who_wants_to_think_about_it_is_left_in_peace() {
    for (code, text) in [
        ("en", "not sure yet, I'll think about it"),
        ("en", "let me check with my wife and get back to you"),
        ("es", "bueno, me lo pienso"),
        ("fr", "je vais y réfléchir"),
        ("de", "ich überlege es mir noch"),
        ("pt", "vou pensar e depois digo"),
    ] {
        let mut desk = clinic(code);
        desk.say("how much is a cleaning?");
        let answer = desk.say(text);
        assert_eq!((answer.asked, answer.action), (None, Action::Nurture), "{text}: {}", answer.reply);
    }
}

#[test]
fn a_price_by_the_night_is_no_time() {
    let answer = clinic("en").say("how much is it per night");
    assert_eq!(answer.requested_time, None, "{}", answer.reply);
}

#[test]
fn who_asks_whether_a_program_answers_is_told_and_the_open_question_goes_on() {
    for (code, texts) in [
        ("en", ["are you a bot?", "Is this a real person?", "am I talking to a human or a machine"]),
        ("es", ["¿eres un robot?", "¿Es usted una persona real?", "estoy hablando con una máquina?"]),
        ("fr", ["vous êtes un robot ?", "c'est une vraie personne ?", "est-ce que je parle à un humain ?"]),
        ("de", ["sind Sie ein Bot?", "ist das ein echter Mensch?", "spreche ich mit einem Roboter?"]),
        ("pt", ["você é um robô?", "é uma pessoa de verdade?", "estou falando com uma máquina?"]),
    ] {
        for text in texts {
            let mut desk = clinic(code);
            desk.say("hi, a teeth whitening please");
            let routed = crate::conversations::route(&desk.tenant, text, Some(&desk.conversation), desk.now);
            assert_eq!(routed.escalate, None, "{text}");
            let phrases = phrases::of(&language(code)).unwrap();
            let answer = desk.say(text);
            let told = (phrases.automatic)(&desk.tenant.name);
            assert!(answer.reply.contains(&told), "{text}: {}", answer.reply);
            assert!(answer.reply.contains(phrases.person_on_request), "{text}: {}", answer.reply);
            assert!(answer.asked.is_some(), "{text}: {}", answer.reply);
            assert_eq!(answer.action, Action::OfferBooking, "{text}");
        }
    }
    let routed = |text: &str| crate::conversations::route(&samples::dentist(), text, None, at(FRIDAY_MORNING)).escalate;
    for text in ["is this a bot? I want to talk to a real person", "stop the bot, human please"] {
        assert_eq!(routed(text), Some(EscalationReason::CustomerAsked), "{text}");
    }
}

#[test]
fn what_is_unclear_beside_a_service_is_asked_and_what_is_not_listed_is_told() {
    let service =
        |name: &str| Service { name: name.to_owned(), keywords: Vec::new(), ..samples::dentist().services.remove(0) };
    let shop = |industry: &str, names: &[&str], code: &str| {
        let services = names.iter().map(|name| service(name)).collect();
        let mut desk = Desk::new(Tenant { industry: industry.to_owned(), services, ..samples::dentist() }, code);
        desk.source = Source::LiveChat;
        desk
    };
    for (code, names, text) in [
        ("en", ["Women's cut", "Men's cut", "Hair color"], "a color and a cut please, friday at 10"),
        ("fr", ["Coupe femme", "Coupe homme", "Couleur"], "je voudrais une couleur et une coupe vendredi à 10h"),
        ("es", ["Corte de mujer", "Corte de hombre", "Color"], "un color y un corte el viernes a las 10"),
        (
            "de",
            ["Haarschnitt Damen", "Haarschnitt Herren", "Farbe"],
            "einmal Farbe und Haarschnitt am Freitag um 10 Uhr",
        ),
        ("pt", ["Corte feminino", "Corte masculino", "Coloração"], "coloração e corte na sexta às 10h"),
    ] {
        let mut desk = shop("hair salon", &names, code);
        let answer = desk.say(text);
        assert_eq!(answer.asked, Some(Question::Service), "{text}: {}", answer.reply);
        assert!(answer.reply.contains(names[0]) && answer.reply.contains(names[1]), "{text}: {}", answer.reply);
        let known = |desk: &Desk| desk.lead.qualification.services().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(known(&desk), [names[2]], "{text}");
        desk.say(names[1]);
        assert_eq!(known(&desk).len(), 2, "{text}: {:?}", known(&desk));
        assert!(desk.say("ok").asked != Some(Question::Service), "{text}");
    }
    for (code, names, text) in [
        ("en", ["New tires", "Oil change"], "need new tires and an alignment on the outback"),
        ("en", ["New tires", "Oil change"], "do you do alignments? I also want an oil change"),
        ("es", ["Neumáticos", "Cambio de aceite"], "necesito neumáticos y una alineación"),
        ("fr", ["Pneus", "Vidange"], "il me faut des pneus et une géométrie"),
        ("de", ["Reifen", "Ölwechsel"], "ich brauche Reifen und eine Achsvermessung"),
        ("pt", ["Pneus", "Troca de óleo"], "preciso de pneus e alinhamento"),
    ] {
        let mut desk = shop("auto repair", &names, code);
        let answer = desk.say(text);
        let phrases = phrases::of(&language(code)).unwrap();
        let told = (phrases.not_listed_too)("");
        let told = told.split(':').next().unwrap();
        assert!(answer.reply.contains(told), "{text}: {}", answer.reply);
        assert_eq!(answer.action, Action::AskTeam, "{text}");
        assert_eq!(desk.lead.qualification.services().count(), 1, "{text}");
        assert!(!desk.say(text).reply.contains(told), "it is told once");
    }
    let answer =
        shop("auto repair", &["New tires", "Oil change"], "en").say("had an alignment last year, now I need tires");
    assert!(!answer.reply.contains("Not on our list"), "{}", answer.reply);
}

#[test]
fn a_bit_later_is_another_time_for_what_is_arranged_or_was_made_before() {
    for (code, wish, texts) in [
        ("en", "a teeth whitening on Monday at 10", ["could we do a bit later?", "can I come earlier?"]),
        ("es", "un blanqueamiento dental el lunes a las 10", ["¿puede ser un poco más tarde?", "¿podría ser antes?"]),
        ("fr", "un blanchiment lundi à 10h", ["un peu plus tard c'est possible ?", "on peut plus tôt ?"]),
        ("de", "eine Zahnaufhellung am Montag um 10 Uhr", ["geht auch etwas später?", "geht es früher?"]),
        ("pt", "um clareamento na segunda às 10h", ["pode ser um pouco mais tarde?", "dá para ser mais cedo?"]),
    ] {
        for text in texts {
            let mut desk = clinic(code);
            desk.say(wish);
            assert!(desk.conversation.wish.is_some(), "{wish}");
            desk.say("Ana López, ana@example.com");
            let phrases = phrases::of(&language(code)).unwrap();
            let answer = desk.say(text);
            assert!(answer.reply.contains(phrases.ask_other_time), "{text}: {}", answer.reply);
            assert_eq!(answer.asked, Some(Question::BookingTime), "{text}");
            let answer = desk.say("10:30");
            assert_eq!(answer.action, Action::RequestBooking, "{text}: {}", answer.reply);
        }
    }
    let mut desk = clinic("en");
    desk.say("can we move my appointment?");
    let answer = desk.say("could we do a bit later?");
    assert_eq!(answer.intent, Intent::Booking, "{}", answer.reply);
    let mut desk = clinic("en");
    desk.say("a teeth whitening on Monday at 10");
    assert!(!desk.say("can I pay later?").reply.contains(phrases::of(&language("en")).unwrap().ask_other_time));
}
