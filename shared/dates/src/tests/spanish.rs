//! Spanish. Today is Wednesday, 25 November 2026.

use super::check;
use crate::Language::Es;

#[test]
fn days() {
    check(
        Es,
        &[
            ("el jueves", "11-26"),
            ("el próximo viernes", "12-04"),
            ("este viernes", "11-27"),
            ("el lunes que viene", "11-30"),
            ("mañana", "11-26"),
            ("pasado mañana", "11-27"),
            ("hoy a las 4 de la tarde", "11-25 16:00"),
            ("el 15 de marzo", "2027-03-15"),
            ("el primero de diciembre", "12-01"),
            ("el 3/12", "12-03"),
            ("el día 30", "11-30"),
            ("el lunes 30", "11-30"),
            ("dentro de dos semanas", "12-09"),
            ("en tres días", "11-28"),
            ("la próxima semana", "11-30..12-06"),
            ("la semana que viene", "11-30..12-06"),
            ("el fin de semana", "11-28..11-29"),
            ("a finales de mes", "11-25..11-30"),
            ("lunes o martes", "11-30..12-01"),
            ("de lunes a jueves", "11-30..12-03"),
            ("cualquier día menos el martes", "11-26..12-09 (12) not [Tuesday]"),
            ("el martes no puedo", "11-26..12-09 (12) not [Tuesday]"),
        ],
    );
}

#[test]
fn hours() {
    check(
        Es,
        &[
            ("a las 3", "3:00?"),
            ("mañana por la mañana", "11-26 morning"),
            ("el jueves a las 3 y media", "11-26 3:30?"),
            ("a las cuatro menos cuarto", "3:45?"),
            ("a las diez y cuarto de la mañana", "10:15"),
            ("a la una de la tarde", "13:00"),
            ("un cuarto para las cuatro", "3:45?"),
            ("a las 15:30", "15:30"),
            ("a las 5 pm", "17:00"),
            ("sobre las 5", "5:00? about"),
            ("entre las 3 y las 5", "3:00?-5:00?"),
            ("de 9 a 11 el lunes", "11-30 9:00?-11:00?"),
            ("no antes de las diez", "from 10:00?"),
            ("después de las 3", "from 3:00?"),
            ("antes de las 12", "until 12:00"),
            ("a mediodía", "12:00"),
            ("después del trabajo", "after work"),
            ("esta tarde", "11-25 afternoon"),
            ("el viernes por la noche", "11-27 night"),
            ("lo antes posible", "soon"),
            ("a cualquier hora", "any time"),
        ],
    );
}
