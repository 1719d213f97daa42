//! A person, a call, the truth about who answers, and data that are to be deleted.

use super::Intent::*;
use super::*;

#[test]
fn a_person_is_asked_for_with_any_verb() {
    check(&[
        ("could you patch me through to the owner", &[Human], &[]),
        ("put me through please", &[Human, Person], &[]),
        ("can I have a word with your supervisor", &[Human], &[]),
        ("I'd like to talk to the hygienist directly", &[Human], &[]),
        ("i dont wanna chat with a bot", &[Human], &[]),
        ("get me a human", &[Human], &[]),
        ("comuníqueme con la gerente", &[Human], &[]),
        ("¿puede pasarme con recepción?", &[Human], &[]),
        ("¿me puede ayudar una persona?", &[Human], &[]),
        ("passez-moi le responsable", &[Human], &[]),
        ("je ne veux pas parler à une machine", &[Human], &[]),
        ("verbinden Sie mich mit der Werkstatt", &[Human], &[]),
        ("holen Sie bitte den Chef", &[Human], &[]),
        ("ich will nicht mit einem Computer schreiben", &[Human], &[]),
        ("me transfere pro gerente", &[Human], &[]),
        ("não quero falar com robô", &[Human], &[]),
        ("chamem o responsável", &[Human], &[]),
        ("should I talk to a doctor first?", &[], &[Human]),
        ("I don't need to speak to a manager", &[], &[Human]),
        ("I have to talk to my wife", &[], &[Human]),
        ("ponme con Marta el viernes a las 10", &[], &[Human]),
        ("puedes pasarme el precio?", &[], &[Human]),
        ("passez-moi le devis", &[], &[Human]),
        ("me passa o endereço", &[], &[Human]),
        ("können Sie mir den Preis geben", &[], &[Human]),
    ]);
}

#[test]
fn who_wants_to_be_called_and_who_says_what_they_are_called() {
    check(&[
        ("please give me a ring tomorrow", &[CallBack], &[]),
        ("can someone phone me about the invoice", &[CallBack], &[]),
        ("llámenme al 600 111 222", &[CallBack], &[]),
        ("que me llame alguien por favor", &[CallBack], &[]),
        ("j'aimerais être rappelé", &[CallBack], &[]),
        ("Rückruf erbeten", &[CallBack], &[]),
        ("können Sie mich zurückrufen?", &[CallBack], &[]),
        ("me liguem depois das 15h", &[CallBack], &[]),
        ("call me Tom", &[], &[CallBack]),
        ("don't call me before 2", &[], &[CallBack]),
        ("me llaman Pepe", &[], &[CallBack]),
        ("rappelez-moi l'heure de mon rendez-vous", &[], &[CallBack]),
        ("wie kann ich Sie anrufen?", &[], &[CallBack]),
        ("me chamam Zé", &[], &[CallBack]),
    ]);
}

#[test]
fn who_answers_and_what_is_stored() {
    check(&[
        ("and who am I talking to?", &[Bot], &[WrongNumber]),
        ("¿quién es usted?", &[Bot], &[WrongNumber]),
        ("¿cómo se llama usted?", &[Bot], &[]),
        ("vous êtes qui ?", &[Bot], &[WrongNumber]),
        ("wer sind Sie?", &[Bot], &[WrongNumber]),
        ("qual é o seu nome?", &[Bot], &[WrongNumber]),
        ("who is available on Friday?", &[], &[Bot]),
        ("please erase all my personal data", &[Erase], &[]),
        ("elimine mi número", &[Erase], &[]),
        ("supprimez toutes mes données", &[Erase], &[]),
        ("bitte meine Daten löschen", &[Erase], &[]),
        ("excluam meus dados", &[Erase], &[]),
        ("don't delete my number", &[], &[Erase]),
        ("remove the tint", &[], &[Erase]),
        ("I lost my data", &[], &[Erase]),
    ]);
}
