//! What is said in everyday words, and in words that look like it, in every language.

use super::Intent::*;
use super::*;

#[test]
fn a_price_in_everyday_words() {
    check(&[
        ("what would that run me roughly", &[Price], &[]),
        ("whats the damage", &[Price], &[]),
        ("how much would it set me back", &[Price], &[]),
        ("what are we talking for all four windows", &[Price], &[]),
        ("what do you guys want for a full set", &[Price], &[]),
        ("what would i owe you", &[Price], &[]),
        ("what is the damage to my bumper, can you tell from the picture", &[], &[Price]),
        ("this could set us back two weeks", &[], &[Price]),
        ("ungefähr was kommt da auf mich zu", &[Price], &[]),
        ("Womit muss ich rechnen?", &[Price], &[]),
        ("was nehmt ihr für sowas", &[Price], &[]),
        ("wo liegen wir da so", &[Price], &[]),
        ("was muss ich zum Termin mitbringen", &[], &[Price]),
        ("ça va chercher dans les combien", &[Price], &[]),
        ("ça me reviendrait à combien à peu près", &[Price], &[]),
        ("il faut compter quel budget", &[Price], &[]),
        ("il faut compter deux heures ?", &[], &[Price]),
        ("por cuánto me saldría", &[Price], &[]),
        ("de cuánto estamos hablando más o menos", &[Price], &[]),
        ("en cuánto me queda", &[Price], &[]),
        ("a cuánto tiempo están del centro", &[], &[Price]),
        ("fica em quanto", &[Price], &[]),
        ("quanto vai ficar mais ou menos", &[Price], &[]),
        ("sai por quanto", &[Price], &[]),
        ("em quanto tempo fica pronto", &[Duration], &[Price]),
    ]);
}

#[test]
fn who_will_think_about_it_or_write_again_does_not_want_it_now() {
    check(&[
        ("not sure yet, I'll think about it", &[NotNow], &[Yes]),
        ("let me check with my wife and get back to you", &[NotNow], &[]),
        ("I'll get back to you", &[NotNow], &[Wait]),
        ("need to sleep on it", &[NotNow], &[]),
        ("ok gotta run it by my husband, will let you know", &[NotNow], &[Yes]),
        ("i want to talk it over with my dad first", &[NotNow], &[]),
        ("hold on, let me check my calendar", &[Wait], &[NotNow]),
        ("I'll let you know when I get there", &[], &[NotNow]),
        ("no need to think about it, book me in", &[Book], &[NotNow]),
        ("can someone get back to me", &[], &[NotNow]),
        ("je vais réfléchir", &[NotNow], &[Yes]),
        ("j'en parle à mon mari et je reviens vers vous", &[NotNow], &[Yes]),
        ("d'accord, je vous redis ça", &[NotNow], &[Yes]),
        ("laissez-moi y réfléchir", &[NotNow], &[]),
        ("je vous rappelle que j'ai rendez-vous demain", &[], &[NotNow]),
        ("attendez, je vérifie", &[Wait], &[NotNow]),
        ("déjame pensarlo", &[NotNow], &[]),
        ("lo consulto con mi marido", &[NotNow], &[]),
        ("ok, luego les aviso", &[NotNow], &[Yes]),
        ("tengo que hablarlo con mi esposa", &[NotNow], &[]),
        ("no hay que pensarlo, agéndeme", &[], &[NotNow]),
        ("un momento, reviso mi agenda", &[Wait], &[NotNow]),
        ("ich überlege es mir", &[NotNow], &[Yes]),
        ("ich muss noch mal darüber schlafen", &[NotNow], &[]),
        ("Ok, ich melde mich wieder", &[NotNow], &[Yes, Wait]),
        ("muss ich mit meiner Frau besprechen", &[NotNow], &[]),
        ("ich melde mich wegen der Heizung", &[], &[NotNow]),
        ("Moment, ich schaue kurz", &[Wait], &[NotNow]),
        ("vou pensar", &[NotNow], &[]),
        ("depois digo", &[NotNow], &[]),
        ("vou falar com o meu marido e depois aviso", &[NotNow], &[]),
        ("qualquer coisa eu ligo", &[NotNow], &[]),
        ("não preciso de pensar, pode marcar", &[], &[NotNow]),
    ]);
}

#[test]
fn the_end_of_the_talk_after_a_no_without_a_comma() {
    check(&[
        ("no thats all", &[No, Done], &[Yes]),
        ("nope thats it", &[No, Done], &[Yes]),
        ("thats everything", &[Done], &[]),
        ("that'll do", &[Done], &[]),
        ("no im good thanks", &[Done], &[]),
        ("thanks, no that should do it", &[Done], &[]),
        ("thats not all", &[], &[Done]),
        ("I am not done yet", &[], &[Done]),
        ("is that everything you need from me?", &[], &[Done]),
        ("nein das wars", &[No, Done], &[Yes]),
        ("nein danke, mehr nicht", &[Done], &[]),
        ("ne passt so danke", &[Done], &[]),
        ("ist das nicht alles", &[], &[Done]),
        ("non c'est bon", &[No, Done], &[Yes]),
        ("non merci ça ira", &[Done], &[]),
        ("non c'est tout", &[No, Done], &[]),
        ("ce n'est pas tout", &[], &[Done]),
        ("plus rien ne marche", &[], &[Done]),
        ("no nada más", &[No, Done], &[]),
        ("no eso es todo gracias", &[Done], &[Yes]),
        ("así está bien gracias", &[Done], &[]),
        ("eso no es todo", &[], &[Done]),
        ("nada más quiero saber el precio", &[Price], &[Done]),
        ("não é só isso", &[No, Done], &[]),
        ("não mais nada obrigada", &[Done], &[]),
        ("isso não é tudo", &[], &[Done]),
    ]);
}

#[test]
fn a_farewell_until_a_day_and_a_day_that_is_none() {
    check(&[
        ("see you Saturday", &[Goodbye], &[]),
        ("great, see you on Thursday", &[Goodbye], &[]),
        ("are you open until Saturday", &[Hours], &[Goodbye]),
        ("à samedi", &[Goodbye], &[]),
        ("merci à samedi", &[Goodbye, Thanks], &[]),
        ("parfait, à dimanche alors", &[Goodbye], &[]),
        ("vous êtes ouverts du lundi au samedi", &[], &[Goodbye]),
        ("on peut le reporter à samedi", &[], &[Goodbye]),
        ("danke, bis Samstag", &[Goodbye, Thanks], &[]),
        ("dann bis Sonntag", &[Goodbye], &[]),
        ("von Montag bis Samstag offen?", &[], &[Goodbye]),
        ("ich brauche das Auto bis Freitag", &[], &[Goodbye]),
        ("hasta el sábado", &[Goodbye], &[]),
        ("gracias, hasta el lunes", &[Goodbye, Thanks], &[]),
        ("abren hasta el sábado?", &[], &[Goodbye]),
        ("estoy libre hasta el sábado", &[], &[Goodbye]),
        ("dois quartos até sábado", &[], &[Goodbye]),
        ("ich bin frei bis Samstag", &[], &[Goodbye]),
        ("hasta mañana", &[Goodbye], &[]),
        ("até sábado", &[Goodbye], &[]),
        ("obrigada e até domingo", &[Goodbye, Thanks], &[]),
        ("estão abertos até sábado?", &[], &[Goodbye]),
    ]);
}

#[test]
fn whether_a_program_answers_and_not_that_a_person_should() {
    check(&[
        ("is this a real person?", &[Bot], &[Person]),
        ("am i texting with a human rn", &[Bot], &[Person]),
        ("r u a robot", &[Bot], &[Person]),
        ("is this a bot? let me talk to a person", &[Bot, Person], &[]),
        ("i want a real person not a bot", &[Person], &[Bot]),
        ("is this person available on friday", &[], &[Bot]),
        ("¿hablo con una persona o con una máquina?", &[Bot], &[Person]),
        ("quiero hablar con una persona", &[Person], &[Bot]),
        ("es una persona mayor", &[], &[Bot]),
        ("je parle à un robot là ?", &[Bot], &[Person]),
        ("je veux parler à une vraie personne", &[Person], &[Bot]),
        ("schreibe ich hier mit einem Menschen?", &[Bot], &[Person]),
        ("ich möchte mit einem Menschen sprechen", &[Person], &[Bot]),
        ("estou falando com um robô?", &[Bot], &[Person]),
        ("quero falar com uma pessoa", &[Person], &[Bot]),
    ]);
}

#[test]
fn who_is_coming_at_this_moment() {
    check(&[
        ("we are on our way", &[OnTheWay], &[]),
        ("omw now", &[OnTheWay], &[]),
        ("heading over right now", &[OnTheWay], &[]),
        ("let me know when you are on your way", &[], &[OnTheWay]),
        ("voy para allá", &[OnTheWay], &[]),
        ("estamos yendo para allá", &[OnTheWay], &[]),
        ("j'arrive tout de suite", &[OnTheWay], &[]),
        ("je n'y arrive pas", &[], &[OnTheWay]),
        ("wir sind schon unterwegs", &[OnTheWay], &[]),
        ("estou indo para aí agora", &[OnTheWay], &[]),
        ("já estamos a caminho", &[OnTheWay], &[]),
    ]);
}

#[test]
fn who_wants_a_person_says_so_without_talking_to_one() {
    check(&[
        ("I want a person", &[Person], &[]),
        ("need a human please", &[Person], &[]),
        ("I want a personal trainer", &[], &[Person]),
        ("ich will einen Menschen", &[Person], &[]),
        ("quiero una persona", &[Person], &[]),
        ("je veux une personne", &[Person], &[]),
        ("quero uma pessoa", &[Person], &[]),
        ("I want a room for one person", &[], &[Person]),
        ("E os freios?", &[], &[Availability]),
        ("Ist am Montag was frei?", &[Availability], &[]),
        ("haben Sie freie Zeiten", &[Availability], &[]),
    ]);
}

#[test]
fn a_customer_who_speaks_of_work_looks_for_none_and_a_machine_is_no_bot() {
    check(&[
        ("Busco precio para un trabajo de soldadura", &[], &[JobApplication]),
        ("Busco un trabajo bien hecho", &[], &[JobApplication]),
        ("¿Tienen vacantes el sábado?", &[], &[JobApplication]),
        ("Busco trabajo", &[JobApplication], &[]),
        ("Busco trabajo de mecánico", &[JobApplication], &[]),
        ("Procuro vaga para sexta", &[], &[JobApplication]),
        ("Procuro alguém para um trabalho", &[], &[JobApplication]),
        ("Procuro emprego", &[JobApplication], &[]),
        ("Suche Hilfe für eine Stelle am Dach", &[], &[JobApplication]),
        ("Ich suche ab Februar eine Stelle", &[JobApplication], &[]),
        ("C une machine à laver qui fuit", &[], &[Bot]),
        ("Je suis avec une personne âgée", &[], &[Bot]),
        ("c'est un robot ?", &[Bot], &[]),
    ]);
}

#[test]
fn who_objects_does_not_ask_for_a_moment() {
    check(&[
        ("Wait that's not what I ordered", &[], &[Wait]),
        ("lo ocupo ahorita", &[], &[Wait]),
        ("Bin gleich da", &[], &[Wait]),
        ("wait, let me check", &[Wait], &[]),
        ("espera", &[Wait], &[]),
        ("bin gleich zurück", &[Wait], &[]),
    ]);
}
