//! Spanish.

use domain::tenancy::CostMode;

use super::{NoticeFacts, OrderFacts, ThresholdFacts, Words, Written, labelled};

pub(super) const WORDS: Words = Words { code: "es", order, notice, threshold };

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

fn threshold(facts: &ThresholdFacts<'_>) -> Written {
    let ThresholdFacts { business, month, percent, tokens: [used, included], cost, limit, cost_mode, link } = facts;
    let limit = limit
        .map_or_else(|| "usted no ha puesto ningún límite".to_owned(), |limit| format!("de {limit} que usted permite"));
    let change = match cost_mode {
        CostMode::None | CostMode::Shorter => "las respuestas son más cortas",
        CostMode::Structured => "el asistente rellena un formulario en vez de conversar libremente",
        CostMode::Builtin => "no se pregunta a ningún modelo de lenguaje y responde el asistente integrado",
    };
    Written {
        subject: format!("Se ha usado el {percent} % de lo que su asistente puede usar este mes"),
        text: format!(
            "Hola:\n\n\
             De lo que el asistente de {business} puede usar en {month} (UTC) se ha usado el {percent} %:\n\n\
             - {used} de {included} tokens de su plan\n\
             - {cost} a precios de lista ({limit})\n\n\
             A partir de ahora, hasta que termine el mes, {change}.\n\n\
             Vea para qué se ha usado y cambie el límite en dólares aquí:\n\n{link}\n"
        ),
    }
}
