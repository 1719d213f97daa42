//! Spanish.

use super::{NoticeFacts, OrderFacts, Words, Written, labelled};

pub(super) const WORDS: Words = Words { code: "es", order, notice };

fn order(facts: &OrderFacts<'_>) -> Written {
    let OrderFacts { business, number, lines, total, place, account, note } = facts;
    let place = labelled("Entregar en: ", place);
    let (account, note) = (labelled("Nuestra cuenta: ", account), labelled("Nota: ", note));
    Written {
        subject: format!("Pedido {number} de {business}"),
        text: format!(
            "Hola:\n\n\
             {business} les hace un pedido. El pedido {number} va adjunto en PDF; en resumen:\n\n\
             {lines}\n\
             Total: {total}\n\
             {place}\
             {account}{note}\n\
             Por favor, confírmenlo respondiendo a este correo.\n\n{business}\n"
        ),
    }
}

fn notice(facts: &NoticeFacts<'_>) -> Written {
    let NoticeFacts { business, count, orders, left_out, link } = facts;
    let left_out = match left_out {
        0 => String::new(),
        _ => format!(
            "La página explica además que {left_out} artículos hacen falta y no se han podido pedir o llegan tarde.\n\n"
        ),
    };
    Written {
        subject: match count {
            1 => "Un pedido espera su aprobación".to_owned(),
            _ => format!("{count} pedidos esperan su aprobación"),
        },
        text: format!(
            "Hola:\n\n\
             Estos pedidos de {business} se han preparado para esta semana:\n\n\
             {orders}\n\
             {left_out}\
             Véalos, cambie lo que quiera y envíelos con un clic:\n\n{link}\n\n\
             Nada sale antes de que usted lo apruebe.\n"
        ),
    }
}
