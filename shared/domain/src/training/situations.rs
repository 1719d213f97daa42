//! The drafts that are shown: what the built-in responder answers to made-up customers who ask for the business's own services. No words
//! of a real customer are in them.

use jiff::Timestamp;

use crate::conversations::builtin::{Turn, respond};
use crate::conversations::route;
use crate::messaging::{Content, Source};
use crate::tenancy::{Language, Service, StyleTopic, Tenant};

/// What the made-up customer is called.
const NAME: &str = "Alex";
/// So many services are asked for.
const MAX_SERVICES: usize = 5;

/// What customers ask, by language; `{}` is a service.
type Asked = [&'static str; 6];

const LANGUAGES: [&str; 5] = ["en", "es", "fr", "de", "pt"];

#[rustfmt::skip]
fn asked(topic: StyleTopic, language: &str) -> Asked {
    match (topic, language) {
        (StyleTopic::CommunicationStyle, "es") => ["Hola, quisiera una cita para {}.", "¿Cuándo están abiertos?", "¿Hacen {}?", "Quiero hablar con una persona.", "Muchas gracias, eso es todo.", "¿Cuánto dura {}?"],
        (StyleTopic::CommunicationStyle, "fr") => ["Bonjour, je voudrais un rendez-vous pour {}.", "Quand êtes-vous ouverts ?", "Faites-vous {} ?", "Je voudrais parler à une personne.", "Merci beaucoup, c'est tout.", "Combien de temps dure {} ?"],
        (StyleTopic::CommunicationStyle, "de") => ["Guten Tag, ich hätte gern einen Termin für {}.", "Wann haben Sie geöffnet?", "Bieten Sie {} an?", "Ich möchte mit einem Menschen sprechen.", "Vielen Dank, das ist alles.", "Wie lange dauert {}?"],
        (StyleTopic::CommunicationStyle, "pt") => ["Olá, gostaria de marcar {}.", "Quando estão abertos?", "Vocês fazem {}?", "Quero falar com uma pessoa.", "Muito obrigado, é só isso.", "Quanto tempo leva {}?"],
        (StyleTopic::CommunicationStyle, _) => ["Hi, I would like to book {}.", "When are you open?", "Do you do {}?", "I want to talk to a person.", "Thanks, that is all.", "How long does {} take?"],
        (StyleTopic::PricingPhilosophy, "es") => ["¿Cuánto cuesta {}?", "Es demasiado caro.", "¿Me dan un descuento?", "¿Me pueden dar un presupuesto para {}?", "¿Qué precios tienen?", "¿Por qué cuesta tanto {}?"],
        (StyleTopic::PricingPhilosophy, "fr") => ["Combien coûte {} ?", "C'est trop cher.", "Vous faites une remise ?", "Pouvez-vous me faire un devis pour {} ?", "Quels sont vos prix ?", "Pourquoi {} coûte si cher ?"],
        (StyleTopic::PricingPhilosophy, "de") => ["Was kostet {}?", "Das ist mir zu teuer.", "Geben Sie Rabatt?", "Können Sie mir ein Angebot für {} machen?", "Was sind Ihre Preise?", "Warum kostet {} so viel?"],
        (StyleTopic::PricingPhilosophy, "pt") => ["Quanto custa {}?", "É caro demais.", "Vocês dão desconto?", "Podem me fazer um orçamento para {}?", "Quais são os preços?", "Por que {} custa tanto?"],
        (StyleTopic::PricingPhilosophy, _) => ["How much is {}?", "That is too expensive.", "Do you give a discount?", "Can I get a quote for {}?", "What are your prices?", "Why does {} cost so much?"],
        (StyleTopic::CustomerSegments, "es") => ["Soy cliente nuevo. ¿Hacen {}?", "Estuve con ustedes el año pasado y quiero {} otra vez.", "Somos una empresa con varios edificios y necesitamos {}.", "Es para mi madre, que tiene ochenta años: ¿cuánto cuesta {}?", "Tengo mucha prisa: ¿hacen {} hoy?", "Solo estoy comparando precios de {}."],
        (StyleTopic::CustomerSegments, "fr") => ["Je suis un nouveau client. Faites-vous {} ?", "J'étais chez vous l'an dernier et je voudrais {} à nouveau.", "Nous sommes une entreprise avec plusieurs bâtiments et il nous faut {}.", "C'est pour ma mère de quatre-vingts ans : combien coûte {} ?", "Je suis pressé : faites-vous {} aujourd'hui ?", "Je compare seulement les prix pour {}."],
        (StyleTopic::CustomerSegments, "de") => ["Ich bin neu bei Ihnen. Bieten Sie {} an?", "Ich war letztes Jahr bei Ihnen und möchte wieder {}.", "Wir sind eine Firma mit mehreren Gebäuden und brauchen {}.", "Es ist für meine Mutter, sie ist achtzig: Was kostet {}?", "Ich habe es eilig: Machen Sie {} heute?", "Ich vergleiche nur Preise für {}."],
        (StyleTopic::CustomerSegments, "pt") => ["Sou cliente novo. Vocês fazem {}?", "Estive com vocês no ano passado e quero {} de novo.", "Somos uma empresa com vários prédios e precisamos de {}.", "É para a minha mãe, que tem oitenta anos: quanto custa {}?", "Estou com pressa: fazem {} hoje?", "Estou só comparando preços de {}."],
        (StyleTopic::CustomerSegments, _) => ["I am new here. Do you do {}?", "I was with you last year and want {} again.", "We are a company with several buildings and need {}.", "It is for my mother, she is eighty: how much is {}?", "I am in a hurry: do you do {} today?", "I am only comparing prices for {}."],
    }
}

/// The language of the drafts.
pub(super) fn language(tenant: &Tenant) -> Language {
    let own = Some(&tenant.language).filter(|own| LANGUAGES.contains(&own.as_str()));
    own.cloned().unwrap_or_else(Language::english)
}

/// The next draft beside those that were `shown`; `None`: there are no more.
pub(super) fn draft(
    tenant: &Tenant,
    topic: StyleTopic,
    language: &Language,
    shown: &[&str],
    now: Timestamp,
) -> Option<String> {
    let services: Vec<&Service> = tenant.services.iter().take(MAX_SERVICES).collect();
    let questions = asked(topic, language.as_str());
    // Every question once, each about another service, before one comes with the next service.
    let rounds = 0..services.len().max(1);
    let mut asked = rounds.flat_map(|round| {
        questions.iter().enumerate().map(move |(index, question)| (index.saturating_add(round), *question))
    });
    asked.find_map(|(turn, question)| {
        let service = services.get(turn.checked_rem(services.len()).unwrap_or_default());
        let service = service.map_or(tenant.industry.as_str(), |service| service.name.as_str());
        let reply = answer(tenant, &question.replace("{}", service), now);
        (!shown.contains(&reply.as_str())).then_some(reply)
    })
}

fn answer(tenant: &Tenant, question: &str, now: Timestamp) -> String {
    let route = route(tenant, question, None, now);
    let content = Content::Text { text: question.to_owned() };
    let turn = Turn { contact_name: Some(NAME), ..Turn::new(tenant, &content, Source::Sms, &route) };
    respond(&turn, now).reply
}
