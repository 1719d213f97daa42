//! Portuguese as in Brazil, você.

use super::{MoneyStyle, Phrases, comma};

pub(super) static PHRASES: Phrases = Phrases {
    code: "pt",
    money: MoneyStyle { group: '.', decimal: ',', leading: Some(" ") },

    short_days: ["seg", "ter", "qua", "qui", "sex", "sáb", "dom"],
    on_days: [
        "na segunda-feira",
        "na terça-feira",
        "na quarta-feira",
        "na quinta-feira",
        "na sexta-feira",
        "no sábado",
        "no domingo",
    ],
    today: "hoje",
    tomorrow: "amanhã",
    clock: |time, _| match time.minute() {
        0 => format!("{}h", time.hour()),
        minute => format!("{}h{minute:02}", time.hour()),
    },
    at: |day, time, clock| format!("{day} {} {clock}", if time.hour() == 1 { "à" } else { "às" }),
    range: |open, close| format!("{open} às {close}"),
    all_day: "24 horas",
    closed: "fechado",
    and: "e",
    and_more: "outros",

    hello: |name, business| format!("Olá{}, obrigado por entrar em contato com {business}.", comma(name)),
    hello_again: |name| format!("Olá{}, que bom falar com você.", comma(name)),
    form_received: |name, business| format!("Obrigado pela sua solicitação{}. Aqui é {business}.", comma(name)),
    missed_call: |name, business| {
        format!(
            "Olá{}, aqui é {business}. Desculpe por não atendermos a sua ligação. Como podemos ajudar?",
            comma(name)
        )
    },
    got_photo: "Obrigado pela foto.",
    got_video: "Obrigado pelo vídeo.",
    got_audio: "Obrigado pela mensagem de voz.",
    got_document: "Obrigado pelo documento.",
    got_location: "Obrigado pela localização.",
    got_contact: "Obrigado pelo contato.",
    say_what_it_shows: "Conte em poucas palavras do que se trata, para que possamos ajudar.",
    say_in_writing: "Não conseguimos ouvir por aqui. Você poderia escrever em poucas palavras como podemos ajudar?",
    unsupported: "Desculpe, não conseguimos abrir este tipo de mensagem aqui. Você poderia escrever em texto?",
    how_can_we_help: "Como podemos ajudar?",

    open_now: "Estamos abertos agora.",
    open_until: |time| format!("Estamos abertos agora, até {time}."),
    closed_until: |at| format!("Estamos fechados agora e abrimos de novo {at}."),
    open_on: |day, spans| format!("Abrimos {day} das {spans}."),
    closed_on: |day| format!("Estamos fechados {day}."),
    weekly: |table| format!("Nosso horário: {table}."),
    by_appointment: "Não temos horário fixo e atendemos com hora marcada.",
    address: |address| format!("Estamos em {address}."),
    phone: |number| format!("Você pode nos ligar no número {number}."),
    website: |site| format!("Nosso site é {site}"),
    reach_us_here: "A melhor forma de falar conosco é por aqui.",
    services: |list| format!("Oferecemos: {list}."),
    we_do: |service| format!("Teremos prazer em ajudar com: {service}."),
    price_exact: |service, price| format!("{service} custa {price}."),
    price_from: |service, price| format!("{service} custa a partir de {price}."),
    price_between: |service, low, high| format!("{service} custa normalmente entre {low} e {high}."),
    price_on_request: |service| {
        format!("{service}: o preço depende do trabalho. Nossa equipe prepara um orçamento para você com prazer.")
    },
    prices: |list| format!("Alguns dos nossos preços: {list}."),
    from: |price| format!("a partir de {price}"),
    quote_by_team: "Nossos preços dependem do trabalho. Nossa equipe prepara um orçamento para você com prazer.",

    thank_you: |name| format!("Obrigado{}.", comma(name)),
    noted: |name| format!("Obrigado{}, já anotamos.", comma(name)),
    ask_service: "Qual serviço interessa a você?",
    ask_location: "Em que cidade ou CEP você está?",
    ask_timeline: "Para quando você precisa?",
    offer_booking: "Podemos marcar um horário para você. Que dia e hora são melhores?",
    gladly_book: "Podemos marcar um horário para você.",
    name_a_time: "Ótimo. Escreva o dia e a hora que preferir, e nossa equipe confirmará.",
    time_noted: "Obrigado, anotamos o horário que você deseja. Nossa equipe vai verificar a agenda e confirmar com você.",

    of_course: "Claro.",
    sorry: "Lamentamos muito pelo ocorrido e agradecemos por nos contar.",
    urgent: "Lamentamos pelo ocorrido e estamos tratando como urgente.",
    danger: "Se alguém estiver em perigo, ligue primeiro para o número de emergência local.",
    or_call: |number| format!("Você também pode nos ligar no número {number}."),
    rather_a_person: "Preferimos passar isso a um colega.",
    passed_on: "Obrigado, acrescentamos isso à sua solicitação.",
    wonderful: "Excelente, nossa equipe já sabe que você quer começar.",
    thanks_for_message: "Obrigado pela sua mensagem.",
    contact_shortly: "Alguém da nossa equipe responderá em breve.",
    contact_when_open: |at| format!("Alguém da nossa equipe responderá quando abrirmos, {at}."),
    contact_soon: "Alguém da nossa equipe responderá o mais rápido possível.",

    welcome: "Foi um prazer.",
    goodbye: "Obrigado pelo contato e até logo.",
    no_problem: "Claro, sem problema. Estamos aqui quando você precisar.",
    not_understood: "Desculpe, não entendemos bem. Podemos informar sobre serviços, preços, horários e agendamentos. Como podemos ajudar?",
};
