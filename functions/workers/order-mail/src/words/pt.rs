//! Portuguese.

use domain::tenancy::CostMode;

use super::{NoticeFacts, OrderFacts, ThresholdFacts, Words, Written, labelled};

pub(super) const WORDS: Words = Words { code: "pt", order, notice, threshold };

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

fn threshold(facts: &ThresholdFacts<'_>) -> Written {
    let ThresholdFacts { business, month, percent, tokens: [used, included], cost, limit, cost_mode, link } = facts;
    let limit = limit
        .map_or_else(|| "você não definiu nenhum limite".to_owned(), |limit| format!("de {limit} que você permite"));
    let change = match cost_mode {
        CostMode::None | CostMode::Shorter => "as respostas são mais curtas",
        CostMode::Structured => "o assistente preenche um formulário em vez de conversar livremente",
        CostMode::Builtin => "nenhum modelo de linguagem é consultado, e o assistente integrado responde",
    };
    Written {
        subject: format!("{percent} % do que o seu assistente pode usar neste mês foi usado"),
        text: format!(
            "Olá,\n\n\
             Do que o assistente de {business} pode usar em {month} (UTC), {percent} % foi usado:\n\n\
             - {used} de {included} tokens do seu plano\n\
             - {cost} a preços de tabela ({limit})\n\n\
             A partir de agora, até o fim do mês, {change}.\n\n\
             Veja aqui para que foi usado e mude aqui o limite em dólares:\n\n{link}\n"
        ),
    }
}
