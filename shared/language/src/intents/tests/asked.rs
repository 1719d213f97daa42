//! Questions that begin without a mark, what coming costs, and several things together.

use super::super::Intent::{CallFee, Price, Total};
use super::super::*;
use super::check;

#[test]
fn what_coming_or_a_look_costs_is_a_question_of_its_own() {
    check(&[
        ("is the estimate free", &[CallFee], &[]),
        ("do you charge for a quote?", &[CallFee], &[]),
        ("whats the service call fee", &[CallFee], &[]),
        ("how much just to come take a look", &[CallFee], &[]),
        ("¿el presupuesto es gratis?", &[CallFee], &[]),
        ("cobran por la visita", &[CallFee], &[]),
        ("le devis est gratuit ?", &[CallFee], &[]),
        ("le déplacement est payant ?", &[CallFee], &[]),
        ("ist der Kostenvoranschlag kostenlos?", &[CallFee], &[]),
        ("kostet die Anfahrt extra", &[CallFee], &[]),
        ("o orçamento é grátis?", &[CallFee], &[]),
        ("cobram pela visita?", &[CallFee], &[]),
        ("is there a late fee", &[], &[CallFee]),
        ("how much is a new roof", &[Price], &[CallFee]),
    ]);
}

#[test]
fn several_things_can_be_asked_for_together() {
    check(&[
        ("how much for both", &[Price, Total], &[]),
        ("what would it be all together", &[Price, Total], &[]),
        ("whats the total", &[Price, Total], &[]),
        ("¿cuánto sería en total?", &[Total], &[]),
        ("ça fait combien en tout", &[Total], &[]),
        ("was kostet das insgesamt", &[Total], &[]),
        ("quanto fica no total", &[Total], &[]),
        ("not at all", &[], &[Total]),
        ("pas du tout", &[], &[Total]),
    ]);
}

#[test]
fn a_question_is_one_wherever_it_begins() {
    for text in [
        "the lamp came on is it safe to drive",
        "we have two dogs do you mind",
        "mine is a truck does it cost more",
        "es un piso viejo se puede arreglar",
        "j'ai un chien est ce que c'est possible",
        "der Motor klopft ist das normal",
        "moro longe quanto custa a visita",
    ] {
        assert!(Intents::read(text).is_question(), "{text}");
    }
    for text in [
        "I don't know what is wrong with it",
        "let's do it on friday",
        "as long as it is clean",
        "I was told how much is due",
        "no se puede abrir la puerta",
        "je ne sais pas combien ça fait",
        "je nachdem wie viel das ist",
    ] {
        assert!(!Intents::read(text).is_question(), "{text}");
    }
}
