//! What a good model writes must go out: answers from the catalogue, times said back, courtesies, denials, in five languages.
//! What the checks refuse of these is what their strictness costs.

use domain::conversations::{Role, builtin};
use domain::tenancy::{CostMode, Faq, Language};

use super::{LIMIT, Order, Score, Stage};
use crate::scene::{Scene, now, scene};
use crate::stub::within;

/// What was asked, and what a good model answers.
type Talk = (&'static str, &'static str);

#[rustfmt::skip]
const ENGLISH: &[Talk] = &[
    ("How much is a roof inspection?", "A roof inspection is $99 and takes about an hour. Which day would suit you?"),
    ("How much is a roof inspection?", "It is 99.00 USD. Where is the house?"),
    ("What does a leak repair cost?", "A leak repair starts at $350. May I ask where the house is?"),
    ("What does a leak repair cost?", "Leak repairs start at 350 dollars; the exact price depends on the damage."),
    ("Do you clean gutters?", "Yes, we do. Gutter cleaning is between $120 and $240.50, depending on the house."),
    ("Do you clean gutters?", "Sure! It is 120 to 240.50 USD. When would you like us to come?"),
    ("How much for a new roof?", "No price is given beforehand for a roof replacement. A colleague will get back to you with a quote. How old is the roof?"),
    ("Are you open now?", "Yes, we are open until 14:00 today."),
    ("When are you open on Monday?", "On Monday we are open from 8 am to noon and from 1 pm to 5 pm."),
    ("Are you open on Saturday?", "We are closed on Saturdays, but open Monday to Friday."),
    ("Where are you?", "We are at 100 Example Street, Denver, CO."),
    ("What is your phone number?", "You can reach us at +1 303 555 0142."),
    ("Do you have a website?", "Yes: https://summit.example.com"),
    ("Can I get a discount?", "I can't offer a discount, I'm afraid. A leak repair starts at $350."),
    ("Can I get a discount?", "I don't know about a discount, but a colleague can tell you. What needs to be done?"),
    ("Any discount for veterans?", "I do not know whether there is a discount for veterans; I will ask a colleague to get back to you."),
    ("Is the inspection free?", "No, it isn't free: a roof inspection is $99."),
    ("Is the inspection free?", "It is not free; it costs $99."),
    ("Is the inspection free?", "I'm afraid not. A roof inspection is 99 USD."),
    ("I want a refund.", "I am sorry to hear that. A colleague will get back to you about the refund."),
    ("I want a refund.", "I'm sorry. I cannot promise a refund, but someone from the team will call you."),
    ("Do you give a guarantee?", "I don't know about a guarantee. A colleague will answer that."),
    ("Do you give a warranty on the repair?", "I do not know about that; I'll have a person get back to you."),
    ("Could you come on December 4 at 3:15 pm?", "December 4 at 3:15 pm is noted. The team will confirm it."),
    ("Could you come on December 4 at 3:15 pm?", "Thank you! I have noted your wish for December 4 at 3:15 PM, and the business will confirm it."),
    ("Could you come on Tuesday at 10 am?", "Tuesday at 10 am sounds fine as a wish; the team will confirm. What is the address?"),
    ("Is my appointment confirmed?", "It is not confirmed yet. The team will get back to you."),
    ("Am I booked?", "You are not booked yet: the team still has to confirm the time."),
    ("My budget is $500 for the repair.", "Thank you. A leak repair starts at $350. Which day suits you?"),
    ("My budget is $500 for the repair.", "Thanks, that helps. Where is the house?"),
    ("We have about 800 to spend.", "Good to know, thank you. How old is the roof?"),
    ("I'm at 12 Elm Street, house 48.", "Thank you: 12 Elm Street, house 48. When would you like us to come?"),
    ("My roof is 25 years old.", "Thank you. A roof of twenty-five years may need a closer look. Shall we plan an inspection?"),
    ("My roof is twenty years old.", "Thanks! With a roof of 20 years an inspection makes sense. It is $99."),
    ("Please write to ana@example.com.", "Of course, we will write to ana@example.com."),
    ("Call me at 720-555-0177.", "Thank you, a colleague will call you at 720-555-0177."),
    ("How long does the inspection take?", "About sixty minutes."),
    ("How long does the inspection take?", "It takes around 60 minutes, so about an hour."),
    ("How fast can you fix a leak?", "Usually within two days."),
    ("Hello", "Hello! How can we help you today?"),
    ("Thanks a lot!", "You're welcome! Have a great day."),
    ("Thanks, bye", "Thank you for writing. Have a good weekend!"),
    ("Are you a robot?", "I am the assistant of Summit Roofing. Would you like to talk to a person?"),
    ("I want to talk to a person", "Of course. A person will get back to you shortly."),
    ("Water is coming through my ceiling!", "I'm sorry to hear that. A colleague is being called right now. Please move things out of the way of the water."),
    ("The last repair was bad.", "I'm very sorry about that. A colleague will look into it and get back to you."),
    ("Do you work in Boulder?", "We work along the Front Range. Where exactly is the house?"),
    ("When are you free?", "We are open Monday to Friday. When are you free to have us over?"),
    ("I have 3 or 4 questions", "Feel free to ask, I'm happy to help!"),
    ("Not now, maybe next year", "No problem at all. Just write when it suits you."),
    ("My husband decides", "That's fine. Would you like to talk to him first?"),
    ("Can you do it for $50?", "I'm sorry, we can't do it for that. A leak repair starts at $350."),
    ("Your competitor does it for $200.", "I understand. Our leak repairs start at $350; a colleague can tell you more."),
    ("Do you take credit cards?", "I don't know, to be honest. A colleague will get back to you on that."),
    ("Do you work with insurers?", "Yes, we work with all insurers."),
    ("Do you offer estimates?", "Yes, estimates are free. Where is the house?"),
    ("Do you offer free estimates?", "Yes, we do: estimates are free."),
    ("Could you reply in Spanish?", "Claro, con mucho gusto. ¿En qué podemos ayudarle?"),
    ("It leaks since the hail on 11/12.", "Thank you. So it has leaked since November 12. Where is the house?"),
    ("Is someone there at 4 pm on Monday?", "Yes, on Monday we are open until 5 pm, so at 4 pm as well."),
];

#[rustfmt::skip]
const SPANISH: &[Talk] = &[
    ("¿Cuánto cuesta una inspección del techo?", "La inspección cuesta 99 USD y dura unos 60 minutos. ¿Qué día le viene bien?"),
    ("¿Cuánto cuesta una inspección del techo?", "Son 99 dólares. ¿Dónde está la casa?"),
    ("¿Cuánto cuesta reparar una gotera?", "Una reparación empieza en 350 USD. ¿Dónde está la casa?"),
    ("¿Limpian canaletas?", "Sí, la limpieza de canaletas cuesta entre 120 y 240,50 USD."),
    ("¿Están abiertos ahora?", "Sí, hoy abrimos hasta las 14:00."),
    ("¿Qué horario tienen el lunes?", "El lunes abrimos de 8:00 a 12:00 y de 13:00 a 17:00."),
    ("¿Dónde están?", "Estamos en 100 Example Street, Denver, CO."),
    ("¿Me hacen un descuento?", "Lo siento, no ofrecemos descuentos. Una reparación empieza en 350 USD."),
    ("¿Me hacen un descuento?", "No sé si hay algún descuento; un compañero se lo dirá."),
    ("¿La inspección es gratis?", "No es gratis: cuesta 99 USD."),
    ("Quiero un reembolso.", "Siento mucho lo ocurrido. Un compañero le llamará."),
    ("¿Hay garantía?", "No sé si hay garantía; una persona del equipo le contestará."),
    ("¿Pueden venir el 4 de diciembre a las 15:15?", "Anotado: 4 de diciembre a las 15:15. El equipo lo confirmará."),
    ("Mi presupuesto es de 500 dólares.", "Gracias. ¿Qué día le viene bien?"),
    ("Vivo en la calle Olmo 48.", "Gracias: calle Olmo 48. ¿Cuándo quiere que vayamos?"),
    ("Mi techo tiene 25 años.", "Gracias. Con veinticinco años conviene una inspección. ¿La planeamos?"),
    ("Hola", "¡Hola! ¿En qué podemos ayudarle?"),
    ("Gracias", "De nada. ¡Que tenga un buen día!"),
    ("Quiero hablar con una persona", "Claro, una persona se pondrá en contacto con usted."),
    ("¿Cuánto tardan en arreglar una gotera?", "Normalmente en dos días."),
    ("Escríbame a ana@example.com", "De acuerdo, le escribimos a ana@example.com."),
    ("¿Está confirmada mi cita?", "Todavía no está confirmada; el equipo le avisará."),
    ("Mi marido decide", "Sin problema. ¿Quiere hablarlo primero con él?"),
    ("¿Me lo dejan en 50 dólares?", "Lo siento, por ese precio no podemos. La reparación empieza en 350 USD."),
];

#[rustfmt::skip]
const FRENCH: &[Talk] = &[
    ("Combien coûte une inspection du toit ?", "L'inspection coûte 99 USD et dure environ 60 minutes. Quel jour vous convient ?"),
    ("Combien coûte une inspection du toit ?", "C'est 99 dollars. Où se trouve la maison ?"),
    ("Combien coûte la réparation d'une fuite ?", "Une réparation commence à 350 USD. Où se trouve la maison ?"),
    ("Nettoyez-vous les gouttières ?", "Oui, le nettoyage des gouttières coûte entre 120 et 240,50 USD."),
    ("Êtes-vous ouverts maintenant ?", "Oui, nous sommes ouverts jusqu'à 14h00 aujourd'hui."),
    ("Quels sont vos horaires le lundi ?", "Le lundi, nous sommes ouverts de 8h00 à 12h00 et de 13h00 à 17h00."),
    ("Où êtes-vous ?", "Nous sommes au 100 Example Street, Denver, CO."),
    ("Faites-vous une remise ?", "Je regrette, nous ne faisons pas de remise."),
    ("Faites-vous une remise ?", "Je ne sais pas si une remise est possible ; un collègue vous répondra."),
    ("L'inspection est-elle gratuite ?", "Elle n'est pas gratuite : elle coûte 99 USD."),
    ("Je veux un remboursement.", "Je suis désolé. Un collègue vous recontactera."),
    ("Y a-t-il une garantie ?", "Je ne sais pas s'il y a une garantie ; un collègue vous le dira."),
    ("Pouvez-vous venir le 4 décembre à 15h15 ?", "C'est noté : le 4 décembre à 15h15. L'équipe vous le confirmera."),
    ("Mon budget est de 500 dollars.", "Merci. Quel jour vous convient ?"),
    ("J'habite au 48 rue des Ormes.", "Merci : 48 rue des Ormes. Quand voulez-vous que nous passions ?"),
    ("Mon toit a 25 ans.", "Merci. À vingt-cinq ans, une inspection est utile. Voulez-vous la prévoir ?"),
    ("Bonjour", "Bonjour ! Comment pouvons-nous vous aider ?"),
    ("Merci", "Je vous en prie. Bonne journée !"),
    ("Je veux parler à quelqu'un", "Bien sûr, une personne va vous recontacter."),
    ("Combien de temps pour réparer une fuite ?", "En général sous deux jours."),
    ("Écrivez-moi à ana@example.com", "D'accord, nous vous écrivons à ana@example.com."),
    ("Mon rendez-vous est-il confirmé ?", "Il n'est pas encore confirmé ; l'équipe vous préviendra."),
    ("Vous pouvez le faire pour 50 dollars ?", "Désolé, à ce prix ce n'est pas possible. La réparation commence à 350 USD."),
];

#[rustfmt::skip]
const GERMAN: &[Talk] = &[
    ("Was kostet eine Dachinspektion?", "Die Inspektion kostet 99 USD und dauert etwa 60 Minuten. Welcher Tag passt Ihnen?"),
    ("Was kostet eine Dachinspektion?", "Das sind 99 Dollar. Wo steht das Haus?"),
    ("Was kostet die Reparatur eines Lecks?", "Eine Reparatur beginnt bei 350 USD. Wo steht das Haus?"),
    ("Reinigen Sie Dachrinnen?", "Ja, die Reinigung kostet zwischen 120 und 240,50 USD."),
    ("Haben Sie jetzt offen?", "Ja, heute haben wir bis 14 Uhr geöffnet."),
    ("Wann haben Sie am Montag offen?", "Am Montag haben wir von 8:00 bis 12:00 und von 13:00 bis 17:00 geöffnet."),
    ("Wo sind Sie?", "Wir sind in der 100 Example Street, Denver, CO."),
    ("Gibt es einen Rabatt?", "Leider können wir keinen Rabatt geben. Eine Reparatur beginnt bei 350 USD."),
    ("Gibt es einen Rabatt?", "Ich weiß nicht, ob es einen Rabatt gibt; eine Kollegin meldet sich bei Ihnen."),
    ("Ist die Inspektion kostenlos?", "Nein, sie ist nicht kostenlos: Sie kostet 99 USD."),
    ("Ich will mein Geld zurück.", "Das tut mir leid. Eine Kollegin meldet sich bei Ihnen."),
    ("Gibt es eine Garantie?", "Ob es eine Garantie gibt, weiß ich nicht; das beantwortet Ihnen ein Kollege."),
    ("Können Sie am 4. Dezember um 15:15 kommen?", "Notiert: 4. Dezember um 15:15 Uhr. Das Team bestätigt den Termin noch."),
    ("Mein Budget sind 500 Dollar.", "Danke. Welcher Tag passt Ihnen?"),
    ("Ich wohne in der Ulmenstraße 48.", "Danke: Ulmenstraße 48. Wann sollen wir kommen?"),
    ("Mein Dach ist 25 Jahre alt.", "Danke. Nach fünfundzwanzig Jahren lohnt sich eine Inspektion. Sollen wir sie vormerken?"),
    ("Hallo", "Hallo! Wie können wir Ihnen helfen?"),
    ("Danke", "Gern geschehen. Einen schönen Tag noch!"),
    ("Ich möchte mit einem Menschen sprechen", "Natürlich, es meldet sich jemand bei Ihnen."),
    ("Wie schnell reparieren Sie ein Leck?", "Meistens innerhalb von zwei Tagen."),
    ("Schreiben Sie an ana@example.com", "In Ordnung, wir schreiben an ana@example.com."),
    ("Ist mein Termin bestätigt?", "Er ist noch nicht bestätigt; das Team meldet sich bei Ihnen."),
    ("Geht das auch für 50 Dollar?", "Das geht dafür leider nicht. Eine Reparatur beginnt bei 350 USD."),
];

#[rustfmt::skip]
const PORTUGUESE: &[Talk] = &[
    ("Quanto custa uma inspeção do telhado?", "A inspeção custa 99 USD e leva cerca de 60 minutos. Que dia é melhor para você?"),
    ("Quanto custa uma inspeção do telhado?", "São 99 dólares. Onde fica a casa?"),
    ("Quanto custa consertar uma goteira?", "O conserto começa em 350 USD. Onde fica a casa?"),
    ("Vocês limpam calhas?", "Sim, a limpeza das calhas custa entre 120 e 240,50 USD."),
    ("Vocês estão abertos agora?", "Sim, hoje estamos abertos até as 14:00."),
    ("Qual o horário na segunda?", "Na segunda-feira abrimos das 8:00 às 12:00 e das 13:00 às 17:00."),
    ("Onde vocês ficam?", "Ficamos na 100 Example Street, Denver, CO."),
    ("Vocês dão desconto?", "Infelizmente não damos desconto. O conserto começa em 350 USD."),
    ("Vocês dão desconto?", "Não sei se há desconto; um colega vai responder."),
    ("A inspeção é gratuita?", "Não é gratuita: custa 99 USD."),
    ("Quero um reembolso.", "Sinto muito. Um colega vai falar com você."),
    ("Tem garantia?", "Não sei se há garantia; alguém da equipe vai responder."),
    ("Podem vir no dia 4 de dezembro às 15:15?", "Anotado: 4 de dezembro às 15:15. A equipe vai confirmar."),
    ("Meu orçamento é de 500 dólares.", "Obrigado. Que dia é melhor para você?"),
    ("Moro na rua dos Olmos 48.", "Obrigado: rua dos Olmos 48. Quando devemos ir?"),
    ("Meu telhado tem 25 anos.", "Obrigado. Com vinte e cinco anos vale a pena uma inspeção. Vamos planejar?"),
    ("Olá", "Olá! Como podemos ajudar?"),
    ("Obrigado", "De nada. Tenha um bom dia!"),
    ("Quero falar com uma pessoa", "Claro, uma pessoa vai entrar em contato com você."),
    ("Em quanto tempo consertam uma goteira?", "Normalmente em dois dias."),
    ("Escreva para ana@example.com", "Está bem, escrevemos para ana@example.com."),
    ("Minha visita está confirmada?", "Ainda não está confirmada; a equipe vai avisar."),
    ("Fazem por 50 dólares?", "Infelizmente não dá por esse valor. O conserto começa em 350 USD."),
];

fn setting(asked: &str, language: &str) -> Scene {
    let mut scene = scene(asked).after(&[(Role::Customer, "Hi"), (Role::Assistant, "How can we help?")]);
    scene.route.language = Language::new(language).unwrap();
    let faqs =
        [("Do you work with insurers?", "Yes, with all of them."), ("What do estimates cost?", "Estimates are free.")];
    scene.tenant.faqs.extend(faqs.map(|(question, answer)| Faq {
        question: question.to_owned(),
        answer: answer.to_owned(),
        keywords: Vec::new(),
    }));
    scene
}

#[tokio::test]
async fn what_a_good_model_writes_goes_out() {
    let (stage, mut score) = (Stage::new().await, Score::default());
    for (language, talks) in [("en", ENGLISH), ("es", SPANISH), ("fr", FRENCH), ("de", GERMAN), ("pt", PORTUGUESE)] {
        for (asked, reply) in talks {
            let scene = setting(asked, language);
            let code = if reply.starts_with("Claro, con mucho") { "es" } else { language };
            stage.orders(Order { text: (*reply).to_owned(), language: code, fields: Vec::new() });
            let turned = stage.assistant.answer(&scene.turn(), CostMode::None, now(), within(LIMIT)).await;
            let is_out = turned.answer.author.model != builtin::MODEL;
            let is_kept = turned.answer.language.as_str() == code;
            let how = (!is_out).then_some("refused").or_else(|| (!is_kept).then_some("another language"));
            score.add(language, how.map(|how| format!("{how}: {asked} - {reply}")));
        }
    }
    score.end("ordinary replies", 150);
}
