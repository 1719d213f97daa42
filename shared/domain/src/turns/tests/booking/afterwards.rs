//! What is said once a visit is booked: thanks, what it was not, and what those who come should know.

use super::*;

fn friday() -> DateTime {
    date(2026, 11, 27).at(10, 0, 0, 0)
}

/// A talk in which ten o'clock on the Friday after was booked.
pub(super) fn booked_friday(tenant: &Tenant, way: Way) -> Talk<'_> {
    let mut talk = talk(tenant, way);
    talk.say("Roof inspection on Friday at 10, please").unwrap();
    talk.say("Dana Reed, 303 555 0142").unwrap();
    assert_eq!(booked_at(&talk), booked("2026-12-04T10:00:00"));
    talk
}

#[test]
fn thanks_reads_no_calendar_and_says_nothing_of_the_appointment_again() {
    let tenant = shop();
    for text in [
        "Thank you!",
        "thanks a lot",
        "Perfect, see you then!",
        "ok great",
        "¡Gracias!",
        "Merci beaucoup",
        "Danke schön",
        "Obrigado!",
    ] {
        let (mut person, held) = kept_for(&tenant);
        person.threads[0].booked = Some(held.id);
        person.threads[0].wish = crate::conversations::wishes::When::read(
            &tenant,
            "Friday at 10",
            &Language::english(),
            None,
            &[],
            &[],
            noon(60),
        )
        .wish;
        let inbound = message("thanks", phone(101), text, noon(120));
        let mut turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, vec![person], noon(120));
        let route = crate::conversations::route(&tenant, text, Some(&turn.thread), noon(120));
        turn.read_message(&route);
        assert!(turn.calendar_needed(&route).is_none(), "{text}");
        let (_, outcome) = of_booked(&tenant, friday(), text);
        let said = &reply(&outcome).text;
        assert!(outcome.booking.is_none() && !said.contains("11/27") && !said.contains("27"), "{text}: {said}");
    }
}

#[test]
fn who_says_who_they_are_before_our_question_reaches_them_is_booked() {
    let tenant = shop();
    for way in [Way::Sms, Way::Whatsapp] {
        let mut talk = talk(&tenant, way);
        talk.say("Roof inspection on Friday at 10, please").unwrap();
        let answer = talk.add("My name is Dana Reed").unwrap().text().to_owned();
        assert_eq!(booked_at(&talk), booked("2026-12-04T10:00:00"), "{answer}");
        assert!(answer.contains("booked"), "{answer}");
    }
}

#[test]
fn who_cancels_after_all_and_says_when_it_was_has_cancelled() {
    let tenant = shop();
    for text in [
        "Actually, please cancel. It was Friday at 10.",
        "No, cancel it please. It was Friday at 10",
        "Finalement je voudrais annuler. C'était vendredi à 10h.",
        "Al final quiero cancelar. Era el viernes a las 10.",
        "Na verdade, quero cancelar. Era sexta às 10h.",
        "Ich muss doch absagen. Es war Freitag um 10 Uhr.",
    ] {
        let mut talk = booked_friday(&tenant, Way::Sms);
        let reply = talk.say(text).unwrap().text().to_owned();
        assert_eq!(booked_at(&talk), None, "{text}: {reply}");
    }
}

#[test]
fn who_keeps_it_cancelled_and_asks_for_another_time_is_answered_about_that() {
    let tenant = shop();
    let mut talk = booked_friday(&tenant, Way::Sms);
    talk.say("Please cancel it").unwrap();
    assert_eq!(booked_at(&talk), None);
    let reply = talk.say("No, keep it cancelled, but book me Monday at 9").unwrap().text().to_owned();
    assert!(reply.contains("Monday"), "{reply}");
}

#[test]
fn who_cancels_another_day_than_theirs_is_asked_whether_they_mean_it() {
    let tenant = shop();
    for (text, question) in [
        ("Please cancel. It was Thursday at 10.", "Is that the one that you would like to cancel?"),
        ("Please cancel my appointment on Thursday", "Is that the one that you would like to cancel?"),
        ("Please cancel my appointment at 11", "Is that the one that you would like to cancel?"),
        ("Por favor cancele mi cita del jueves.", "¿Es esa la que desea cancelar?"),
        ("Merci d'annuler mon rendez-vous de jeudi.", "Est-ce bien celui que vous souhaitez annuler ?"),
        ("Ich muss meinen Termin am Donnerstag absagen.", "Ist das der, den Sie absagen möchten?"),
        ("Preciso cancelar a minha consulta de quinta-feira.", "É esse que deseja cancelar?"),
        ("Can we move my appointment on Thursday to Monday at 9?", "Is that the one that you would like to move?"),
    ] {
        let (_, outcome) = of_booked(&tenant, friday(), text);
        let said = &reply(&outcome).text;
        assert!(outcome.booking.is_none() && said.contains(question), "{text}: {said}");
    }
}

#[test]
fn the_answer_whether_they_mean_it_cancels_moves_or_leaves_it() {
    let tenant = shop();
    for way in [Way::Sms, Way::Chat] {
        for (text, answer, at) in [
            ("Please cancel my appointment on Thursday", "Yes", None),
            ("Please cancel my appointment on Thursday", "No, sorry", booked("2026-12-04T10:00:00")),
            ("Please cancel my appointment on Thursday", "what do you mean", booked("2026-12-04T10:00:00")),
            ("Can we move my appointment on Thursday to Monday at 9?", "yes please", booked("2026-12-07T09:00:00")),
            ("Can we move my appointment on Thursday to Monday at 9?", "no", booked("2026-12-04T10:00:00")),
        ] {
            let mut talk = booked_friday(&tenant, way);
            let asked = talk.say(text).unwrap().text().to_owned();
            assert!(asked.contains("Is that the one"), "{text}: {asked}");
            let reply = talk.say(answer).unwrap().text().to_owned();
            assert_eq!(booked_at(&talk), at, "{text}: {answer}: {reply}");
        }
    }
}

#[test]
fn who_names_another_service_than_theirs_is_asked_whether_they_mean_it() {
    let mut tenant = shop();
    let mut cleaning = tenant.services[0].clone();
    (cleaning.id, cleaning.name) = (crate::ids::ServiceId::new("cleaning").unwrap(), "Gutter cleaning".to_owned());
    cleaning.keywords.clear();
    tenant.services.push(cleaning);
    let mut talk = booked_friday(&tenant, Way::Sms);
    let reply = talk.say("Please cancel my gutter cleaning").unwrap().text().to_owned();
    assert!(reply.contains("It is for: Roof inspection. Is that the one"), "{reply}");
    assert_eq!(booked_at(&talk), booked("2026-12-04T10:00:00"));
    let reply = talk.say("Yes, cancel it").unwrap().text().to_owned();
    assert_eq!(booked_at(&talk), None, "{reply}");
}

#[test]
fn what_they_tell_afterwards_is_kept_with_the_visit() {
    let tenant = shop();
    for (text, said) in [
        ("The gate code is 4411", "added that to your appointment on Friday, 12/4 at 10 AM"),
        ("please bring a ladder", "added that to your appointment"),
        ("We have a big dog in the yard, he is friendly", "added that to your appointment"),
        ("El código del portón es 4411", "lo hemos anotado para su cita"),
        ("Le code du portail est le 4411", "nous l'avons noté pour votre rendez-vous"),
        ("Der Code für das Tor ist 4411", "zu Ihrem Termin"),
        ("O código do portão é 4411", "anotamos isso para o seu horário"),
    ] {
        let mut talk = booked_friday(&tenant, Way::Sms);
        let reply = talk.say(text).unwrap().text().to_owned();
        assert!(reply.contains(said), "{text}: {reply}");
        assert_eq!(live(&talk)[0].note, text);
        assert_eq!(booked_at(&talk), booked("2026-12-04T10:00:00"));
        talk.say("Please park in the street").unwrap();
        assert_eq!(live(&talk)[0].note, format!("{text}\nPlease park in the street"));
    }
}

#[test]
fn what_is_told_of_a_visit_is_no_news_for_others_and_has_an_end() {
    let tenant = shop();
    let (booking, outcome) = of_booked(&tenant, friday(), "The gate code is 4411");
    let change = outcome.booking.as_ref().unwrap();
    assert_eq!((change.after.note.as_str(), change.after.starts_at), ("The gate code is 4411", booking.starts_at));
    assert!(change.days.is_empty() && !names(&outcome).iter().any(|name| name.starts_with("appointment.")));
    let full = Booking { note: "x".repeat(crate::scheduling::MAX_NOTE), ..booking };
    assert_eq!(full.with_note("more", noon(0)), None);
}

#[test]
fn what_is_no_note_is_not_kept() {
    let tenant = shop();
    for text in [
        "ok cool",
        "lol",
        "👍",
        "What should I bring?",
        "how long does it take?",
        "see you on Friday",
        "I want a person",
    ] {
        let (_, outcome) = of_booked(&tenant, friday(), text);
        let note = outcome.booking.as_ref().map(|change| change.after.note.clone());
        assert_eq!(note, None, "{text}: {}", reply(&outcome).text);
    }
}

#[test]
fn a_second_visit_is_another_appointment_and_leaves_the_first() {
    let mut tenant = shop();
    let mut cleaning = tenant.services[0].clone();
    (cleaning.id, cleaning.name) = (crate::ids::ServiceId::new("cleaning").unwrap(), "Gutter cleaning".to_owned());
    cleaning.keywords.clear();
    tenant.services.push(cleaning);
    let mut talk = booked_friday(&tenant, Way::Sms);
    let reply = talk.say("And a gutter cleaning on Monday at 9, please").unwrap().text().to_owned();
    let all: Vec<(String, String)> =
        live(&talk).into_iter().map(|booking| (booking.service_name.clone(), booking.starts_at.to_string())).collect();
    assert_eq!(all.len(), 2, "{reply}: {all:?}");
    assert!(reply.contains("You are booked on Monday, 12/7 at 9 AM: Gutter cleaning"), "{reply}");
}

#[test]
fn of_several_locations_the_only_one_that_has_the_service_is_meant() {
    let tenant = shop();
    let place = |name: &str, offered: bool| {
        let address = json!({"street": "1 Example Street", "city": name, "postal_code": "", "country": "US"});
        let prices = json!([{"service": "roof-inspection", "offered": offered}]);
        from_value(json!({"id": name.to_lowercase(), "name": name, "address": address, "prices": prices})).unwrap()
    };
    let own = BusinessContext::new(vec![place("Belmar", true), place("Aurora", false)], &[], None);
    let mut talk = Talk::new(&tenant, &own, Way::Sms, wednesday()).unwrap().with_calendar(ana(), Vec::new());
    let reply = talk.say("Roof inspection tomorrow at 3 pm, my name is Dana Reed").unwrap().text().to_owned();
    assert_eq!(booked_at(&talk), booked("2026-12-03T15:00:00"), "{reply}");
    assert!(reply.contains("Belmar"), "{reply}");
    assert_eq!(live(&talk)[0].location.as_ref().map(crate::ids::LocationId::as_str), Some("belmar"));
}

#[test]
fn of_several_locations_that_have_it_one_is_asked_for() {
    let tenant = shop();
    let place = |name: &str| {
        let address = json!({"street": "1 Example Street", "city": name, "postal_code": "", "country": "US"});
        from_value(json!({"id": name.to_lowercase(), "name": name, "address": address})).unwrap()
    };
    let own = BusinessContext::new(vec![place("Belmar"), place("Aurora")], &[], None);
    let mut talk = Talk::new(&tenant, &own, Way::Sms, wednesday()).unwrap().with_calendar(ana(), Vec::new());
    let reply = talk.say("Roof inspection tomorrow at 3 pm, my name is Dana Reed").unwrap().text().to_owned();
    assert!(reply.contains("Which of our locations suits you: Belmar or Aurora?"), "{reply}");
    let reply = talk.say("Aurora please").unwrap().text().to_owned();
    assert!(reply.contains("You are booked") && reply.contains("Aurora"), "{reply}");
    assert_eq!(booked_at(&talk), booked("2026-12-03T15:00:00"));
}

#[test]
fn who_comes_late_for_todays_visit_is_an_urgent_task_each_time() {
    use crate::conversations::{Line, Role};
    use crate::leads::RequestedVisit;
    let tenant = shop();
    let starts_at = noon(hours(3));
    let tasks_of = |text: &str, code: &str, starts_at: Timestamp| {
        let (mut person, held) = kept_for(&tenant);
        let date = starts_at.to_zoned(tenant.time_zone()).date();
        person.threads[0].booked = Some(held.id);
        person.threads[0].language = Language::new(code).unwrap();
        // The team was told of something else a moment ago.
        let told = "I have passed that on to our team.";
        person.threads[0].recent.push(Line { role: Role::Assistant, text: told.to_owned() });
        person.lead.requested_visit =
            Some(RequestedVisit { date, from: Some(starts_at), until: None, departure: None });
        let inbound = message("late", phone(101), text, noon(120));
        decided(&tenant, &inbound, vec![person], &[]).tasks
    };
    for (text, code) in [
        ("running late, about 10 minutes, sorry", "en"),
        ("Sorry, we are stuck in traffic", "en"),
        ("Perdón, llego un poco tarde", "es"),
        ("Désolé, j'aurai 15 minutes de retard", "fr"),
        ("Entschuldigung, ich komme 10 Minuten später", "de"),
        ("Desculpe, vou me atrasar uns minutos", "pt"),
    ] {
        let tasks = tasks_of(text, code, starts_at);
        let late: Vec<_> = tasks.iter().filter(|task| task.urgent && task.due_at == Some(starts_at)).collect();
        assert_eq!(late.len(), 1, "{text}: {tasks:?}");
        assert!(late[0].title.contains("running late"), "{}", late[0].title);
        let another_day = tasks_of(text, code, noon(hours(72)));
        assert!(another_day.iter().all(|task| !task.urgent), "{text}: {another_day:?}");
    }
    for (text, code) in [
        ("Running late, can we move it to Friday?", "en"),
        ("I'll be late, please cancel it", "en"),
        ("husband will be home late Monday, come Tuesday at 10", "en"),
        ("your technician is 40 minutes late", "en"),
        ("llego tarde del trabajo, mejor el sábado", "es"),
        ("je suis en retard pour mon détartrage, mardi 10h", "fr"),
        ("wir kommen lieber später, Freitag 16 Uhr", "de"),
        ("revisão atrasada, quero terça às 10", "pt"),
    ] {
        let tasks = tasks_of(text, code, starts_at);
        assert!(tasks.iter().all(|task| !task.title.contains("running late")), "{text}: {tasks:?}");
    }
}

#[test]
fn the_hour_of_the_visit_is_kept_only_where_that_is_asked_for() {
    let tenant = shop();
    for text in [
        "I may have to move it. Is Monday at the same time free?",
        "Move it to Monday, and can you check the gutters at the same time?",
        "Move it to Monday, but not at the same time",
    ] {
        let mut talk = booked_friday(&tenant, Way::Sms);
        let reply = talk.say(text).unwrap().text().to_owned();
        assert_eq!(booked_at(&talk), booked("2026-12-04T10:00:00"), "{text}: {reply}");
    }
}

#[test]
fn a_moment_keeps_the_question_open_and_an_objection_is_no_moment() {
    let tenant = shop();
    let mut talk = booked_friday(&tenant, Way::Sms);
    let asked = talk.say("Please cancel my appointment on Thursday").unwrap().text().to_owned();
    assert!(asked.contains("Is that the one"), "{asked}");
    let waits = talk.say("one sec").unwrap().text().to_owned();
    let reply = talk.say("yes").unwrap().text().to_owned();
    assert_eq!(booked_at(&talk), None, "{waits}: {reply}");
    for text in ["Hold on, that price is wrong", "Wait that's not what I ordered"] {
        let mut talk = booked_friday(&tenant, Way::Sms);
        let reply = talk.say(text).unwrap().text().to_owned();
        assert!(!waits.is_empty() && reply != waits, "{text}: {reply}");
    }
}

#[test]
fn a_few_words_are_a_name_only_right_after_that_was_asked() {
    let tenant = shop();
    for text in ["big dog", "side gate", "knock loudly", "perro grande", "casa azul", "gros chien"] {
        let mut talk = booked_friday(&tenant, Way::Sms);
        talk.say(text).unwrap();
        let name = talk.known().lead.as_ref().and_then(|lead| lead.name.clone());
        assert_eq!(name.as_deref(), Some("Dana Reed"), "{text}");
    }
    let mut talk = talk(&tenant, Way::Sms);
    talk.say("Roof inspection on Friday at 10, please").unwrap();
    let reply = talk.say("Dr. Anna Weber").unwrap().text().to_owned();
    let name = talk.known().lead.as_ref().and_then(|lead| lead.name.clone());
    assert_eq!(name.as_deref(), Some("Dr Anna Weber"), "{reply}");
}

#[test]
fn who_takes_leave_until_the_day_of_the_visit_wishes_for_nothing_though_it_was_moved_since() {
    let tenant = shop();
    // Arranged for Friday, the 27th, and moved to the Monday before by staff.
    let visits = ["2026-11-23T17:00:00Z".parse().unwrap()];
    let (person, held) = kept_for(&tenant);
    let mut thread = person.threads[0].clone();
    thread.booked = Some(held.id);
    let read = |text: &str, code: &str, thread: &Conversation| {
        let spoken = Language::new(code).unwrap();
        crate::conversations::wishes::When::read(&tenant, text, &spoken, Some(thread), &[], &visits, noon(60))
    };
    thread.wish = read("Friday at 10", "en", &thread).wish;
    for (text, code) in [
        ("Thanks, see you Monday!", "en"),
        ("Gracias, nos vemos el lunes", "es"),
        ("Merci, à lundi", "fr"),
        ("Danke, bis Montag", "de"),
        ("Obrigado, até segunda", "pt"),
    ] {
        assert_eq!(read(text, code, &thread).said, None, "{text}");
    }
    let wrong = read("Thanks, see you Friday!", "en", &thread).said.unwrap();
    assert_eq!(wrong.date(), Some(date(2026, 11, 27)), "they may be mistaken, and hear when it is");
}

#[test]
fn a_question_beside_a_move_is_a_task_for_the_team() {
    let tenant = shop();
    for (text, tasks) in
        [("Can we make it Friday at 11 instead, and do you have wifi?", 1), ("Can we make it Friday at 11 instead?", 0)]
    {
        let (_, outcome) = of_booked(&tenant, friday(), text);
        let said = &reply(&outcome).text;
        assert!(outcome.booking.is_some() && said.contains("has been moved"), "{text}: {said}");
        assert_eq!(outcome.tasks.len(), tasks, "{text}: {said}");
        let titles: Vec<&str> = outcome.tasks.iter().map(|task| task.title.as_str()).collect();
        assert!(titles.iter().all(|title| title.starts_with("Answer a question")), "{titles:?}");
    }
}
