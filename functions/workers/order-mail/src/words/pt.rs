//! Portuguese.

use super::{NoticeFacts, OrderFacts, Words, Written, labelled};

pub(super) const WORDS: Words = Words { code: "pt", order, notice };

fn order(facts: &OrderFacts<'_>) -> Written {
    let OrderFacts { business, number, lines, total, place, account, note } = facts;
    let place = labelled("Entregar em: ", place);
    let (account, note) = (labelled("Nossa conta: ", account), labelled("Observação: ", note));
    Written {
        subject: format!("Pedido {number} de {business}"),
        text: format!(
            "Olá,\n\n\
             {business} faz um pedido a vocês. O pedido {number} segue anexo em PDF; em resumo:\n\n\
             {lines}\n\
             Total: {total}\n\
             {place}\
             {account}{note}\n\
             Por favor, confirmem respondendo a este e-mail.\n\n{business}\n"
        ),
    }
}

fn notice(facts: &NoticeFacts<'_>) -> Written {
    let NoticeFacts { business, count, orders, left_out, link } = facts;
    let left_out = match left_out {
        0 => String::new(),
        _ => format!(
            "A página mostra também que {left_out} itens fazem falta e não puderam ser pedidos, ou chegam tarde.\n\n"
        ),
    };
    Written {
        subject: match count {
            1 => "Um pedido espera a sua aprovação".to_owned(),
            _ => format!("{count} pedidos esperam a sua aprovação"),
        },
        text: format!(
            "Olá,\n\n\
             Estes pedidos de {business} foram preparados para esta semana:\n\n\
             {orders}\n\
             {left_out}\
             Veja-os, mude o que quiser e envie-os com um clique:\n\n{link}\n\n\
             Nada sai antes da sua aprovação.\n"
        ),
    }
}
