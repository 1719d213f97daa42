//! Portuguese. Today is Wednesday, 25 November 2026.

use super::check;
use crate::Language::Pt;

#[test]
fn days() {
    check(
        Pt,
        &[
            ("na quinta-feira", "11-26"),
            ("na próxima sexta", "12-04"),
            ("esta sexta", "11-27"),
            ("segunda que vem", "11-30"),
            ("amanhã", "11-26"),
            ("depois de amanhã", "11-27"),
            ("hoje às 4 da tarde", "11-25 16:00"),
            ("15 de março", "2027-03-15"),
            ("no dia primeiro de dezembro", "12-01"),
            ("dia 3/12", "12-03"),
            ("no dia 30", "11-30"),
            ("segunda, dia 30", "11-30"),
            ("daqui a duas semanas", "12-09"),
            ("em três dias", "11-28"),
            ("na próxima semana", "11-30..12-06"),
            ("semana que vem", "11-30..12-06"),
            ("no fim de semana", "11-28..11-29"),
            ("no fim do mês", "11-25..11-30"),
            ("segunda ou terça", "11-30..12-01"),
            ("de segunda a quinta", "11-30..12-03"),
            ("qualquer dia menos terça", "11-26..12-09 (12) not [Tuesday]"),
        ],
    );
}

#[test]
fn hours() {
    check(
        Pt,
        &[
            ("às 3", "3:00?"),
            ("amanhã de manhã", "11-26 morning"),
            ("quinta às 3 e meia", "11-26 3:30?"),
            ("quinze para as quatro", "3:45?"),
            ("às dez e quinze da manhã", "10:15"),
            ("à uma da tarde", "13:00"),
            ("às 15h30", "15:30"),
            ("às 15 horas", "15:00"),
            ("por volta das 5", "5:00? about"),
            ("entre as 3 e as 5", "3:00?-5:00?"),
            ("das 9 às 11 na segunda", "11-30 9:00?-11:00?"),
            ("não antes das dez", "from 10:00?"),
            ("depois das 3", "from 3:00?"),
            ("antes do meio-dia", "until 12:00"),
            ("ao meio-dia e meia", "12:30"),
            ("depois do trabalho", "after work"),
            ("hoje à noite", "11-25 night"),
            ("sexta à tarde", "11-27 afternoon"),
            ("o mais rápido possível", "soon"),
            ("a qualquer hora", "any time"),
        ],
    );
}
